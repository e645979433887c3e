"""What people type to make a scenario and to change it; each kind of step has its own few fields."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.shared.money import money_text
from planning.vendors.models import Vendor

from ..forms import AmountField
from ..models import OwnerSide, Revision, ScenarioStep
from .words import spans_of

Kind = ScenarioStep.Kind
DIRECTIONS = [("down", _("Cut")), ("up", _("Raise"))]


class ScenarioForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    note = forms.CharField(
        label=_("What question does it answer?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.TypedChoiceField(label=_("Copy of"), required=False, coerce=int, empty_value=None)

    def __init__(self, scenarios, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("the plan as it is")), *((one.pk, one.name) for one in scenarios)]


class StepForm(forms.Form):
    """The fields of one kind of step: how much, when, and which lines."""

    def __init__(self, scenario, kind, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.scenario, self.kind, self.budget = scenario, kind, scenario.budget
        for make in FIELDS[kind]:
            make(self)

    def typed(self) -> dict:
        """As `scenario_input.cleaned` takes it."""
        data = dict(self.cleaned_data)
        if self.kind == Kind.HAND:
            data["months"] = [data.pop(f"month_{row}") or "0" for row in range(12)]
        return data

    @property
    def month_fields(self):
        return [self[f"month_{row}"] for row in range(12)] if self.kind == Kind.HAND else []

    @property
    def shown_fields(self):
        return [field for field in self if not field.name.startswith("month_")]

    def direction(self):
        self.fields["direction"] = forms.ChoiceField(label=_("Cut or raise"), choices=DIRECTIONS)

    def percent(self):
        self.fields["percent"] = forms.DecimalField(label=_("By how many percent"), min_value=0, max_value=1000)

    def part(self):
        self.fields["percent"] = forms.DecimalField(
            label=_("How much of it, in percent"), min_value=0, max_value=100, initial=100
        )

    def amount(self):
        self.fields["amount"] = AmountField(label=_("Amount in all"))

    def span(self):
        self.fields["span"] = forms.ChoiceField(label=_("Months"), choices=spans_of(self.budget))

    def origin(self):
        self.fields["span"] = forms.ChoiceField(label=_("From"), choices=spans_of(self.budget))

    def goal(self):
        self.fields["goal"] = forms.ChoiceField(label=_("To"), choices=spans_of(self.budget))

    def rate(self):
        found = self.scenario.lines.exclude(original_currency="").order_by("original_currency")
        currencies = found.values_list("original_currency", flat=True).distinct()
        self.fields["currency"] = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in currencies])
        label = _("One unit of it in %(currency)s") % {"currency": self.budget.workspace.currency}
        self.fields["rate"] = forms.DecimalField(label=label, min_value=0, decimal_places=8)

    def marketing(self):
        self.fields["marketing"] = forms.DecimalField(
            label=_("Marketing pays, in percent"), min_value=0, max_value=100, decimal_places=6, initial=50
        )

    def filters(self):
        self.category(required=False)
        for name, label, choices in (
            ("side", _("Owner"), OwnerSide.choices),
            ("purpose", _("Run, grow or transform"), Revision.Purpose.choices),
        ):
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", _("any")), *choices])
        vendors = Vendor.objects.filter(pk__in=self.scenario.lines.values("vendor")).order_by("name")
        self.fields["vendor"] = forms.ChoiceField(
            label=_("Vendor"), required=False, choices=[("", _("any")), *vendors.values_list("pk", "name")]
        )
        self.line(required=False)

    def category(self, required=True):
        found = Category.objects.of(self.budget.workspace).order_by("name").values_list("pk", "name")
        self.fields["category"] = forms.ChoiceField(
            label=_("Category"), required=required, choices=[("", _("any") if not required else "—"), *found]
        )

    def line(self, required=True):
        found = self.scenario.lines.filter(line__isnull=False).order_by("name").values_list("line", "name")
        self.fields["line"] = forms.ChoiceField(
            label=_("Line"), required=required, choices=[("", _("any") if not required else "—"), *found]
        )

    def months(self):
        asked = str(self.data.get("line") or self.initial.get("line") or "")
        found = self.scenario.lines.filter(line=asked).first() if asked.isdecimal() else None
        currency = self.budget.workspace.currency
        for row, month in enumerate(self.budget.months):
            self.fields[f"month_{row}"] = AmountField(
                label=date_format(month, "M Y"),
                required=False,
                initial=money_text(found.months[row], currency) if found else "",
            )

    def new_line(self):
        self.fields["name"] = forms.CharField(label=_("Name"), max_length=120)
        self.fields["side"] = forms.ChoiceField(label=_("Whose line is it?"), choices=OwnerSide.choices)
        self.category()
        self.amount()
        self.span()
        self.fields["marketing"] = forms.DecimalField(
            label=_("Marketing pays, in percent"), required=False, min_value=0, max_value=100, decimal_places=6
        )


FIELDS = {
    Kind.SCALE: (StepForm.direction, StepForm.percent, StepForm.span, StepForm.filters),
    Kind.AMOUNT: (StepForm.direction, StepForm.amount, StepForm.span, StepForm.filters),
    Kind.SHIFT: (StepForm.origin, StepForm.goal, StepForm.part, StepForm.filters),
    Kind.RATE: (StepForm.rate, StepForm.filters),
    Kind.SHARES: (StepForm.marketing, StepForm.filters),
    Kind.HAND: (StepForm.line, StepForm.months),
    Kind.LINE: (StepForm.new_line,),
}

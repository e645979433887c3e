"""What people type, cleaned for the actions. Amounts stay text here: the action knows the currency's digits."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.shared import periods
from planning.shared.money import money_text
from planning.vendors.models import Vendor

from .amounts import AmountField
from .models import Budget, Line, OwnerSide, Revision
from .spreading import even, percent_text

# Older years are for their plan beside what was spent, and for copying.
OFFERED_EARLIER, OFFERED_LATER = 10, 3


class BudgetForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    name = forms.CharField(label=_("Name"), max_length=120)

    def __init__(self, workspace, *args, **kwargs):
        this = periods.year_of(workspace, workspace.today())
        taken = set(Budget.objects.of(workspace).values_list("year", flat=True))
        free = [year for year in range(this + OFFERED_LATER, this - OFFERED_EARLIER - 1, -1) if year not in taken]
        initial = this if this in free else (free[0] if free else None)
        super().__init__(*args, initial={"year": initial, "name": _("Joint budget")}, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in free]


class EnvelopesForm(forms.Form):
    marketing_envelope = AmountField(label=_("Most that marketing may plan"), required=False)
    technology_envelope = AmountField(label=_("Most that technology may plan"), required=False)


class LineForm(forms.Form):
    """A line: what, whose, how much, how it falls on months and sides. Empty months mean an even spread."""

    name = forms.CharField(label=_("Name"), max_length=120)
    category = forms.CharField(
        label=_("Category"), max_length=80, widget=forms.TextInput(attrs={"list": "categories", "autocomplete": "off"})
    )
    side = forms.ChoiceField(label=_("Whose line is it?"), choices=OwnerSide.choices)
    marketing_share = forms.DecimalField(
        label=_("Marketing pays, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
    )
    technology_share = forms.DecimalField(
        label=_("Technology pays, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=9,
        decimal_places=6,
    )
    total = AmountField(label=_("Total for the year"))
    spread = forms.ChoiceField(
        label=_("Over the months"), choices=[("even", _("evenly")), ("months", _("as typed below"))]
    )
    vendor = forms.ModelChoiceField(label=_("Vendor"), queryset=Vendor.objects.none(), required=False)
    kpi = forms.ModelChoiceField(label=_("KPI it should move"), queryset=Kpi.objects.none(), required=False)
    purpose = forms.ChoiceField(label=_("Run, grow or transform"), choices=Revision.Purpose.choices)
    treatment = forms.ChoiceField(label=_("Accounting"), choices=Revision.Treatment.choices)
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, budget, *args, line=None, revision=None, **kwargs):
        self.budget, self.revision = budget, revision
        super().__init__(*args, initial=self.first(line, revision), **kwargs)
        workspace = budget.workspace
        self.fields["vendor"].queryset = Vendor.objects.of(workspace).order_by("name")
        self.fields["kpi"].queryset = Kpi.objects.of(workspace).active().order_by("name")
        for row, month in enumerate(budget.months):
            self.fields[f"month_{row}"] = AmountField(label=date_format(month, "M Y"), required=False)
        self.categories = Category.objects.of(workspace).order_by("name").values_list("name", flat=True)

    def first(self, line, revision) -> dict:
        if revision is None:
            return {"side": OwnerSide.JOINT, "marketing_share": 50, "technology_share": 50, "spread": "even"}
        currency = revision.currency
        spread = "even" if list(revision.months) == even(revision.total, currency) else "months"
        return {
            "name": revision.name,
            "category": revision.category.name,
            "side": revision.side,
            "spread": spread,
            "marketing_share": percent_text(revision.marketing_weight),
            "technology_share": percent_text(revision.technology_weight),
            "total": money_text(revision.total, currency),
            "vendor": revision.vendor_id,
            "kpi": revision.kpi_id,
            "purpose": revision.purpose,
            "treatment": revision.treatment,
            "notes": line.notes,
            **{f"month_{row}": money_text(amount, currency) for row, amount in enumerate(revision.months)},
        }

    @property
    def month_fields(self):
        return [self[f"month_{row}"] for row in range(12)]

    def values(self) -> dict:
        """What `line_input.cleaned` takes."""
        data = self.cleaned_data
        kept = ("name", "category", "side", "total", "vendor", "kpi", "purpose", "treatment", "notes")
        months = [data[f"month_{row}"] or "0" for row in range(12)]
        return {name: data[name] for name in kept} | {
            "spread": "even" if data["spread"] == "even" else months,
            "shares": {"marketing": data["marketing_share"] or 0, "technology": data["technology_share"] or 0},
        }


class NotesForm(forms.Form):
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    forecast = forms.ChoiceField(label=_("Forecast by"), choices=Line.Forecast.choices)
    owner = forms.ModelChoiceField(label=_("Looked after by"), queryset=Member.objects.none(), required=False)

    def __init__(self, line, *args, **kwargs):
        super().__init__(
            *args, initial={"notes": line.notes, "forecast": line.forecast, "owner": line.owner_id}, **kwargs
        )
        self.fields["owner"].queryset = Member.objects.of(line.workspace).active().people()


class IntakeForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet of lines"), help_text=_("CSV, XLSX, XLSM, XLS or ODS, also zipped; up to 20 MB.")
    )


class ProposalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why? The others read it."), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    give_back = forms.BooleanField(
        label=_("What is cut leaves the plan, instead of going to the unallocated line; both keys then decide"),
        required=False,
    )
    lines = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, lines=(), asks_where=False, **kwargs):
        """`lines` are the ids that go; `asks_where`: some of it only goes down, on the proposer's own lines."""
        super().__init__(*args, initial={"lines": lines}, **kwargs)
        self.fields["lines"].choices = [(pk, pk) for pk in lines]
        if not asks_where:
            del self.fields["give_back"]

    def values(self) -> dict:
        return {**self.cleaned_data, "lines": self.cleaned_data["lines"] or None}


class DecisionForm(forms.Form):
    """What a key's form sends: the version it read, and the verdict."""

    seat = forms.CharField(max_length=16, required=False)
    version = forms.IntegerField(min_value=1)
    fingerprint = forms.CharField(max_length=64, required=False)
    verdict = forms.ChoiceField(choices=[("approve", ""), ("reject", ""), ("ask", "")])
    note = forms.CharField(required=False, max_length=4000)


class TransferForm(forms.Form):
    giver = forms.TypedChoiceField(label=_("From"), coerce=int)
    taker = forms.TypedChoiceField(label=_("To"), coerce=int)
    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("Why? Both lines' history shows it."), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, lines, *args, **kwargs):
        """`lines` are (id, words) pairs of the budget's agreed lines."""
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *lines]
        self.fields["giver"].choices = self.fields["taker"].choices = choices


class ReasonForm(forms.Form):
    note = forms.CharField(label=_("Why? The others read it."), widget=forms.Textarea(attrs={"rows": 3}))

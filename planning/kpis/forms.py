"""What people type about KPIs, cleaned to values and days. The rules themselves are in terms.py and the actions."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member, Role, Side

from .expected import Point
from .models import Cadence, Direction, Source, TargetPoint
from .status import Status
from .terms import Terms
from .values import MOST_DECIMALS

ROWS_TO_SPARE = 3


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def value(label, **more):
    return forms.DecimalField(label=label, max_digits=20, decimal_places=MOST_DECIMALS, **more)


def owner(side):
    label = _("Owner in marketing") if side == Side.MARKETING else _("Owner in technology")
    return forms.ModelChoiceField(label=label, queryset=Member.objects.none(), empty_label=_("Choose somebody"))


def owners_on(workspace, side):
    people = Member.objects.of(workspace).active().on(side).filter(role__in=[Role.LEAD, Role.PLANNER])
    return people.people().select_related("workspace")


class OwnersForm(forms.Form):
    marketing_owner = owner(Side.MARKETING)
    technology_owner = owner(Side.TECHNOLOGY)

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        for side in (Side.MARKETING, Side.TECHNOLOGY):
            self.fields[f"{side}_owner"].queryset = owners_on(workspace, side)


class DefinitionForm(forms.Form):
    """One definition. The targets are rows of their own: `TargetsForm`."""

    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("What it is for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The business outcome that both sides want to move."),
    )
    formula = forms.CharField(
        label=_("Formula"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In words or as a formula: what is counted, what is left out, from which system."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=24, required=False, help_text=_("%, GBP, seconds, orders …"))
    direction = forms.ChoiceField(
        label=_("It should"), choices=Direction, widget=forms.RadioSelect, initial=Direction.INCREASE
    )
    baseline = value(_("Baseline"), required=False)
    baseline_on = forms.DateField(
        label=_("Baseline of"), widget=DateInput(), help_text=_("The first day of the way: 0 %.")
    )
    band_low = value(_("Lowest"), required=False)
    band_high = value(_("Highest"), required=False)
    band_margin = value(
        _("Margin"), required=False, min_value=0, help_text=_("So far outside the band it is amber, then red.")
    )
    cadence = forms.ChoiceField(label=_("Measured"), choices=Cadence, initial=Cadence.MONTH)
    grace_days = forms.IntegerField(
        label=_("Days of grace"),
        min_value=0,
        max_value=90,
        initial=5,
        help_text=_("After the period, until its reading is due."),
    )
    source = forms.ChoiceField(label=_("Source"), choices=Source, initial=Source.TYPED)
    green_limit = forms.DecimalField(label=_("Green up to a gap of"), initial=5, max_digits=5, decimal_places=2)
    amber_limit = forms.DecimalField(
        label=_("Amber up to a gap of"), initial=15, max_digits=5, decimal_places=2, help_text=_("Percentage points.")
    )

    def terms(self, targets) -> Terms:
        said = dict(self.cleaned_data)
        said["band_margin"] = said["band_margin"] or Decimal(0)
        return Terms(**said, targets=() if said["direction"] == Direction.BAND else targets)


class TargetForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DateInput(), required=False)
    value = value(_("Value"), required=False)
    interpolation = forms.ChoiceField(
        label=_("Reached"),
        choices=TargetPoint.Interpolation,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def clean(self):
        on, target = self.cleaned_data.get("on"), self.cleaned_data.get("value")
        if not self.errors and (on is None) != (target is None):
            raise forms.ValidationError(_("A target has both a day and a value."))
        return self.cleaned_data


class Targets(forms.BaseFormSet):
    def points(self) -> tuple[Point, ...]:
        """The rows that were filled in."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("on")]
        return tuple(Point(row["on"], row["value"], row["interpolation"] or "linear") for row in rows)


TargetsForm = forms.formset_factory(TargetForm, formset=Targets, extra=ROWS_TO_SPARE, max_num=60)


def starting_from(definition) -> dict:
    """The form's values for a definition, without a database's trailing zeros."""
    values = {name: getattr(definition, name) for name in DefinitionForm.base_fields}
    return {name: short(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def targets_from(definition) -> list[dict]:
    return [{**point._asdict(), "value": short(point.value)} for point in definition.points]


def short(value: Decimal) -> str:
    return format(value.normalize(), "f")


class ReadingForm(forms.Form):
    on = forms.DateField(
        label=_("Measured on"), widget=DateInput(), help_text=_("A day of the period it is of, often its last.")
    )
    value = value(_("Value"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    confirm = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = member.workspace.today()
        self.fields["on"].widget.attrs["max"] = f"{self.today:%Y-%m-%d}"
        if member.side in (Side.MARKETING, Side.TECHNOLOGY):
            self.fields["confirm"].label = _("I confirm it for %(side)s") % {"side": Side(member.side).label}
        else:
            del self.fields["confirm"]

    def clean_on(self):
        """A slip of the year is caught while it is typed; the first to mistype a date is a person."""
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("That day is still to come."))
        return self.cleaned_data["on"]


class DisputeForm(forms.Form):
    reason = forms.CharField(label=_("What is wrong with it?"), widget=forms.Textarea(attrs={"rows": 2}))
    value = value(_("It should be"), required=False)


class OverrideForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=Status)
    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    until = forms.DateField(
        label=_("Until"), widget=DateInput(), help_text=_("From that day on the figures speak again.")
    )

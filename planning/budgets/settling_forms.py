"""Forms of what is settled for budgets: limits, dimensions, targets. Amounts stay text, for the action to clean."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.shared.money import money_text

from .amounts import AmountField
from .lines.spreading import percent_text
from .models import FundingSide


class LimitsForm(forms.Form):
    small_move = AmountField(
        label=_("A planner moves alone below"),
        help_text=_("Inside one side. From this amount on, somebody else of that side agrees."),
    )
    finance_move = AmountField(
        label=_("Finance agrees to transfers from"), help_text=_("Across sides, or on a line both pay for.")
    )
    variance_percent = forms.DecimalField(
        label=_("A variance asks for an explanation above, in percent"), max_digits=5, decimal_places=2, min_value=0
    )
    variance_amount = AmountField(label=_("… and above this amount"), help_text=_("Only what is over both is asked."))
    tolerance_percent = forms.DecimalField(
        label=_("Promises may go over a line's plan by, in percent"),
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        help_text=_("0: the stop is exact. Transfers and cuts never use it."),
    )
    evidence_from = AmountField(
        label=_("A line needs a business case from"), required=False, help_text=_("Empty: no line needs one.")
    )

    def __init__(self, limits, currency, *args, **kwargs):
        first = {name: money_text(getattr(limits, name), currency) for name in AMOUNTS}
        first |= {name: percent_text(getattr(limits, name)) for name in PERCENTS}
        super().__init__(*args, initial=first, **kwargs)
        for name in AMOUNTS:
            self.fields[name].label = f"{self.fields[name].label}, {currency}"


AMOUNTS = ("small_move", "finance_move", "variance_amount", "evidence_from")
PERCENTS = ("variance_percent", "tolerance_percent")


class DimensionForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40)


class TargetForm(forms.Form):
    side = forms.ChoiceField(label=_("Side"), choices=FundingSide.choices)
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.none(), required=False, empty_label=_("the whole year")
    )
    amount = AmountField(label=_("Target"), required=False, help_text=_("Empty takes the target away."))

    def __init__(self, workspace, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.of(workspace).active().order_by("name")


class AttachmentForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("Documents, sheets, pictures and texts of at most 10 MB."))

"""What people type at the end of a month and in a review."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from planning.kpis.models import Kpi

from .forms import AmountField
from .models import Explanation, Revision


class ExplanationForm(forms.Form):
    cause = forms.ChoiceField(label=_("Cause"), choices=[("", _("Choose one")), *Explanation.Cause.choices])
    text = forms.CharField(label=_("Explanation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentForm(forms.Form):
    comment = forms.CharField(label=_("Comment"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AccrualsForm(forms.Form):
    """An amount and a few words for each line that its owner was asked about; a row left empty is not answered."""

    def __init__(self, accruals, *args, **kwargs):
        self.accruals = accruals
        super().__init__(*args, **kwargs)
        for one in accruals:
            self.fields[f"amount_{one.line_id}"] = AmountField(label=_("Amount"), required=False)
            self.fields[f"what_{one.line_id}"] = forms.CharField(
                label=_("What was delivered"), max_length=200, required=False
            )

    def rows(self):
        return [(one, self[f"amount_{one.line_id}"], self[f"what_{one.line_id}"]) for one in self.accruals]

    def answers(self) -> dict:
        """{line id: (amount, what)} of the rows with an amount."""
        data = self.cleaned_data
        return {
            one.line_id: (data[f"amount_{one.line_id}"], data[f"what_{one.line_id}"])
            for one in self.accruals
            if data.get(f"amount_{one.line_id}")
        }


class CaseForm(forms.Form):
    """A business case: effort, cost, KPI, expected effect and its date."""

    argument = forms.CharField(label=_("Why it is worth it"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    effort = forms.DecimalField(label=_("Effort, in days of work"), min_value=0, max_digits=8, decimal_places=1)
    cost = AmountField(label=_("Cost"))
    kpi = forms.ModelChoiceField(label=_("KPI it should move"), queryset=Kpi.objects.none())
    expected = forms.DecimalField(
        label=_("Expected effect"),
        max_digits=20,
        decimal_places=6,
        help_text=_("How far the KPI moves, in its own unit; below zero when it should fall."),
    )
    due = forms.DateField(label=_("Effect shows by"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, workspace, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kpi"].queryset = Kpi.objects.of(workspace).order_by("name")


class ResultForm(forms.Form):
    result = forms.DecimalField(label=_("How far the KPI moved"), max_digits=20, decimal_places=6)
    note = forms.CharField(label=_("How it was measured"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Is that so?"), choices=[("confirmed", _("Yes, it is proven")), ("disputed", _("No, and this is why"))]
    )
    note = forms.CharField(
        label=_("Comment"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class OpeningForm(forms.Form):
    """What the other systems say on the first day of a month."""

    ledger_total = AmountField(label=_("Actuals in the ledger before that month"))
    orders_total = AmountField(label=_("Open orders in the purchasing system"))
    contracts_total = AmountField(label=_("Contracts that run, value of a term"))

    def __init__(self, budget, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first"] = month_field(budget, _("Tracked here from"))
        self.order_fields(["first"])


class OrderForm(forms.Form):
    """An order that is still to be billed."""

    number = forms.CharField(label=_("Order number"), max_length=60)
    what = forms.CharField(label=_("What was ordered"), max_length=200)
    amount = AmountField(label=_("Still to be billed"))

    def __init__(self, budget, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"] = forms.ModelChoiceField(label=_("Line"), queryset=budget.lines.all())
        self.fields["month"] = month_field(budget, _("Month of service"))
        said = Revision.objects.of(budget.workspace_id).in_force().filter(line__budget=budget, removed=False)
        names = said.order_by("name").values_list("line_id", "name")
        self.fields["line"].choices = [("", "–"), *names]
        self.order_fields(["number", "what", "line", "month", "amount"])


def month_field(budget, label):
    """A month of the budget's year, as its first day."""
    months = {f"{month}": month for month in budget.months}
    choices = [(key, date_format(month, "F Y")) for key, month in months.items()]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=months.get)

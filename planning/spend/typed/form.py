"""What a person types of an invoice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.calendar.models import Rate
from planning.vendors.forms import DayInput

from ..line_names import lines_to_choose
from ..models import Kind
from .documents import LONGEST


class TypedForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[(Kind.INVOICE, _("an invoice")), (Kind.CREDIT, _("a credit note: it gives money back"))],
    )
    document = forms.CharField(label=_("Number of the document"), max_length=LONGEST)
    date = forms.DateField(label=_("Date on it"), widget=DayInput())
    amount = forms.CharField(label=_("Amount, net"), max_length=40)
    currency = forms.ChoiceField(label=_("Currency"))
    line = forms.ModelChoiceField(Line.objects.none(), label=_("Budget line"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args, purchase, left, **kwargs):
        super().__init__(*args, **kwargs)
        workspace = purchase.workspace
        rates = Rate.objects.of(workspace).order_by("currency").values_list("currency", flat=True).distinct()
        codes = dict.fromkeys([purchase.currency, workspace.currency, *rates])
        self.fields["currency"].choices = [(code, code) for code in codes]
        if len(codes) == 1:
            self.fields["currency"].widget = forms.HiddenInput()
        self.initial |= {"currency": purchase.currency}
        names = {row.line_id: row.name for row in left}
        if len(names) < 2:
            del self.fields["line"]
        else:
            self.fields["line"].queryset = lines_to_choose(workspace).filter(pk__in=names)
            self.fields["line"].label_from_instance = lambda line: names.get(line.pk) or str(line)
            self.fields["line"].empty_label = _("split as the purchase is charged")
        self.fields["amount"].widget.attrs |= {"inputmode": "decimal", "class": "num", "autocomplete": "off"}
        self.fields["document"].widget.attrs |= {"autocomplete": "off", "autofocus": True}

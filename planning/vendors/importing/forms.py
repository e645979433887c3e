"""A file of contracts, and how it is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.shared.dates import STYLES
from planning.shared.proposing import DELIMITERS, ENCODINGS

from ..models import Contract
from .columns import WORDS

LABELS = {
    "vendor": _("Vendor"),
    "title": _("Title"),
    "reference": _("Contract number"),
    "starts": _("Starts"),
    "ends": _("Ends"),
    "months": _("Term in months"),
    "value": _("Value"),
    "currency": _("Currency"),
}
PLAIN = ("encoding", "delimiter", "header_row", "date_format", "decimal", "negative", "end_is", "renewal",
         "notice_months")  # fmt: skip


class RegisterForm(forms.Form):
    file = forms.FileField(label=_("A register of contracts"), help_text=_("CSV or a workbook, one contract a row."))


class MappingForm(forms.Form):
    """The choices of columns are the file's own headings."""

    encoding = forms.ChoiceField(label=_("Written in"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=_("Columns parted by"), choices=DELIMITERS)
    header_row = forms.IntegerField(label=_("Names of the columns in row"), min_value=1, max_value=1000)
    date_format = forms.ChoiceField(label=_("Days are written"), choices=[(name, name) for name in STYLES])
    decimal = forms.ChoiceField(
        label=_("Decimal sign"), choices=[(".", _("point, 1,234.50")), (",", _("comma, 1.234,50"))]
    )
    negative = forms.ChoiceField(
        label=_("Below zero"),
        choices=[
            ("minus", _("minus, -12.00")),
            ("trailing", _("minus behind, 12.00-")),
            ("parentheses", _("in parentheses, (12.00)")),
        ],
    )
    end_is = forms.ChoiceField(
        label=_("The end is"), choices=[("last", _("the last day covered")), ("first", _("the first day not covered"))]
    )
    renewal = forms.ChoiceField(label=_("At the end"), choices=Contract.Renewal.choices)
    notice_months = forms.IntegerField(label=_("Notice in months"), min_value=0, max_value=60)

    def __init__(self, *args, names=(), **kwargs):
        super().__init__(*args, **kwargs)
        for key, label in LABELS.items():
            choices = [("", "—"), *((name, name) for name in names)]
            self.fields[f"column_{key}"] = forms.ChoiceField(label=label, required=False, choices=choices)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def mapping(self) -> dict:
        said = {key: self.cleaned_data[key] for key in PLAIN}
        said["delimiter"] = "\t" if said["delimiter"] == "tab" else said["delimiter"]
        return said | {"columns": {key: self.cleaned_data[f"column_{key}"] or None for key in WORDS}}

    @staticmethod
    def first_of(mapping) -> dict:
        first = {key: mapping.get(key) for key in PLAIN}
        first["delimiter"] = "tab" if first["delimiter"] == "\t" else first["delimiter"]
        return first | {f"column_{key}": name for key, name in mapping.get("columns", {}).items()}

"""A register's file, and how it is read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.shared.currencies import CurrencyField
from planning.shared.dates import STYLES
from planning.shared.proposing import DELIMITERS, ENCODINGS

from ..models import Contract, RegisterFile
from .columns import CONTRACTS, VENDORS, WORDS

LABELS = {
    "vendor": _("Vendor"),
    "spelling": _("Another spelling"),
    "title": _("Title"),
    "reference": _("Contract number"),
    "starts": _("Starts"),
    "ends": _("Ends"),
    "months": _("Term in months"),
    "value": _("Value"),
    "currency": _("Currency"),
}


class RegisterForm(forms.Form):
    file = forms.FileField(
        label=_("A register of contracts, or a list of vendors"),
        help_text=_("CSV or a workbook: one contract a row, or one vendor and another spelling of its name."),
    )


class MappingForm(forms.Form):
    """How a list of vendors is read. The choices of columns are the file's own headings."""

    lists = VENDORS
    what = forms.ChoiceField(label=_("The file lists"), choices=RegisterFile.What.choices)
    encoding = forms.ChoiceField(label=_("Written in"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=_("Columns parted by"), choices=DELIMITERS)
    header_row = forms.IntegerField(label=_("Names of the columns in row"), min_value=1, max_value=1000)

    def __init__(self, *args, names=(), **kwargs):
        super().__init__(*args, **kwargs)
        for key in WORDS[self.lists]:
            choices = [("", "—"), *((name, name) for name in names)]
            self.fields[f"column_{key}"] = forms.ChoiceField(label=LABELS[key], required=False, choices=choices)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def mapping(self) -> dict:
        said = {key: self.cleaned_data[key] for key in self.base_fields}
        said["delimiter"] = "\t" if said["delimiter"] == "tab" else said["delimiter"]
        return said | {"columns": {key: self.cleaned_data[f"column_{key}"] or None for key in WORDS[self.lists]}}

    @classmethod
    def first_of(cls, mapping) -> dict:
        first = {key: mapping.get(key) for key in cls.base_fields}
        first["delimiter"] = "tab" if first["delimiter"] == "\t" else first["delimiter"]
        return first | {f"column_{key}": name for key, name in mapping.get("columns", {}).items()}


class ContractMappingForm(MappingForm):
    """How a register of contracts is read."""

    lists = CONTRACTS
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
    currency = CurrencyField(label=_("Currency, where no column says it"))
    end_is = forms.ChoiceField(
        label=_("The end is"), choices=[("last", _("the last day covered")), ("first", _("the first day not covered"))]
    )
    renewal = forms.ChoiceField(label=_("At the end"), choices=Contract.Renewal.choices)
    notice_months = forms.IntegerField(label=_("Notice in months"), min_value=0, max_value=60)


FORMS = {form.lists: form for form in (ContractMappingForm, MappingForm)}

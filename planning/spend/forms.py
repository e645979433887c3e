"""Input about ledgers, cleaned to domain types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.shared import dates
from planning.shared.currencies import CurrencyField

from . import mappings, proposal
from .models import Kind

COLUMNS = {
    "date": _("Date"),
    "amount": _("Amount"),
    "vendor": _("Vendor"),
    "document": _("Document number"),
    "category": _("Category"),
    "department": _("Department"),
    "description": _("Description"),
    "currency": _("Currency"),
    "order": _("Order number"),
    "account": _("Account"),
    "cost_centre": _("Cost centre"),
    "period": _("Period"),
    "kind": _("Kind of entry"),
    "tax": _("Tax"),
    "gross": _("Gross amount"),
}
STYLES = [
    "encoding",
    "delimiter",
    "header_row",
    "date_format",
    "decimal",
    "negative",
    "currency",
    "posting_date",
    "kind",
    "department",
    "sign",
    "source",
]
ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", _("UTF-8 with a mark")),
    ("cp1252", "Windows 1252"),
    ("mac_roman", "Mac Roman"),
    ("utf-16", "UTF-16"),
]
DELIMITERS = [(",", _("comma")), (";", _("semicolon")), ("tab", _("tab")), ("|", _("bar"))]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Ledger or card file"), help_text=_("CSV, TSV, XLSX, XLSM, XLS or ODS, also zipped; up to 200 MB.")
    )
    payroll = forms.BooleanField(
        label=_("Payroll: names are left out, and few see the rows and the file"), required=False
    )


class MappingForm(forms.Form):
    """How a file is read. The choices of columns are the file's own headers."""

    encoding = forms.ChoiceField(label=_("Written in"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=_("Columns parted by"), choices=DELIMITERS)
    header_row = forms.IntegerField(label=_("Names of the columns in row"), min_value=1, max_value=1000)
    date_format = forms.ChoiceField(
        label=_("Dates are written"),
        required=False,
        choices=[("", _("choose")), *((name, name) for name in dates.STYLES)],
    )
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
    currency = CurrencyField(label=_("Currency, where the row names none"))
    posting_date = forms.DateField(
        label=_("Day, when the file has none"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label=_("Rows are"), required=False, choices=[("", _("invoices and credit notes")), *Kind.choices]
    )
    department = forms.CharField(label=_("Department, where the row names none"), required=False, max_length=200)
    sign = forms.ChoiceField(
        label=_("Money spent is"),
        required=False,
        choices=[("as written", _("above zero")), ("reversed", _("below zero: turn every amount round"))],
    )
    source = forms.CharField(
        label=_("These files come from"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"list": "sources", "autocomplete": "off"}),
    )
    departments_by = forms.ChoiceField(
        label=_("A department rule looks at"),
        required=False,
        choices=[("", _("no rule")), *((key, COLUMNS[key]) for key in mappings.DEPARTMENTS_BY)],
    )
    departments = forms.CharField(
        label=_("Cells that begin with = department, one a line"),
        required=False,
        widget=forms.Textarea({"rows": 3, "placeholder": "41 = Marketing"}),
    )

    def __init__(self, *args, headers=(), **kwargs):
        super().__init__(*args, **kwargs)
        names = [(name, name) for name in proposal.column_names(list(headers))]
        for key, label in COLUMNS.items():
            self.fields[f"column_{key}"] = forms.ChoiceField(
                label=label, required=key == "amount", choices=[("", "—"), *names]
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def mapping(self) -> dict:
        """What was said, in the API's shape. A column left open is said to be none."""
        said = {key: value for key in STYLES if (value := self.cleaned_data.get(key)) not in (None, "")}
        said["delimiter"] = "\t" if said["delimiter"] == "tab" else said["delimiter"]
        said["columns"] = {key: self.cleaned_data[f"column_{key}"] or None for key in COLUMNS}
        rule = department_rule(self.cleaned_data.get("departments_by"), self.cleaned_data.get("departments"))
        return said | ({"departments": rule} if rule else {})

    @staticmethod
    def initial_of(mapping: dict) -> dict:
        first = {key: mapping.get(key) for key in STYLES}
        first["delimiter"] = "tab" if first["delimiter"] == "\t" else first["delimiter"]
        if rule := mapping.get("departments"):
            first["departments_by"] = rule["column"]
            first["departments"] = "\n".join(f"{start} = {name}" for start, name in rule["begins"].items())
        return first | {f"column_{key}": name for key, name in mapping.get("columns", {}).items()}


def department_rule(column, lines) -> dict | None:
    """The rule of a form, in the API's shape: {column, begins}; None without one. Lines without "=" say nothing."""
    pairs = [line.split("=", 1) for line in (lines or "").splitlines() if "=" in line]
    begins = {start.strip(): name.strip() for start, name in pairs if start.strip() and name.strip()}
    return {"column": column, "begins": begins} if column and begins else None


class AssignmentForm(forms.Form):
    """Rows of one name onto one line."""

    line = forms.ModelChoiceField(Line.objects.none(), label=_("Budget line"))
    vendor_key = forms.CharField(required=False)
    entry = forms.IntegerField(required=False)
    always = forms.BooleanField(label=_("always for this vendor"), required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = lines

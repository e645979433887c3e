"""What the mapping page shows: the proposal with its confidence, a form of it, and rows as it would read them."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from planning.shared.proposing import CONFIDENCE, DELIMITERS, ENCODINGS
from planning.shared.refusals import Refused

from ..models import OwnerSide
from . import dimensions
from .cells import Reader
from .checking import proposed
from .columns import AMOUNTS, SEVERAL, doubts
from .mapping import cleaned_mapping

LABELS = {
    "name": _("Name of the line"),
    "reference": _("Told apart by"),
    "line": _("Line number of Alignment"),
    "category": _("Category"),
    "side": _("Whose line"),
    "total": _("Total for the year"),
    "marketing": _("Marketing pays"),
    "technology": _("Technology pays"),
    "marketing_percent": _("Marketing pays, %"),
    "technology_percent": _("Technology pays, %"),
    "vendor": _("Vendor"),
    "kpi": _("KPI it should move"),
    "owner": _("Looked after by"),
    "purpose": _("Run, grow or transform"),
    "treatment": _("Accounting"),
    "cost_centre": _("Cost centre"),
    "account": _("Account"),
    "notes": _("Notes"),
}
STYLES = ("encoding", "delimiter", "header_row", "decimal", "negative", "below_zero", "new_categories")
SHOWN = 8


class MappingForm(forms.Form):
    """How a file of lines is read. The choices of columns are the file's own headings."""

    all_side = forms.ChoiceField(
        label=_("Whose lines, where the row does not say"), required=False, choices=[("", "—"), *OwnerSide.choices]
    )
    all_category = forms.CharField(label=_("Category, where the row names none"), required=False, max_length=80)
    encoding = forms.ChoiceField(label=_("Written in"), choices=ENCODINGS)
    delimiter = forms.ChoiceField(label=_("Columns parted by"), choices=DELIMITERS)
    header_row = forms.IntegerField(label=_("Names of the columns in row"), min_value=1, max_value=1000)
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
    below_zero = forms.ChoiceField(
        label=_("Rows below zero"),
        choices=[("refuse", _("are refused")), ("offset", _("are taken off the largest row of their category"))],
    )
    new_categories = forms.ChoiceField(
        label=_("Categories we do not have"),
        choices=[("create", _("join the tree of categories")), ("refuse", _("refuse their rows"))],
    )

    amounts_in = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args, names=(), budget, **kwargs):
        super().__init__(*args, **kwargs)
        self.dimensions = dimensions.in_use(budget.workspace)
        choices = [("", "—"), *((name, name) for name in names)]
        for key, label in LABELS.items():
            if key in SEVERAL:
                self.fields[f"column_{key}"] = forms.MultipleChoiceField(
                    label=label, required=False, choices=choices[1:], widget=forms.SelectMultiple({"size": 4})
                )
            else:
                self.fields[f"column_{key}"] = forms.ChoiceField(label=label, required=False, choices=choices)
        self.fields |= dimensions.fields(self.dimensions, choices)
        for row, month in enumerate(budget.months):
            self.fields[f"month_{row}"] = forms.ChoiceField(
                label=date_format(month, "M Y"), required=False, choices=choices
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    def mapping(self) -> dict:
        """What was said; a column left open is said to be none."""
        data = self.cleaned_data
        said = {key: data[key] for key in (*STYLES, "all_side", "all_category")}
        said["delimiter"] = "\t" if said["delimiter"] == "tab" else said["delimiter"]
        said["columns"] = {key: data[f"column_{key}"] or None for key in LABELS}
        said["dimensions"] = dimensions.said_in(data, self.dimensions)
        months = [data[f"month_{row}"] for row in range(12)]
        return said | {"months": [name for name in months if name]}

    @staticmethod
    def first_of(mapping, budget) -> dict:
        first = {key: mapping.get(key) for key in (*STYLES, "all_side", "all_category")}
        first["delimiter"] = "tab" if first["delimiter"] == "\t" else first["delimiter"]
        first["amounts_in"] = amounts_in(mapping)
        first |= {f"column_{key}": value for key, value in mapping["columns"].items()}
        first |= dimensions.initial_of(mapping, dimensions.in_use(budget.workspace))
        return first | {f"month_{row}": name for row, name in enumerate(mapping["months"])}


def amounts_in(mapping) -> str:
    """The columns that hold amounts, as the form carries them: how they are written was proposed from these."""
    named = {key: mapping["columns"].get(key) for key in AMOUNTS}
    return " · ".join([*(f"{key}: {name}" for key, name in named.items() if name), *mapping["months"]])


def tried(intake, query):
    """The proposal, with what the query says about shape and columns taken as it was said; nothing is kept. When other
    columns hold the amounts now, how they are written is proposed anew."""
    shape = {key: query[key] for key in ("encoding", "delimiter", "header_row") if query.get(key)}
    if shape.get("delimiter") == "tab":
        shape["delimiter"] = "\t"
    if not query:
        return proposed(intake.file, intake.budget, trusted(intake.mapping))
    made = proposed(intake.file, intake.budget, possible(shape))
    form = MappingForm(query, names=made.names, budget=intake.budget)
    if not form.is_valid():
        return made
    said = form.mapping()
    if form.cleaned_data["amounts_in"] and form.cleaned_data["amounts_in"] != amounts_in(said):
        said = {key: value for key, value in said.items() if key not in ("decimal", "negative")}
    return proposed(intake.file, intake.budget, cleaned_mapping(said))


def trusted(mapping) -> dict:
    """What a mapping that was kept says, without its columns when there are none yet."""
    return possible({key: value for key, value in mapping.items() if key != "columns" or value})


def possible(given) -> dict:
    kept = {}
    for key, value in given.items():
        try:
            kept |= cleaned_mapping({key: value})
        except Refused:
            continue
    return kept


def context(intake, made, form) -> dict:
    open_ones = dict(doubts(made))
    return {
        "intake": intake,
        "budget": intake.budget,
        "form": form,
        "columns": [described(form, f"column_{key}", key, intake, made, open_ones) for key in LABELS],
        "own": [described(form, f"dimension_{at}", "", intake, made, {}) for at in range(len(form.dimensions))],
        "all_rows": [described(form, key, "", intake, made, open_ones) for key in ("all_side", "all_category")],
        "months": [form[f"month_{row}"] for row in range(12)],
        "styles": [described(form, key, key, intake, made, open_ones) for key in STYLES],
        "rows": first_rows(intake, made),
        "doubt": next(iter(open_ones.values()), ""),
    }


def described(form, name, key, intake, made, open_ones) -> dict:
    confidence = intake.confidence.get(key) or made.confidence.get(key)
    named = key in made.mapping["columns"] or key in ("encoding", "delimiter", "header_row", "decimal")
    tone, word = CONFIDENCE.get(confidence, ("", ""))
    return {"field": form[name], "tone": tone if named else "", "word": word, "doubtful": name in open_ones}


def first_rows(intake, made) -> list:
    """The first rows as they would be read."""
    try:
        reader = Reader(made.mapping, made.names, intake.budget.workspace.currency)
    except Refused:
        return []
    start = made.mapping["header_row"] + 1
    return [reader.read(start + at, cells) for at, cells in enumerate(made.sample[:SHOWN])]

"""What the mapping page shows: the proposal with its confidence, a form of it, and rows as it would read them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from planning.shared import periods
from planning.shared.delimited import column_names

from . import mappings, opening
from .forms import COLUMNS, STYLES, MappingForm, department_rule
from .models import Import, Source
from .previewing import preview
from .proposal import LIKELY, MISSING, REQUIRED, SURE
from .remembering import name_for

RULE = ("departments_by", "departments")
SEEN_IN = {"date_format": "date", "decimal": "amount", "negative": "amount"}  # styles, and the columns they are of
NO_COLUMN = "none"
CONFIDENCE = {
    SURE: ("green", _("certain")),
    LIKELY: ("amber", _("please look")),
    MISSING: ("unknown", _("not in the file")),
}


def described(batch, query) -> dict:
    """The page for a batch; what the query says about shape and styles is tried out, and nothing is kept."""
    made = proposed(batch, query)
    initial = MappingForm.initial_of(made.mapping)
    initial["source"] = initial["source"] or name_for(batch.name, made.headers)
    # Half a department rule is none yet: what was said of it stays in its fields until the other half comes.
    initial |= {key: query[key] for key in RULE if key in query}
    form = MappingForm(initial=initial, headers=made.headers)
    if query.get("currency"):
        refuse_unknown_currency(form, query["currency"])
    return context(batch, made, form)


def refuse_unknown_currency(form, said):
    """A code that is none stays in its field with the sentence: nobody is given another currency without a word."""
    try:
        form.fields["currency"].clean(said)
    except ValidationError as refused:
        form.initial["currency"] = said
        form.errors["currency"] = form.error_class(refused.messages)


def proposed(batch: Import, said):
    """The proposal that was made when the file was opened; once somebody says something, all of it is taken as it was
    said and tried on the file's beginning. A column that is chosen anew is asked itself how it is written."""
    given = {key: said[key] for key in STYLES if said.get(key) and not is_of_another_column(key, said)}
    if given.get("delimiter") == "tab":
        given["delimiter"] = "\t"
    given["departments"] = department_rule(said.get("departments_by"), said.get("departments"))
    if not any(given.values()):
        return opening.kept(batch) or opening.afresh(batch)
    made = opening.propose(batch, cleaned(given), opening.TRIED)
    names = column_names(made.headers)
    columns = {key: said[f"column_{key}"] for key in COLUMNS if said.get(f"column_{key}") in names}
    if said.get("shown_shape") == shape(made.mapping):  # else the columns are others, and nobody declined any of them
        offered = [key for key in COLUMNS if key in made.mapping["columns"] and key != "amount"]
        columns = dict.fromkeys(offered) | columns
    return opening.propose(batch, cleaned(given | {"columns": columns}), opening.TRIED) if columns else made


def is_of_another_column(style, said) -> bool:
    """Whether the page showed this style for a column that somebody has left since."""
    column = SEEN_IN.get(style)
    shown = said.get(f"shown_{column}")
    return bool(shown) and shown != (said.get(f"column_{column}") or NO_COLUMN)


def shape(mapping) -> str:
    return f"{mapping['encoding']} {mapping['delimiter']!r} {mapping['header_row']}"


def cleaned(given: dict) -> dict:
    """What of it is possible: a page that tries things out does not refuse."""
    kept = {}
    for key, value in given.items():
        if not value:
            continue
        try:
            kept |= mappings.cleaned({key: value})
        except mappings.Refused:
            continue
    return kept


def context(batch, made, form) -> dict:
    return {
        "batch": batch,
        "form": form,
        "columns": [field_of(form, f"column_{key}", key, made) for key in COLUMNS],
        "shown": {f"shown_{key}": made.mapping["columns"].get(key) or NO_COLUMN for key in ("date", "amount")}
        | {"shown_shape": shape(made.mapping)},
        "styles": [field_of(form, key, key, made) for key in [*STYLES, *RULE]],
        "sources": Source.objects.of(batch.workspace).of_files().order_by("name").values_list("name", flat=True),
        "rows": preview(made),
        "beside": opening.beside(batch),
        "doubt": mappings.doubt(made) if made.doubts else "",
    }


def field_of(form, name, key, made) -> dict:
    confidence = made.confidence.get(key, SURE if made.mapping.get(key) or key not in REQUIRED else MISSING)
    mapped = (
        key in made.mapping["columns"] or key in ("date", "amount") if name.startswith("column_") else key in REQUIRED
    )
    shown = mapped and key in made.confidence
    tone, word = CONFIDENCE[confidence]
    return {
        "field": form[name],
        "tone": tone if shown and not form[name].errors else "",
        "word": word,
        "doubtful": key in made.doubts,
    }


def this_year(workspace):
    """The first day of the fiscal year, and today."""
    today = workspace.today()
    return periods.year_start(workspace, periods.year_of(workspace, today)), today

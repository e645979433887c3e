"""What the page of a register's file shows: rows by what they would do, and the form of how they are read."""

from planning.shared.folding import folded
from planning.shared.proposing import CONFIDENCE, LIKELY

from .columns import NEEDED
from .forms import FORMS
from .rows import OUTCOMES


def form_of(register, said=None):
    """The mapping as a form; `said` is what was posted."""
    form = FORMS[register.what]
    return form(said, names=register.mapping.get("names", []), initial=form.first_of(register.mapping))


def described(register, form) -> dict:
    counts, fields = register.counts, {name: field_of(register, form[name]) for name in form.fields}
    columns = {name: row for name, row in fields.items() if name == "what" or name.startswith("column_")}
    return {
        "register": register,
        "form": form,
        "parts": [(key, counts[key], amounts_of(register, key)) for key in OUTCOMES if counts.get(key)],
        "whole": amounts_of(register, "file"),
        "columns": columns.values(),
        "styles": [row for name, row in fields.items() if name not in columns],
        "doubted": register.mapping.get("currency") if is_doubted(register, "currency") else "",
        "refusals": folded(register.refusals),
        "unlisted": counts.get("refused", 0) - len(register.refusals),
        "can_take": bool(counts.get("new") or counts.get("changed")) and register.state == register.State.CHECKED,
    }


def amounts_of(register, part) -> list[tuple[str, str]]:
    return list(register.totals.get(part, {}).items())


def is_doubted(register, key) -> bool:
    return register.mapping.get("confidence", {}).get(key) == LIKELY


def field_of(register, field) -> dict:
    """How sure the file is of it; of a column that it may do without only where it has one."""
    confidence, key = register.mapping.get("confidence", {}).get(field.name), field.name.removeprefix("column_")
    tone, word = CONFIDENCE.get(confidence, ("", ""))
    shown = register.mapping.get("columns", {}).get(key) or key in NEEDED[register.what] or key == field.name
    return {
        "field": field,
        "tone": tone if shown else "",
        "word": word,
        "doubtful": bool(shown) and is_doubted(register, field.name),
    }

"""The workspace's own dimensions among the columns of a file: found by their names, shown in the form."""

from django import forms
from django.utils.translation import gettext as _

from planning.shared.delimited import named
from planning.shared.refusals import Refused

from ..models import Dimension


def in_use(workspace) -> list[str]:
    """Names, in the workspace's order; at most six."""
    return [one.name for one in Dimension.objects.of(workspace).exclude(place=None)]


def find(table, names, given, taken) -> dict[str, str]:
    """{dimension: column}, as `given` says, else by name among the columns that are not `taken`."""
    said = given.get("dimensions") or {}
    free = {words(name): name for name in reversed(table.names) if name not in taken}
    found = {one: named(table.names, said[one]) if said.get(one) else free.get(words(one)) for one in names}
    return {one: column for one, column in found.items() if column and (one not in said or said[one])}


def words(text) -> str:
    return " ".join(text.casefold().replace("_", " ").split())


def cleaned(value) -> dict[str, str | None]:
    """{dimension: column, or None where it is said to be in none}. Refused: anything else."""
    if not isinstance(value, dict):
        raise Refused(_("Dimensions are given as names with their values."), "mapping")
    return {str(one)[:40]: str(column) if column else None for one, column in value.items()}


# ── In the form ──
def fields(names, choices) -> dict[str, forms.Field]:
    return {
        f"dimension_{at}": forms.ChoiceField(label=name, required=False, choices=choices)
        for at, name in enumerate(names)
    }


def said_in(data, names) -> dict[str, str | None]:
    return {name: data[f"dimension_{at}"] or None for at, name in enumerate(names)}


def initial_of(mapping, names) -> dict[str, str]:
    said = mapping.get("dimensions") or {}
    return {f"dimension_{at}": said.get(name) or "" for at, name in enumerate(names)}

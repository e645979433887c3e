"""What saving a line's form would do to the keys, shown before it is saved."""

from decimal import Decimal

from django.db import DatabaseError, transaction
from django.shortcuts import render
from django.utils.translation import gettext as _

from planning.people.doors import door, editors
from planning.shared.refusals import Refused

from ..actions.lines import with_people
from ..lines.form import LineForm
from ..lines.input import cleaned
from ..lines.people import people_of
from ..models import Revision, Version
from ..versions.clearing import Effect, effect_of
from ..versions.drafts import copy_of, current, in_force
from .lines import one


@door(editors)
def clearing(request, line_id):
    line = one(request, line_id)
    before = in_force(line)
    form = LineForm(line.budget, request.GET, line=line, revision=current(line), member=request.member)
    effect = None
    if before and form.is_valid():
        effect = effect_of_form(line, before, form, request.member.side)
    return render(request, "budgets/_clearing.html", {"effect": effect})


def effect_of_form(line, before, form, side) -> Effect | None:
    """The table's row for what is typed; None while it is not complete. A category nobody knows yet would be made by
    saving, which a GET cannot: it is a change of scope."""
    wanted = copy_of(before, Version(workspace_id=line.workspace_id))
    try:
        with transaction.atomic():
            people, said = with_people(line.budget, form.values())
            values = cleaned(line.budget, said, current(line))
            if people and [people] != list(people_of([before]).values()):
                values["people_seal"] = "…"
    except Refused:
        return None
    except DatabaseError:
        return Effect(False, [_("Its scope changes")])
    for name, value in values.items():
        if hasattr(wanted, name):
            setattr(wanted, name, kept(name, value))
    effect = effect_of(wanted, before, side)
    return effect if effect.freed or not effect.carried else None


def kept(name, value):
    """`value` with the decimals that its column keeps, so that equal amounts are equal."""
    places = getattr(getattr(Revision, name).field, "decimal_places", None) if hasattr(Revision, name) else None
    if name == "months":
        return [month.quantize(Decimal("0.001")) for month in value]
    return value.quantize(Decimal(1).scaleb(-places)) if places and isinstance(value, Decimal) else value

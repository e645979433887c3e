"""The grid of a budget: windows of its lines as JSON, and the cells that people change in it."""

import json

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors
from planning.shared.refusals import Refused

from .. import actions
from ..grid.answer import answer
from ..grid.cells import Change
from ..grid.changes import changes, clean_mark
from ..grid.window import FIRST, clean_group, clean_measures, window_json
from .budgets import one


@door(anyone)
def grid(request, budget_id):
    budget, asked = one(request, budget_id), request.GET
    if (since := clean_mark(asked.get("since"))) is not None:
        return JsonResponse(changes(budget, since), headers={"Cache-Control": "no-store"})
    after, size = (int(asked.get(name) or 0) if asked.get(name, "").isdecimal() else None for name in ("after", "size"))
    text = window_json(
        budget,
        clean_group(asked.get("group")),
        clean_measures(asked.get("measures"), budget),
        after=after,
        size=size or FIRST,
    )
    return HttpResponse(text, content_type="application/json", headers={"Cache-Control": "no-store"})


@door(post=editors, does=actions.set_cells)
def cells(request, budget_id):
    budget = one(request, budget_id)
    try:
        return JsonResponse(answer(actions.set_cells(budget, request.member, changes_in(request.POST.get("cells")))))
    except Refused as refused:
        return JsonResponse({"says": str(refused)}, status=refused.status)


def changes_in(text) -> list[Change]:
    """JSON [{line, month (0 to 11, or null for the year), saw, value}]. Refused: anything else, and nothing."""
    try:
        changes = [
            Change(int(one["line"]), month_of(one["month"]), str(one["saw"]), str(one["value"])[:60])
            for one in json.loads(text or "")
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(_("These are not cells of the grid. Reload the page and try again.")) from error
    if not changes:
        raise Refused(_("No cell was changed."))
    return changes


def month_of(value) -> int | None:
    if value is None:
        return None
    if type(value) is int and 0 <= value < 12:
        return value
    raise ValueError(value)

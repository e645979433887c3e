"""The year on one page: lines by group, twelve months each, in the measures that are asked. One statement a window,
however many lines; the first window also brings the sums of all groups.
"""

import json

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..forecast import facts
from ..models import OwnerSide
from .sql import MEASURES as MONEY
from .sql import statement

GROUPS = {
    "side": gettext_lazy("Side"),
    "category": gettext_lazy("Category"),
    "kpi": gettext_lazy("KPI"),
    "vendor": gettext_lazy("Vendor"),
}
MEASURES = {
    "plan": gettext_lazy("Plan"),
    "transferred": gettext_lazy("Transfers"),
    "reserved": gettext_lazy("Reserved"),
    "committed": gettext_lazy("Committed"),
    "actual": gettext_lazy("Actual"),
    "forecast": gettext_lazy("Forecast"),
    "variance": gettext_lazy("Variance"),
}
FIRST, MOST = 60, 2000


def clean_group(text) -> str:
    """One of GROUPS; unknown: by side."""
    return text if text in GROUPS else "side"


def clean_measures(text, budget) -> list[str]:
    """Those of MEASURES named in "plan,actual", in their order; the plan when none is, or when nothing is agreed."""
    asked = set((text or "").split(",")) if budget.agreed_count else set()
    return [name for name in MEASURES if name in asked] or ["plan"]


def window_json(
    budget, grouped_by="side", measures=("plan",), *, after=None, size=FIRST, skip=0, with_groups=None
) -> str:
    """JSON text {rows, groups}: `size` lines following the line `after` (or after `skip` lines), ordered by group and
    name; `groups` with the first window, or as `with_groups` says.

    A row: {id, name, group, category, side, share, state, plan, agreed, …}; `plan` and every other measure are twelve
    amounts as plain text in the workspace's currency. `state` is agreed, draft (changed in the version being drafted),
    new, removed, or proposed (waits for its keys); `agreed` are the months in force where they differ from the plan
    that is shown. A group: {key, label, lines, plan, …}: sums of all its lines.
    """
    money = [name for name in measures if name in MONEY and budget.agreed_count]
    first = after is None and not skip if with_groups is None else with_groups
    parameters = facts(budget) | {"after": after, "size": min(int(size), MOST), "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(statement(grouped_by, money, with_groups=first), parameters)
        return cursor.fetchone()[0]


def window(budget, grouped_by="side", measures=("plan",), **where) -> dict:
    """The same as Python's values, labels in words."""
    found = json.loads(window_json(budget, grouped_by, measures, **where))
    for group in found.get("groups", ()):
        group["label"] = label_of(grouped_by, group)
    return found


def label_of(grouped_by, group) -> str:
    if grouped_by == "side":
        return str(OwnerSide(group["key"]).label)
    return group["label"] or {"kpi": _("No KPI"), "vendor": _("No vendor")}.get(grouped_by, "")

"""A version as its readers need it: each changed line field by field, which keys it clears and why, the totals."""

from django.core.paginator import Paginator

from planning.shared.money import ZERO

from ..lines.field_words import in_runs, rows_in_words
from .clearing import clearing_of
from .terms import changed_fields, revisions_with_before, totals_of, totals_read

A_PAGE = 100


def read(budget, version, side=None, lines=None, page=1) -> dict:
    """The context of a version's pages. With `side` (a proposer's), each change says what proposing it would clear.

    `lines`: only these of its lines (ids). Changes come a hundred a page.
    """
    if version is None:
        return {"version": None, "changes": [], "totals": None, "clearing": None}
    version.budget = budget
    pairs = [pair for pair in revisions_with_before(version) if lines is None or pair[0].line_id in lines]
    clearing = clearing_of(version, pairs, totals_of(version, pairs), side) if side else None
    shown = Paginator(pairs, A_PAGE).get_page(page)
    effects = clearing.effects if clearing and budget.agreed_count else {}
    return {
        "version": version,
        "changes": changes_of(shown.object_list, budget, effects),
        "shown": shown,
        "totals": beside(**with_freed(totals_read(version, pairs), clearing)),
        "clearing": clearing,
        "pairs": pairs,
    }


def changes_of(pairs, budget, effects=()) -> list[dict]:
    """One row a line that differs: its revision now and before, its fields in words, and what it clears."""
    return [
        {
            "revision": revision,
            "before": before,
            "fields": fields,
            "rows": in_runs(rows_in_words(fields, budget)),
            "effect": effects[revision.line_id][1] if effects else None,
        }
        for revision, before in pairs
        for fields in [changed_fields(revision, before)]
    ]


def with_freed(totals, clearing) -> dict:
    """What is freed stays in the side's plan, on its unallocated line."""
    freed = clearing.freed if clearing else {}
    after = {side: amount + sum(freed.get(side, ()), ZERO) for side, amount in totals["after"].items()}
    return {**totals, "after": after}


def beside(before, after) -> dict:
    """{side: {before, after, change}}."""
    return {
        side: {"before": before[side], "after": after[side], "change": after[side] - before[side]} for side in after
    }

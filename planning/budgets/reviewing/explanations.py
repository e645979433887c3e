"""Each variance over the workspace's limit asks its owner for one explanation, when its month closes.

A variance is over when it is over the percentage *and* over the amount, either way (a line without a plan is over any
percentage), or when more is spent and promised than the year has. It is asked once: while a question is open, and after
it was answered until the variance has moved by more than the limits again.
"""

from planning.people.models import KEY_SIDES, Member, Role
from planning.shared.refusals import NotYours
from planning.shared.templatetags.money import money

from ..agenda import excesses, is_over
from ..models import Explanation, Limits, Line, OwnerSide, Revision
from .variance import variance


def to_ask(budget, month) -> list[Explanation]:
    """Explanations that are due up to and with `month`, unsaved and without an owner; the largest variance first."""
    workspace, earlier = budget.workspace, newest(budget)
    limits, at = Limits.of(workspace), workspace.now()
    rows = variance(budget, "line", month)
    found = [(excess, row) for row in rows for excess in excesses(row, limits, workspace)]
    return [
        Explanation(
            workspace=workspace, line_id=one.line_id, month=month, measure=one.kind, amount=one.amount, asked_at=at
        )
        for one, row in sorted(found, key=lambda pair: (-abs(pair[0].amount), pair[0].line_id))
        if is_news(one, row, earlier.get(one.line_id), limits)
    ]


def is_news(excess, row, before, limits) -> bool:
    """Whether it says more than what was asked before about the line."""
    if before is None:
        return True
    if before.by_id is None:
        return False
    moved, base = excess.amount - before.amount, row.plan if excess.kind == "actual" else row.year_plan
    return is_over(moved, moved * 100 / base if base else None, limits)


def newest(budget) -> dict:
    """{line id: the newest explanation asked about it}."""
    rows = Explanation.objects.of(budget.workspace_id).filter(line__budget=budget).order_by("month", "pk")
    return {one.line_id: one for one in rows}


def owners_of(workspace, line_ids) -> dict:
    """{line id: the members to ask about it}: who looks after it; else the planners and leads of its side."""
    lines = Line.objects.of(workspace).filter(pk__in=line_ids).select_related("owner__user")
    said = {one.line_id: one.side for one in Revision.objects.of(workspace).in_force().filter(line__in=line_ids)}
    editors = list(
        Member.objects.of(workspace).active().filter(role__in=[Role.LEAD, Role.PLANNER], side__in=KEY_SIDES).people()
    )
    by_side = {side: [one for one in editors if one.side == side] for side in KEY_SIDES}
    by_side[OwnerSide.JOINT] = [one for one in editors if one.role == Role.LEAD]
    return {
        line.pk: [line.owner] if line.owner and line.owner.left_at is None else by_side.get(said.get(line.pk), [])
        for line in lines
    }


def refuse_others(line, member, sentence):
    """What a line's owner says is said by the owner, or by whoever edits for its side (both, when it is joint). The
    `sentence` for others may name the %(line)s."""
    if line.owner_id == member.pk and member.can_edit:
        return
    if not member.can_edit or member.side not in sides_of(line):
        raise NotYours(sentence % {"line": line})


def sides_of(line) -> list[str]:
    return sides_in(Revision.objects.of(line.workspace_id).in_force().filter(line=line).first())


def sides_in(revision) -> list[str]:
    """Whose line it is: one side, or both when it is joint (or not in force any more)."""
    side = revision.side if revision else OwnerSide.JOINT
    return list(KEY_SIDES) if side == OwnerSide.JOINT else [side]


def other_side(side: str) -> str:
    """The side that answers `side`; of somebody who is on neither, none."""
    return {"marketing": "technology", "technology": "marketing"}.get(side, "")


def shown(budget) -> list[Explanation]:
    """All that was asked about a budget, what waits first, then the newest."""
    rows = Explanation.objects.of(budget.workspace_id).filter(line__budget=budget)
    people = rows.select_related("line", "owner__user", "by__user", "comment_by__user")
    names = dict(
        Revision.objects.of(budget.workspace_id).in_force().filter(line__budget=budget).values_list("line_id", "name")
    )
    found = sorted(people, key=lambda one: (one.by_id is not None, -one.month.toordinal(), -abs(one.amount)))
    for one in found:
        one.line_name = names.get(one.line_id, "")
    return found


def amount_words(explanation, currency) -> str:
    return f"{money(abs(explanation.amount), currency)} {currency}"

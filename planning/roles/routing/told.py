"""Who stands behind a snapshot: whom to tell by now, whose roles are held today, and which sides were asked."""

from planning.people.deputies import acting_for
from planning.people.models import KEY_SIDES, Member

from ..models import Holding


def informed(paper) -> list[Member]:
    """The I of the row that a paper was routed by, to tell once it is decided; nobody without a row."""
    return holders_in(paper.workspace, paper.matrix, "I")


def holders_in(workspace, matrix, letters: str) -> list[Member]:
    """Who holds today the roles that have one of `letters` in a snapshot (`Row.snapshot`, or None)."""
    keys = [seat["key"] for seat in matrix["seats"] if seat["letter"] in letters] if matrix else []
    held = Holding.objects.of(workspace).on(workspace.today()).filter(role__key__in=keys)
    return [one.member for one in held.select_related("member__user").order_by("pk")] if keys else []


def keys_held(member) -> set[str]:
    """The keys of the roles that `member` holds today, themselves or as somebody's deputy."""
    today = member.workspace.today()
    held = Holding.objects.of(member.workspace_id).on(today)
    return set(held.filter(member__in=[member.pk, *acting_for(member, today)]).values_list("role__key", flat=True))


def sides_asked(paper) -> list[str]:
    """The two sides whose word is asked before this is decided, by a key or by a question of the row that routed it, as
    the history keeps them. A key that is carried from a version before asks nobody."""
    sides = {seat.side or seat.name for seat in paper.seats.all() if seat.carried_from_id is None}
    sides |= {duty.side for duty in paper.duties.all() if duty.is_question}
    return [side.value for side in KEY_SIDES if side in sides]

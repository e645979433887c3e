"""Who stands behind a snapshot by now: whom to tell, and which of its roles somebody holds today. Only people move."""

from planning.people.deputies import acting_for
from planning.people.models import Member

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

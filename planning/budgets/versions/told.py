"""Whose key is asked, and who hears of it."""

from planning.people.models import Member
from planning.signoffs.models import Seat


def asked(workspace, seats):
    """The people whose keys are asked now; one that waits for answers is told when they are there."""
    seats = [seat for seat in seats if seat.state != Seat.State.WAITING]
    sides = [seat.side or seat.name for seat in seats if not seat.holder]
    return [*Member.objects.of(workspace).leads(*sides), *[seat.holder for seat in seats if seat.holder]]


def interested(paper):
    return [paper.author, *Member.objects.of(paper.workspace_id).leads("marketing", "technology")]

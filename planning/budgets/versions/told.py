"""Whose key it is, and who hears of it."""

from planning.people.models import Member
from planning.signoffs.models import Seat
from planning.signoffs.waiting import seats_for as seats_waiting_for


def seat_of(paper, member) -> str:
    """The seat this member can decide; their own side's when there is none, so that the refusal names it."""
    mine = seats_waiting_for(member).filter(paper=paper).values_list("name", flat=True)
    return member.side if member.side in mine else next(iter(mine), member.side)


def asked(workspace, seats):
    """The people whose keys are asked now; one that waits for answers is told when they are there."""
    seats = [seat for seat in seats if seat.state != Seat.State.WAITING]
    sides = [seat.side or seat.name for seat in seats if not seat.holder]
    return [*Member.objects.of(workspace).leads(*sides), *[seat.holder for seat in seats if seat.holder]]


def interested(paper):
    return [paper.author, *Member.objects.of(paper.workspace_id).leads("marketing", "technology")]

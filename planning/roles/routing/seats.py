"""What a row adds to a paper: who holds its keys, who prepares, who is asked first.

The room's own rule says which keys a paper has; the row never takes one away. It says who turns them, lets A wait for
the answers, and says so in the reason. Both keys stay with two people, because a side's key is turned by that side.
"""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from planning.people.models import KEY_SIDES
from planning.signoffs.duties import DutySpec
from planning.signoffs.models import Duty, Seat
from planning.signoffs.papers import SeatSpec

from ..who import SPECIALISTS, seat_in
from .row import Row, row_for


@dataclass(frozen=True)
class Route:
    """What `open_paper` takes: **route.terms()."""

    seats: list[SeatSpec]
    duties: list[DutySpec] = field(default_factory=list)
    matrix: dict | None = None

    def terms(self) -> dict:
        return {"seats": self.seats, "duties": self.duties, "matrix": self.matrix}

    @property
    def asked(self) -> list:
        """Who is asked to prepare or to answer."""
        return [duty.holder for duty in self.duties if duty.holder and duty.state == Duty.State.OPEN]


def routed(workspace, kind, seats, author, *, amount=None, category=None, author_decides=True) -> Route:
    """The seats of a paper of `kind` as the matrix in force fills them, with tasks and questions.

    `seats` are those the room's own rule asks for: without a holder, the row's holder of that side takes the seat; one
    that has a holder keeps it. Without a row that governs it, everything stays as it is.
    """
    return routed_by(row_for(workspace, kind, amount, category), seats, author, author_decides=author_decides)


def routed_by(row: Row | None, seats, author, *, author_decides=True) -> Route:
    """The same by the row that governs it, when that is known already; None: no row does."""
    if row is None or any(seat.carried_from for seat in seats):
        return Route(list(seats))
    dressed = [dress(seat, row, author, author_decides) for seat in seats]
    duties = duties_of(row, author, dressed)
    if asks(duties):
        dressed = [replace(seat, state=Seat.State.WAITING) if seat.letter == "A" else seat for seat in dressed]
    return Route(dressed, duties, row.snapshot())


def asks(duties) -> bool:
    return any(duty.state == Duty.State.OPEN for duty in duties)


def dress(seat, row, author, author_decides) -> SeatSpec:
    """A seat with the letter its side has in the row: A before G, the leftmost of several."""
    stand = seat_in(row, seat.name if seat.name in SPECIALISTS else seat.side or seat.name)
    if stand is None:
        return seat
    holder = seat.holder or (stand.member if may_hold(stand.member, seat, author, author_decides) else None)
    followed = holder is None or holder == stand.member  # somebody in their place stays when the role changes hands
    why = _("%(role)s is %(letter)s in “%(row)s”.") % {"role": stand.name, "letter": stand.letter, "row": row.activity}
    reason = f"{seat.reason.rstrip('.')}. {why}" if seat.reason else why
    return replace(
        seat, side=seat.side or seat.name, holder=holder, letter=stand.letter, reason=reason,
        role=stand.role if followed else "", role_name=stand.name,
    )  # fmt: skip


def may_hold(member, seat, author, author_decides) -> bool:
    """A key is held by somebody of its side who may decide; never by whoever asks, where they do not decide."""
    if member is None or not member.can_edit or (not author_decides and author and member.pk == author.pk):
        return False
    return seat.name not in KEY_SIDES or member.side == seat.name


def duties_of(row: Row, author, seats, *, work_first=False) -> list[DutySpec]:
    """R and C of a row as tasks and questions, nobody asked twice; A waits for each of them.

    Who sends it has prepared it; who decides it is not asked as well, and has no task unless the questions wait for the
    work (`work_first`); a role that nobody holds has no answer to give, and that is written down.
    """
    decide = {seat.holder.pk for seat in seats if seat.holder}
    sides = {seat.side or seat.name for seat in seats if not seat.holder}
    found, busy = [], set()
    for stand in row.of("R", "C"):
        member = stand.member
        spared = stand.letter == "C" or not work_first and member != author
        if member and (member.pk in busy or spared and decides_anyway(member, decide, sides)):
            continue
        if member:
            busy.add(member.pk)
        found.append(duty_of(stand, author, work_first))
    return found


def decides_anyway(member, decide, sides) -> bool:
    return member.pk in decide or member.is_lead and member.side in sides


def duty_of(stand, author, work_first) -> DutySpec:
    spec = DutySpec(stand.letter, stand.role, stand.name, stand.side, stand.member)
    if stand.member is None and stand.letter == "C":
        return replace(spec, state=Duty.State.SILENT, answer=_("Nobody holds this role today."))
    own = author is not None and stand.member in (None, author)
    if own and stand.letter == "C":
        return replace(spec, state=Duty.State.ANSWERED, answer=_("Asks for it."))
    if own and not work_first:
        return replace(spec, holder=author, state=Duty.State.DONE, answer=_("By sending it."))
    return replace(spec, holder=author) if own else spec

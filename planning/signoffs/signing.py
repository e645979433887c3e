"""Turning a key: who may, on which version, and when the paper closes."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.deputies import acting_for
from planning.people.models import Member
from planning.shared.locking import lock
from planning.shared.plain import difference
from planning.shared.refusals import NotYours, Refused, Stale

from . import ruling
from .duties import unanswered
from .models import UNDECIDED, UNDONE, Paper, Seat
from .moving import move_seats
from .papers import fresh, introduce, void, whole_papers
from .reminding import settle, settle_notices

VERDICTS = {
    "approve": Seat.State.APPROVED,
    "reject": Seat.State.REJECTED,
    "ask": Seat.State.ASKED,
    "block": Seat.State.BLOCKED,
}


def sign(
    paper, member, seat: str | None, verdict: str, version: int, note: str = "", fingerprint: str | None = None
) -> Paper:
    """Decide one seat of a paper: "approve", "reject", "ask", or "block" for who must agree (G): the paper stays open
    until they agree after all, or it has gone up. Without a `seat` it is the one they can decide. Returns the paper as
    it is then.

    `version` (and `fingerprint`, when given) say what the person read. `just_closed` is True for the one call that
    closed the paper. Refused: a version that is no longer the open one (Stale, with the difference), a seat that is
    not theirs (NotYours), a seat decided already, a rejection or a question without a reason, the author where the
    author does not decide, and one person on both keys.
    """
    return decide(held(member.workspace, paper.pk), member, seat, verdict, version, note, fingerprint)


def held(workspace, paper_id) -> Paper:
    """The paper with its seats and duties, held: what is read of it stays so until the transaction ends."""
    return lock(whole_papers(workspace), paper_id)


def decide(paper, member, seat, verdict, version, note, fingerprint=None) -> Paper:
    """`sign` on a paper that is `held`."""
    if verdict not in VERDICTS:
        raise Refused(_("A verdict is approve, reject or ask."), "verdict")
    if verdict != "approve" and not note.strip():
        raise Refused(_("Say why: the others read it."), "note")
    refuse_stale(paper, version, fingerprint)
    seat = seat or seat_of(paper, member)
    row = paper.seat(seat)
    if row is None:
        raise NotYours(_("“%(seat)s” is not asked here.") % {"seat": seat}, "seat")
    refuse_early(row, paper)
    if verdict == "block" and row.letter != "G":
        raise Refused(_("Only who must agree (G) can block; a key is turned, or the version sent back."), "verdict")
    if not row.is_open:
        raise Refused(_("“%(seat)s” has been decided already.") % {"seat": seat}, "seat")
    stands_for = standing(row, paper, member)
    turn(row, paper, member, stands_for, VERDICTS[verdict], note)
    if row.name == ruling.SEAT and verdict == "approve":
        ruling.stand_in(paper)
        paper = fresh(paper)
    elif row.is_key and verdict == "approve":
        ruling.stand_down(paper)
    paper.just_closed = close(paper)
    introduce(paper)
    return paper


def speak_by_right(paper, member, seat: str, verdict: str, note: str = "") -> Paper:
    """Decide `seat` of a paper that is `held` for somebody who may by the room's own rule, whoever has the seat by the
    matrix: they take it, and the seat before shows as moved. What they take follows the role no longer.

    The caller has checked the right; `sign` refuses everything else.
    """
    row = paper.seat(seat)
    try:
        standing(row, paper, member)
    except NotYours:
        move_seats([row], member)
        Seat.objects.filter(paper=paper, name=seat, holder=member).update(role="")
        paper = held(member.workspace, paper.pk)
    return decide(paper, member, seat, verdict, paper.version, note)


def seat_of(paper, member) -> str:
    """The seat this member can decide; their own side's before others, and when there is none, so that the refusal
    names it."""
    asked = [row for row in paper.seats.all() if row.is_open] if member.can_edit else []
    if any(row.name == member.side and holds(row, member) for row in asked):
        return member.side
    keys = [member, *held_for(member)] if asked else []
    mine = [row.name for row in asked if any(holds(row, one) for one in keys)]
    return member.side if member.side in mine else next(iter(mine), member.side)


def refuse_early(seat, paper):
    """A decides once everybody who is asked has answered, or let the time pass."""
    if seat.state == Seat.State.WAITING:
        names = list(dict.fromkeys(str(duty.holder or duty.role_name) for duty in unanswered(paper)))
        sentence = ngettext(
            "This is not to be decided yet: %(people)s comes first.",
            "This is not to be decided yet: %(people)s come first.",
            len(names),
        )
        raise Refused(sentence % {"people": ", ".join(names)}, "seat")


def refuse_stale(paper, version, fingerprint):
    current = paper
    if not paper.is_open:
        newer = Paper.objects.filter(workspace=paper.workspace_id, subject=paper.subject).order_by("-version").first()
        current = newer if newer and newer.is_open else paper
    if int(version) != current.version or current.pk != paper.pk or (fingerprint and fingerprint != paper.fingerprint):
        read = Paper.objects.filter(workspace=paper.workspace_id, subject=paper.subject, version=version).first()
        raise Stale(
            _("This changed while you were reading: version %(new)s is the one to decide now.")
            % {"new": current.version},
            difference(read.terms, current.terms) if read else [],
            "version",
        )
    if not paper.is_open:
        raise Refused(_("This is %(state)s already; nothing is left to decide.") % {"state": paper.get_state_display()})


def standing(seat, paper, member, absent=None) -> Member | None:
    """Whose key `member` turns: None for their own, else the member they stand in for. Refused if it is not theirs.

    `absent`: the members whose keys `member` holds today, where the caller knows them (`held_for`).
    """
    if not paper.author_decides and member.pk == paper.author_id:
        raise NotYours(_("Who asks does not decide: somebody else turns this key."), "seat")
    if seat.is_key and any(other.is_key and other.is_turned_by(member) for other in paper.seats.all()):
        raise NotYours(_("You turned the other key: the two keys are turned by two people."), "seat")
    if not member.can_edit:
        raise NotYours(_("Viewers, auditors and guests decide nothing."), "seat")
    if holds(seat, member):
        return None
    for one in held_for(member) if absent is None else absent:
        if holds(seat, one):
            return one
    raise NotYours(_("“%(seat)s” is not your key to turn.") % {"seat": seat.name}, "seat")


def held_for(member) -> list[Member]:
    """The members whose keys `member` holds today as a deputy."""
    return list(Member.objects.filter(pk__in=acting_for(member, member.workspace.today())).order_by("pk"))


def holds(seat, member) -> bool:
    return seat.holder_id == member.pk if seat.holder_id else member.is_lead and member.side == (seat.side or seat.name)


def turn(seat, paper, member, stands_for, state, note):
    seat.state, seat.decided_by, seat.decided_for = state, member, stands_for
    seat.decided_at, seat.read_fingerprint, seat.note = paper.workspace.now(), paper.fingerprint, note.strip()
    try:
        with transaction.atomic():
            seat.save()
    except IntegrityError as error:
        raise NotYours(_("You turned the other key: the two keys are turned by two people."), "seat") from error
    settle(paper.workspace_id, [seat])  # a question too: the clock stands still until it is answered


def close(paper) -> bool:
    """Close the paper when its seats, as read, say so; True for the one call that did. The paper's row is held, so that
    what was read of it still is; it is what the caller goes on with.
    """
    seats = [seat for seat in paper.seats.all() if seat.state != Seat.State.MOVED]
    required = {seat.state for seat in seats if seat.required}
    decisive = required | {seat.state for seat in seats if seat.name == ruling.SEAT}
    if Seat.State.REJECTED in decisive:
        verdict = Paper.State.REFUSED
    elif required <= {Seat.State.APPROVED, Seat.State.SKIPPED}:
        verdict = Paper.State.AGREED
    else:
        return False
    paper.state, paper.closed_at = verdict, paper.workspace.now()
    closed = Paper.objects.filter(pk=paper.pk, state=Paper.State.OPEN).update(state=verdict, closed_at=paper.closed_at)
    void(
        paper.workspace_id,
        [seat for seat in seats if seat.state in UNDECIDED],
        [duty for duty in paper.duties.all() if duty.state in UNDONE],
    )
    settle_notices(paper)
    return bool(closed)

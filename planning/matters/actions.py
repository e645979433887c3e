"""Starting a piece of joint work, deciding it, taking it back. The work and the answers between are signoffs' own."""

from datetime import date

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.roles.routing.row import row_of
from planning.roles.routing.told import informed
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs import ruling
from planning.signoffs.models import Paper
from planning.signoffs.papers import open_paper, withdraw
from planning.signoffs.signing import sign
from planning.signoffs.waiting import whose_turn
from planning.trail.acts import action, record

from .models import Matter
from .round import ROUTES, route_of


@action(_("started {subject}"))
def start(member, *, activity: int, title: str, until: date, text: str = "") -> Matter:
    """Start a piece of joint work from row `activity` (its id) of the matrix in force, to be decided by `until`.

    R gets the task first; then C is asked, with three business days; G agrees or blocks; A decides. Refused: a row that
    is not in force, or governs something of its own (a purchase is sent as one), a day that is over, no title.
    """
    workspace = member.workspace
    row = row_of(workspace, activity)
    if row is None or row.activity.routes not in ROUTES:
        raise Refused(_g("Choose a row of the matrix in force that governs joint work."), "activity")
    if not title.strip():
        raise Refused(_g("Say what is to be done."), "title")
    if until < workspace.today():
        raise Refused(_g("That day is over."), "until")
    matter = Matter.objects.create(
        workspace=workspace,
        title=title.strip()[:200],
        text=text.strip(),
        until=until,
        author=member,
        started_at=workspace.now(),
    )
    matter.paper = paper_of(matter, row)
    matter.save(update_fields=["paper"])
    after = {"row": row.activity.name, "version": row.activity.version.number, "until": until}
    entry = record(start, member, matter, after=after)
    tell(whose_turn(matter.paper), entry, url=matter.paper.url, needs=True)
    return matter


@action(_("decided about {subject}"))
def decide(matter, member, seat: str, verdict: str, version: int = 1, note: str = "", fingerprint=None) -> Matter:
    """A decides, G agrees or blocks: "approve", "reject", "ask", "block". It is decided when A has said yes and every G
    agrees, or the sponsor ruled in their place; A's no ends it. Who must agree says no by blocking.

    Refused: A before every question has its answer or its silence, and what `signoffs.sign` refuses.
    """
    matter = held(matter, member)
    row = matter.paper.seat(seat)
    if row and row.letter == "G" and row.name != ruling.SEAT and verdict == "reject":
        verdict = "block"
    paper = matter.paper = sign(matter.paper, member, seat, verdict, version, note, fingerprint)
    if paper.just_closed:
        matter.state = Matter.State.AGREED if paper.state == Paper.State.AGREED else Matter.State.REFUSED
        matter.save(update_fields=["state"])
    after = {"seat": seat, "verdict": verdict, "state": matter.state, "fingerprint": paper.fingerprint}
    entry = record(decide, member, matter, after=after, note=note)
    tell(concerned(paper), entry, url=paper.url)
    if paper.just_closed:
        tell(informed(paper), entry, url=paper.url)
    return matter


@action(_("took back {subject}"))
def call_off(matter, member, note: str) -> Matter:
    """Take a piece of work back before it is decided. By who started it, or a lead; with a reason."""
    matter = held(matter, member)
    if member.pk != matter.author_id and not member.is_lead:
        raise NotYours(_g("Who started it takes it back, or a lead."))
    if not note.strip():
        raise Refused(_g("Say why: the others read it."), "note")
    people = whose_turn(matter.paper)
    if not withdraw(matter.paper):
        raise Refused(_g("It was decided meanwhile."))
    matter.state = Matter.State.WITHDRAWN
    matter.save(update_fields=["state"])
    entry = record(call_off, member, matter, after={"state": matter.state}, note=note)
    tell([matter.author, *people], entry, url=matter.paper.url)
    return matter


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def held(matter, member) -> Matter:
    return lock(Matter.objects.of(member.workspace).select_related("paper__workspace", "author__user"), matter.pk)


def paper_of(matter, row) -> Paper:
    workspace = matter.workspace
    return open_paper(
        kind="matter",
        subject=matter,
        version=1,
        terms={"title": matter.title, "text": matter.text, "until": matter.until, "row": row.activity.name},
        author=matter.author,
        url=place(workspace, "matters:matter", matter.pk),
        label=matter.title,
        **route_of(workspace, row, matter.author).terms(),
    )


def concerned(paper) -> list[Member]:
    """Who started it, and everybody who has worked, answered or decided."""
    said = [duty.said_by for duty in paper.duties.select_related("said_by__user") if duty.said_by]
    return [paper.author, *said, *(seat.decided_by for seat in paper.seats.all() if seat.decided_by)]

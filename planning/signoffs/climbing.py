"""Who must agree and does not goes up after five business days: to the leads of the side, then to the sponsor.

What two keys put in force stays with the two keys: there a seat climbs to its side's leads and no further by itself
(`ruling` says when such a paper may be taken to the sponsor). Elsewhere the sponsor is asked for a ruling, which stands
in for the agreement and is recorded as one, never as the agreement itself.
"""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.calendar.business_time import due_after
from planning.notices.telling import tell
from planning.people.models import Member, Side
from planning.shared.locking import lock
from planning.trail.acts import action, record

from . import ruling
from .duties import DAYS_TO_AGREE
from .models import OPEN_STATES, Paper, Seat
from .moving import move_seats

ONE_KEY = ("matter", "item")  # kinds of papers that A alone puts in force


@action(_("took the agreement on {subject} further up"), by="clock")
def climb(seat) -> bool:
    """A seat that must agree and has not, or blocks: to whom it goes now. False when it was decided a moment before."""
    workspace = seat.workspace
    paper = lock(Paper.objects.of(workspace).select_related("author"), seat.paper_id)
    seat = Seat.objects.select_related("holder__user", "paper").get(pk=seat.pk)
    if not paper.is_open or seat.state not in OPEN_STATES or not seat.climbs_at or seat.climbs_at > workspace.now():
        return False
    others = leads_above(seat, paper)
    people = to_leads(seat, paper, others) if others else to_sponsor(seat, paper)
    if not people:
        Seat.objects.filter(pk=seat.pk).update(climbs_at=None)
        return False
    after = {"seat": seat.name, "was": seat.state, "goes to": [one.pk for one in people]}
    entry = record(climb, None, paper, after=after)
    tell(people, entry, url=paper.url, needs=True)
    tell([paper.author, seat.holder], entry, url=paper.url)
    return True


def overdue(workspace):
    """Seats that have waited for their agreement long enough."""
    return Seat.objects.of(workspace).open().filter(letter="G", climbs_at__lte=workspace.now()).order_by("pk")


def leads_above(seat, paper) -> list[Member]:
    """The leads of the seat's side when a holder below them has it; nobody when a lead has it, or who asks is the only
    lead and does not decide."""
    if seat.holder is None or seat.holder.is_lead:
        return []
    leads = Member.objects.of(paper.workspace_id).leads(seat.side or seat.holder.side)
    return list((leads if paper.author_decides else leads.exclude(pk=paper.author_id)).select_related("user"))


def to_leads(seat, paper, leads) -> list[Member]:
    side = seat.side or seat.holder.side
    move_seats([seat], None, side)
    Seat.objects.filter(paper=paper, name=seat.name, state=Seat.State.OPEN).update(
        side=side, role="", climbs_at=due_after(paper.workspace, days=DAYS_TO_AGREE)
    )
    return leads


def to_sponsor(seat, paper) -> list[Member]:
    sponsors = list(Member.objects.of(paper.workspace_id).leads(Side.SPONSOR).select_related("user"))
    asked = paper.seats.filter(name=ruling.SEAT).exists()
    if paper.kind not in ONE_KEY or not sponsors or asked:
        return []
    Seat.objects.filter(pk=seat.pk).update(climbs_at=None)
    reason = _g("Five business days without the agreement of %(seat)s; the sponsor rules") % {"seat": seat.reason}
    Seat.objects.create(
        workspace=paper.workspace,
        paper=paper,
        name=ruling.SEAT,
        side=Side.SPONSOR,
        letter="G",
        required=False,
        reason=reason[:300],
    )
    return sponsors

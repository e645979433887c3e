"""A paper that is stuck may be taken to the sponsor. The ruling is a seat of its own, never the other side's key.

Stuck: open for ten business days, with a side's key turned and the other's not. The ruling stands in for the key that
is missing, which is shown as not decided by its side; other approvers still decide for themselves. When the missing
key is turned after all, no ruling is needed.
"""

from django.utils.translation import gettext as _

from planning.calendar.business_time import hours_of
from planning.people.models import KEY_SIDES, Member, Side
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused

from .models import OPEN_STATES, Paper, Seat
from .papers import fresh
from .reminding import settle

SEAT = "sponsor"
PATIENCE = 10  # business days


def stuck_from(paper):
    """The instant from which it counts as stuck, aware, in the workspace's time zone."""
    workspace = paper.workspace
    return hours_of(workspace).add_days(paper.opened_at.astimezone(workspace.zone), PATIENCE)


def can_be_taken(paper, member) -> bool:
    """Whether `member` may take it to the sponsor now: for the page, which then shows the button."""
    try:
        refuse(paper, member)
    except Refused:
        return False
    return True


def take_to_sponsor(paper, member, note) -> Paper:
    """Ask the sponsor for a ruling on an open paper; returns it with its new seat. By a lead, or whoever wrote it.

    Refused: not stuck yet, no key or both keys turned, asked already, no sponsor to ask, and no reason given.
    """
    paper = lock(Paper.objects.of(member.workspace), paper.pk)
    refuse(paper, member)
    if not note.strip():
        raise Refused(_("Say what keeps the two sides apart: the sponsor reads it."), "note")
    ask(paper, _("Stuck for ten business days; the sponsor rules"))
    return fresh(paper)


def ask(paper, reason):
    """Give an open paper the sponsor's seat, for `reason`. The caller has looked whether it may be taken there."""
    Seat.objects.create(
        workspace=paper.workspace, paper=paper, name=SEAT, side=Side.SPONSOR, required=False, reason=str(reason)[:300]
    )


def refuse(paper, member):
    if not (member.is_lead or member.can_edit and member.pk == paper.author_id):
        raise NotYours(_("A lead, or who proposed it, takes a paper to the sponsor."))
    if not paper.is_open:
        raise Refused(_("It was decided meanwhile."))
    seats = {seat.name: seat for seat in paper.seats.all() if seat.state != Seat.State.MOVED}
    if SEAT in seats:
        raise Refused(_("The sponsor has been asked already."))
    turned = [name for name in KEY_SIDES if name in seats and seats[name].state == Seat.State.APPROVED]
    if len(turned) != 1:
        raise Refused(_("The sponsor rules when one side has turned its key and the other has not."))
    since = stuck_from(paper)
    if paper.workspace.now() < since:
        raise Refused(
            _("It waits for the other side until %(day)s; then it may be taken to the sponsor.")
            % {"day": since.strftime("%d.%m.%Y")}
        )
    if not Member.objects.of(paper.workspace_id).leads(Side.SPONSOR).exists():
        raise Refused(_("There is no sponsor to ask: invite one as a lead first."))


def stand_in(paper):
    """The sponsor said yes: the key that is missing is not asked any longer, and says that its side did not decide."""
    missing = paper.seats.filter(state__in=OPEN_STATES)
    climbed = paper.seats.filter(name=SEAT, letter="G").exists()  # who must agree and does not; A decides for itself
    missing = missing.filter(letter="G") if climbed else missing.filter(name__in=KEY_SIDES)
    settle(paper.workspace_id, missing)
    missing.update(state=Seat.State.SKIPPED, note=_("The sponsor ruled; this side did not decide."))


def stand_down(paper):
    """A key was turned: when it was the last one missing, the sponsor has nothing to rule on any more."""
    if any(seat.is_key and seat.is_open for seat in paper.seats.all()):
        return
    for asked in [seat for seat in paper.seats.all() if seat.name == SEAT and not seat.letter and seat.is_open]:
        settle(paper.workspace_id, [asked])
        asked.state, asked.note = Seat.State.SKIPPED, _("The missing key was turned after all.")
        asked.save(update_fields=["state", "note"])

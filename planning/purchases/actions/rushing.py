"""The emergency lane: committed at once by one lead; the second key, and then the sponsor, decide afterwards."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets import promises
from planning.people.models import Member
from planning.roles.routing.seats import Route
from planning.shared.money import money_text
from planning.signoffs import papers, ruling
from planning.signoffs.signing import sign
from planning.trail.acts import action, record
from planning.vendors.actions import join_register

from .. import emergencies as lane
from ..holding import asked, held
from ..models import ENDED, State
from ..restricted import tell
from ..route import governing, route
from ..rulebook import ruleset_for
from ..sending import expiry, paper_for, reserved
from ..terms import terms_of


@action(_("committed {subject} as an emergency"))
def rush(purchase, member, emergency: str, note: str):
    """Commit at once, for a reason of the list. The other side's key is due in two business days, then the sponsor's.

    A lead who did not ask for it turns their own side's key by this. Refused: who is no lead of either side, a request
    that is neither their own nor waiting, more than the cap, and whatever sending it would be refused for.
    """
    purchase = held(purchase, member.workspace)
    lane.refuse_lane(purchase, member)
    emergency = lane.clean_reason(emergency)
    if purchase.is_waiting or purchase.state in ENDED:
        purchase.version += 1
    worth, agreed = reserved(purchase, member)
    lane.refuse_above_cap(worth.value, purchase.workspace.currency)
    purchase.rules = ruleset_for(purchase)
    own = member.side if purchase.requester_id != member.pk else ""
    row = governing(purchase, worth.value)
    stops = lane.stops_after(purchase, route(purchase, worth, row, agreed=agreed), member, row)
    purchase.emergency, purchase.emergency_by = emergency, member
    key = own and papers.SeatSpec(own, holder=member, reason=__("The emergency"))
    purchase.paper = paper_for(purchase, Route([*(stop.spec() for stop in stops), *([key] if key else [])]))
    if own:
        purchase.paper = sign(purchase.paper, member, own, "approve", purchase.version, note)
    promises.commit(purchase.claim, purchase, member)
    join_register(purchase.vendor)
    purchase.state, purchase.expires_on = State.APPROVED, expiry(purchase)
    purchase.submitted_at = purchase.approved_at = purchase.workspace.now()
    purchase.save()
    after = terms_of(purchase) | {
        "version": purchase.version,
        "value": money_text(purchase.value, purchase.workspace.currency),
        "emergency": emergency,
    }
    entry = record(rush, member, purchase, after=after, note=note)
    leads = Member.objects.of(purchase.workspace).leads("marketing", "technology").select_related("user")
    people = asked(purchase)
    tell(purchase, people, entry, needs=True)
    tell(purchase, [*leads, purchase.requester], entry)
    return purchase


@action(_("took the emergency {subject} to the sponsor"), by="clock")
def take_to_sponsor(purchase):
    """The second key was not turned in two business days: the sponsor is asked to rule. Nothing when nobody is one."""
    purchase = held(purchase, purchase.workspace)
    late = lane.unconfirmed(purchase.workspace).filter(pk=purchase.pk).exists()
    sponsors = list(Member.objects.of(purchase.workspace).leads("sponsor").select_related("user"))
    if not late or not sponsors:
        return purchase
    ruling.ask(purchase.paper, __("An emergency without its second key after two business days; the sponsor rules"))
    entry = record(take_to_sponsor, None, purchase, after={"emergency": purchase.emergency})
    tell(purchase, sponsors, entry, needs=True)
    return purchase

"""Sending a request: its money is reserved and its seats are asked. Taking it back, by a person or by the clock."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.roles.routing.told import sides_asked
from planning.shared.money import money_text
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from ..holding import asked, held
from ..models import ENDED, Purchase, State
from ..restricted import tell
from ..sending import send, take_back
from ..terms import terms_of


@action(_("sent {subject} for approval"))
def submit(purchase, member) -> Purchase:
    """Lock, check, reserve the money, ask the seats.

    Refused: who did not ask for it, an unfinished request, a blocked vendor, no line or a line that is not agreed, too
    little money (the sentence names line, side and amount), an approver whom nobody can be.
    """
    purchase = held(purchase, member.workspace)
    if purchase.requester_id != member.pk:
        raise NotYours(__("Who asks sends it: this is %(person)s's request.") % {"person": purchase.requester})
    if not (purchase.is_draft or purchase.state in ENDED):
        raise Refused(
            __("“%(purchase)s” is %(state)s already.") % {"purchase": purchase, "state": purchase.get_state_display()}
        )
    if purchase.state in ENDED:
        purchase.version += 1
    send(purchase, member)
    purchase.save()
    people = asked(purchase)
    entry = record(submit, member, purchase, after=summary(purchase))
    tell(purchase, people, entry, needs=True)
    return purchase


@action(_("took {subject} back"))
def withdraw(purchase, member, note: str = "") -> Purchase:
    """Take a request back that waits; the reservation is released. A change falls back to what was approved."""
    purchase = held(purchase, member.workspace)
    if purchase.requester_id != member.pk:
        raise NotYours(__("Who asks takes it back: this is %(person)s's request.") % {"person": purchase.requester})
    if not purchase.is_waiting:
        raise Refused(__("“%(purchase)s” does not wait for anybody.") % {"purchase": purchase})
    people = asked(purchase)
    take_back(purchase, State.WITHDRAWN)
    entry = record(withdraw, member, purchase, after={"state": purchase.state}, note=note)
    tell(purchase, people, entry)
    return purchase


@action(_("let {subject} expire"), by="clock")
def expire(purchase) -> Purchase:
    """Nobody decided in time: the reservation comes back by itself, and everybody concerned is told."""
    purchase = held(purchase, purchase.workspace)
    if not purchase.is_waiting or purchase.expires_on > purchase.workspace.today():
        return purchase
    people = [*asked(purchase), purchase.requester]
    take_back(purchase, State.EXPIRED)
    entry = record(expire, None, purchase, after={"state": purchase.state})
    tell(purchase, people, entry)
    return purchase


def summary(purchase) -> dict:
    return terms_of(purchase) | {
        "version": purchase.version,
        "value": money_text(purchase.value, purchase.workspace.currency),
        "seats": [seat.name for seat in purchase.paper.seats.all()],
        "sides asked": sides_asked(purchase.paper),
    }

"""Turning a key on a request, and answering what an approver asked."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets import promises
from planning.people.models import Member
from planning.roles.routing.told import informed
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.answering import answered
from planning.signoffs.models import Paper, Seat
from planning.signoffs.signing import sign
from planning.trail.acts import action, record
from planning.vendors.actions import join_register
from planning.vendors.renewals import request_gone

from ..conditions import set_condition
from ..emergencies import confirmed_or_not
from ..holding import asked, held
from ..models import Condition, Purchase, State
from ..restricted import tell
from ..sending import commit
from ..standing import fall_back, put_in_force
from ..term_words import differences_in_words


@action(_("decided about {subject}"))
def decide(
    purchase,
    member,
    seat: str,
    verdict: str,
    version: int,
    note: str = "",
    fingerprint: str | None = None,
    condition: str = "",
    condition_due=None,
):
    """Decide one seat: "approve", "reject" or "ask", on the version (and fingerprint) that was read.

    An approval may come with a `condition` that whoever asks keeps until the day `condition_due`.
    The last approval commits the money, a rejection releases it, a question stops the clock until it is answered.
    Refused: a stale version (with the difference), a seat that is not theirs, the requester, one person on both keys.
    """
    purchase = held(purchase, member.workspace)
    if purchase.paper is None:
        raise Refused(__("“%(purchase)s” has not been sent for approval.") % {"purchase": purchase})
    with differences_in_words(purchase):
        paper = purchase.paper = sign(purchase.paper, member, seat, verdict, version, note, fingerprint)
    asked_for = set_condition(purchase, member, seat, verdict, condition, condition_due)
    settle(purchase, member)
    purchase.save()
    entry = record(
        decide,
        member,
        purchase,
        note=note,
        after={
            "seat": seat,
            "verdict": verdict,
            "version": paper.version,  # a change that is refused falls back to the paper before
            "fingerprint": paper.fingerprint,
            "state": purchase.state,
        }
        | ({"condition": asked_for.text, "until": asked_for.due_on} if asked_for else {}),
    )
    told = [purchase.requester]
    if paper.just_closed:
        told += [row.decided_by for row in paper.seats.all() if row.decided_by]
        told += informed(paper)
    tell(purchase, told, entry, needs=verdict == "ask" or asked_for is not None)
    return purchase


@action(_("answered what was asked about {subject}"))
def answer(purchase, member, note: str) -> Purchase:
    """Answer a question without changing the terms: the seats that asked decide on the version they read.

    Their due time is put off by as long as the question was open. Refused: who did not ask for the purchase,
    nothing asked, an empty answer.
    """
    purchase = held(purchase, member.workspace)
    if purchase.requester_id != member.pk:
        raise NotYours(__("%(person)s answers this.") % {"person": purchase.requester})
    if not Seat.objects.filter(paper=purchase.paper, state=Seat.State.ASKED).exists():
        raise Refused(__("Nobody has asked anything about “%(purchase)s”.") % {"purchase": purchase})
    if not note.strip():
        raise Refused(__("Write the answer."), "note")
    answered(purchase.paper)
    purchase.state = State.SUBMITTED if purchase.is_waiting else purchase.state
    purchase.save()
    entry = record(answer, member, purchase, after={"state": purchase.state}, note=note)
    tell(purchase, asked(purchase), entry, needs=True)
    return purchase


@action(_("settled a condition of {subject}"))
def settle_condition(condition, member, waived: bool = False, note: str = "") -> Condition:
    """The condition was kept: said by whoever asks for the purchase, or by who set it, who alone may waive it.

    Refused: everybody else, one that is settled, and waiving without a reason.
    """
    purchase = held(condition.purchase, member.workspace)
    condition = lock(Condition.objects.of(member.workspace), condition.pk)
    if member.pk not in ((condition.set_by_id,) if waived else (condition.set_by_id, purchase.requester_id)):
        raise NotYours(__("Who set the condition says so, or who asked for the purchase."))
    if condition.settled_at:
        raise Refused(__("That condition is settled already."))
    if waived and not note.strip():
        raise Refused(__("Say why it is not needed any more: who asked for the purchase reads it."), "note")
    condition.note = " ".join(note.split())[:400]
    condition.settled_by, condition.settled_at, condition.waived = member, member.workspace.now(), waived
    condition.save()
    after = {"condition": condition.text, "waived": waived}
    entry = record(settle_condition, member, purchase, after=after, note=note)
    set_by = Member.objects.select_related("user").get(pk=condition.set_by_id)
    tell(purchase, [set_by, purchase.requester], entry)
    return condition


def settle(purchase, member):
    """What the paper's state means for the purchase and its money. An emergency's keys come when it is committed."""
    paper = purchase.paper
    if not purchase.is_waiting:
        if paper.just_closed:
            confirmed_or_not(purchase, member)
    elif not paper.just_closed:
        open_question = any(seat.state == Seat.State.ASKED for seat in paper.seats.all())
        purchase.state = State.INFORMATION if open_question else State.SUBMITTED
    elif purchase.is_changing:
        put_in_force(purchase, member) if paper.state == Paper.State.AGREED else fall_back(purchase, member)
    elif paper.state == Paper.State.AGREED:
        commit(purchase, member)
        join_register(purchase.vendor)
        purchase.state, purchase.approved_at = State.APPROVED, purchase.workspace.now()
    else:
        promises.release(purchase.claim, purchase, member)
        purchase.state = State.REJECTED
        if purchase.contract:
            request_gone(purchase.contract)

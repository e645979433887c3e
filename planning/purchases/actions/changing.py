"""Changing what was approved. It re-opens exactly the seats concerned, and falls back to what was approved if refused.

Amount up: everybody who decides about money, on the full new amount, the difference held now. Amount down: nobody; both
sides are told and the difference is released. Vendor, data, lines, term: routed anew. Notes: nobody.
"""

import uuid

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets import promises
from planning.people.models import Member
from planning.shared.plain import difference
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..asking import asked_by
from ..frameworks import refuse_below, refuse_outside
from ..giving_back import give_back
from ..holding import asked, locked, refuse_stale, refuse_unknown
from ..input import apply, set_items
from ..models import Purchase, State
from ..next_step import UNDECIDED, called
from ..quotes import set_quotes
from ..restricted import tell
from ..route import governing, route
from ..rulebook import in_force
from ..sending import expiry, paper_for, refuse_unfinished
from ..standing import compared, worth_from
from ..terms import NOTES, only_amount_changed, snapshot, terms_of
from ..worth import worth_of

MONEY_SEATS = ("marketing", "technology", "finance")


@action(_("changed what was approved of {subject}"))
def change(purchase, member, version: int | None = None, **facts) -> Purchase:
    """Change an approved purchase. Refused: whoever did not ask for it, a stale version, what `submit` refuses, an
    emergency whose keys are open, and a price below what has been invoiced."""
    refuse_unknown(facts)
    purchase = locked(purchase, member)
    refuse_stale(purchase, version)
    if not purchase.is_standing:
        raise Refused(
            __("“%(purchase)s” is %(state)s; only what is approved is changed this way.")
            % {"purchase": purchase, "state": purchase.get_state_display()}
        )
    if purchase.awaits_second_key:
        raise Refused(
            __("The emergency still waits for its keys: %(who)s. Change it when they have decided.")
            % {"who": ", ".join(called(seat) for seat in purchase.paper.seats.all() if seat.state in UNDECIDED)}
        )
    approved, before = snapshot(purchase), terms_of(purchase)
    set_items(purchase, apply(purchase, member, facts))
    set_quotes(purchase, facts.get("quotes"), member)
    after = terms_of(purchase)
    if after == before:
        purchase.save(update_fields=list(NOTES))
        record(change, member, purchase, after={name: getattr(purchase, name) for name in NOTES if name in facts})
        return purchase
    refuse_unfinished(purchase)
    purchase.version += 1
    new = worth_of(purchase, keep_rate=purchase.currency == approved["currency"])
    refuse_outside(purchase, new)
    refuse_below(purchase, new.value)
    less, more = compared(worth_from(purchase, approved), new)
    money_only = only_amount_changed(before, after)
    if money_only and not more:
        give_back(purchase, less, member)
        purchase.value = new.value
    else:
        reopen(purchase, member, approved, new, more, MONEY_SEATS if money_only and not less else None)
    purchase.save()
    changes = difference(before, after)
    entry = record(
        change,
        member,
        purchase,
        before={row["field"]: row["before"] for row in changes},
        after={row["field"]: row["after"] for row in changes} | {"version": purchase.version},
    )
    people = asked(purchase) if purchase.is_waiting else both_leads(purchase)
    tell(purchase, people, entry, needs=purchase.is_waiting)
    return purchase


def reopen(purchase, member, approved, new, more, only):
    """Ask again, on the full new terms, with what is added held from now on."""
    purchase.rules = in_force(purchase.workspace)
    row = governing(purchase, new.value)
    stops = [stop for stop in route(purchase, new, row) if only is None or stop.seat in only]
    purchase.approved, purchase.value = approved, new.value
    purchase.rate, purchase.rate_on = new.rate, new.rate_on
    purchase.change_claim = uuid.uuid4() if more and not purchase.framework else None
    if purchase.change_claim:
        promises.reserve(purchase.change_claim, more, member, purchase)
    purchase.paper = paper_for(purchase, asked_by(purchase, stops, row))
    purchase.state, purchase.expires_on = State.SUBMITTED, expiry(purchase)


def both_leads(purchase):
    return Member.objects.of(purchase.workspace).leads("marketing", "technology").select_related("user")

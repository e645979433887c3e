"""Sending a version and taking it back: the money that is held for it, and the paper its seats decide on."""

import uuid
from datetime import timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from planning.budgets import promises
from planning.roles.routing.seats import Route
from planning.shared.money import money_text
from planning.shared.refusals import Refused
from planning.signoffs import papers
from planning.vendors import renewals

from .asking import asked_by
from .frameworks import refuse_outside
from .holding import url_of
from .lines import category_of, revisions
from .models import State
from .route import governing, route
from .rulebook import book_of, ruleset_for
from .standing import fall_back
from .terms import terms_of
from .worth import months_of, worth_of

DAYS_UNTIL_EXPIRY = 60


def send(purchase, member):
    """Reserve and ask: the first time, and again for each new version."""
    worth, agreed = reserved(purchase, member)
    purchase.rules = ruleset_for(purchase)
    row = governing(purchase, worth.value)
    stops = route(purchase, worth, row, agreed=agreed, book=book_of(purchase.rules))
    purchase.paper = paper_for(purchase, asked_by(purchase, stops, row))
    purchase.state = State.SUBMITTED
    purchase.submitted_at = purchase.workspace.now()
    purchase.expires_on = expiry(purchase)
    if purchase.contract:
        renewals.renewal_requested(purchase.contract)


def reserved(purchase, member):
    """Hold what the version costs under a claim of its own; what the last version held comes back first. Returns its
    worth, which is kept on the purchase, and what is agreed of its lines."""
    prefetch_related_objects([purchase], "items")  # they stay as they are until its keys have decided
    refuse_unfinished(purchase)
    if purchase.is_waiting:
        papers.withdraw(purchase.paper)
        promises.release(purchase.claim, purchase, member)
    purchase.needed_by = purchase.needed_by or soonest(purchase)
    worth = worth_of(purchase)
    purchase.claim = uuid.uuid4()
    purchase.value, purchase.rate, purchase.rate_on = worth.value, worth.rate, worth.rate_on
    refuse_outside(purchase, worth)
    hold(purchase, purchase.claim, worth.shares, member)
    lines = [item.line_id for item in purchase.items.all()]
    agreed = revisions(purchase.workspace, lines)
    purchase.category = purchase.category or category_of(lines, purchase.workspace, agreed)
    return worth, agreed


def hold(purchase, claim, shares, member):
    """Reserve `shares` under `claim`. A framework holds nothing: its call-offs do."""
    if not purchase.framework:
        promises.reserve(claim, shares, member, purchase)


def commit(purchase, member):
    if not purchase.framework:
        promises.commit(purchase.claim, purchase, member)


def paper_for(purchase, asked: Route):
    """The paper of this version, asking the seats of `asked`, and whom the matrix lets ask first."""
    return papers.open_paper(
        kind="purchase",
        subject=purchase,
        version=purchase.version,
        author=purchase.requester,
        author_decides=False,
        terms=terms_of(purchase)
        | {"value": money_text(purchase.value, purchase.workspace.currency), "rules": book_of(purchase.rules).name},
        **asked.terms(),
        url=url_of(purchase),
        amount=purchase.value,
        label=purchase.label_in_history if purchase.restricted else f"{purchase.title} – {purchase.vendor}",
    )


def refuse_unfinished(purchase):
    """What a request says before it can be sent. A draft may leave all of it open."""
    if purchase.vendor is None:
        raise Refused(_("Who sells it? Name the vendor."), "vendor")
    if purchase.amount is None:
        raise Refused(_("What does it cost?"), "amount")
    if purchase.vendor.is_blocked:
        raise Refused(why_blocked(purchase.vendor), "vendor")
    if not purchase.items.all():
        raise Refused(_("Which budget line pays? Money that belongs to nobody cannot be promised."), "items")


def why_blocked(vendor) -> str:
    """Why nothing is bought from it now, with what its owners wrote down."""
    return " ".join(filter(None, [_("“%(vendor)s” is blocked for new purchases.") % {"vendor": vendor}, vendor.note]))


def soonest(purchase):
    """When somebody needs it who did not say when: today, or the nearest day of the year its line belongs to."""
    today, months = purchase.workspace.today(), months_of(purchase)
    return today if not months else min(max(today, months[0]), months[-1])


def expiry(purchase):
    last = purchase.workspace.today() + timedelta(days=DAYS_UNTIL_EXPIRY)
    return max(last, purchase.needed_by or last)


def take_back(purchase, state):
    """Close what waits: the paper, the reservation. A change of an approved purchase falls back instead of ending."""
    papers.withdraw(purchase.paper)
    if purchase.is_changing:
        fall_back(purchase)
    else:
        promises.release(purchase.claim, purchase)
        purchase.state = state
        if purchase.contract:
            renewals.request_gone(purchase.contract)
    purchase.save()

"""What people do with contracts: note them, and decide together, before the last day for notice, whether they renew."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared import currencies
from planning.shared.locking import lock
from planning.shared.money import clean_money, money_text
from planning.shared.refusals import Refused
from planning.signoffs.papers import SeatSpec, open_paper, withdraw
from planning.signoffs.signing import sign
from planning.trail.acts import action, record

from .assessing import frozen_facts, refuse_unheard
from .cost_forecast import months_between
from .models import Contract
from .notice_dates import ENDED
from .renewals import climb_on, forget

AMENDABLE = (
    "title",
    "reference",
    "starts_on",
    "term_months",
    "first_end",
    "renewal",
    "renewal_months",
    "notice_count",
    "notice_unit",
    "value",
    "currency",
    "indexation",
    "index_percent",
    "index_cap",
    "kpi",
    "seats_bought",
    "seats_used",
)
DATED = {"starts_on", "term_months", "first_end", "renewal", "renewal_months", "notice_count", "notice_unit"}


@action(_("noted the contract {subject}"))
def add_contract(vendor, member, **facts) -> Contract:
    """A contract with `vendor`; `value` is net for one term. Its dates are worked out (notice_dates).

    Refused: a currency nobody knows, a value finer than its smallest coin, a term outside 1–600 months, a tacit renewal
    without a renewal term.
    """
    contract = Contract(workspace=member.workspace, vendor=vendor, **facts)
    settle(contract)
    contract.save()
    record(add_contract, member, contract, after=described(contract))
    return contract


@action(_("changed the contract {subject}"))
def amend_contract(contract, member, **changes) -> Contract:
    """Change terms. New dates start the reminders anew and void a decision that was made on the old ones."""
    contract = lock(Contract.objects.of(member.workspace).select_related("paper"), contract.pk)
    before = described(contract)
    for name, value in changes.items():
        if name not in AMENDABLE:
            raise Refused(__("“%(field)s” of a contract cannot be changed.") % {"field": name}, name)
        setattr(contract, name, value)
    after = described(contract)
    changed = {key for key in after if after[key] != before[key]}
    if changed & DATED:
        void_decision(contract)
    settle(contract)
    contract.save()
    if changed:
        record(
            amend_contract,
            member,
            contract,
            before={k: before[k] for k in changed},
            after={k: after[k] for k in changed},
        )
    return contract


@action(_("asked both sides to decide about {subject}"))
def propose_renewal(contract, member, decision: str, note: str = "") -> Contract:
    """Ask both keys to stop a contract or to let it renew. The paper freezes its terms and dates.

    Refused: a contract that ends by itself or has ended, a last day for notice that has passed, a second open question,
    and a side that has not said what it thinks of it (not in the last days).
    """
    contract = lock(Contract.objects.of(member.workspace).select_related("paper", "vendor"), contract.pk)
    today = member.workspace.today()
    if decision not in Contract.Decision.values:
        raise Refused(__("A contract is stopped or kept."), "decision")
    if not contract.is_tacit or contract.standing_on(today).state == ENDED:
        raise Refused(__("“%(contract)s” does not renew by itself; there is nothing to stop.") % {"contract": contract})
    if contract.notice_by < today:
        raise Refused(
            __("The last day for notice was %(day)s; “%(contract)s” renews for %(months)s months.")
            % {"day": contract.notice_by, "contract": contract, "months": contract.renewal_months}
        )
    refuse_unheard(contract, today)
    contract.version += 1
    contract.proposed = decision
    contract.paper = open_paper(
        kind="renewal",
        subject=contract,
        version=contract.version,
        author=member,
        amount=None,
        url=place(member.workspace, "vendors:contract", contract.pk),
        label=capfirst(f"{contract.get_proposed_display()}: {contract.vendor} – {contract}"),
        terms=described(contract)
        | {"decision": decision, "ends_on": contract.ends_on, "notice_by": contract.notice_by}
        | {"before_deciding": frozen_facts(contract, today)},
        seats=[
            SeatSpec(side, reason=__("A renewal is decided by both sides.")) for side in ("marketing", "technology")
        ],
    )
    forget(contract)
    contract.save()
    entry = record(propose_renewal, member, contract, after={"decision": decision}, note=note)
    tell(
        Member.objects.of(member.workspace).leads("marketing", "technology").select_related("user"),
        entry,
        url=contract.paper.url,
        needs=True,
    )
    return contract


@action(_("decided about the renewal of {subject}"))
def decide_renewal(contract, member, seat: str, verdict: str, version: int, note: str = "") -> Contract:
    """Turn one key on the open question. With the second approval notice counts as given, or the renewal as wanted."""
    contract = lock(Contract.objects.of(member.workspace).select_related("paper"), contract.pk)
    if contract.paper is None:
        raise Refused(__("Nobody has asked to decide about “%(contract)s”.") % {"contract": contract})
    contract.paper = sign(contract.paper, member, seat, verdict, version, note)
    if contract.paper.just_closed and contract.paper.state == "agreed":
        apply_decision(contract)
        contract.save()
    elif contract.paper.just_closed:
        climb_on(contract)
    entry = record(
        decide_renewal,
        member,
        contract,
        note=note,
        after={"seat": seat, "verdict": verdict, "decision": contract.proposed, "state": contract.paper.state},
    )
    if contract.paper.just_closed:
        owners = (contract.vendor.marketing_owner, contract.vendor.technology_owner, contract.paper.author)
        tell(owners, entry, url=contract.paper.url)
    return contract


@action(_("saw {subject} renew by itself"), by="clock")
def renew_by_itself(contract):
    """The end came and nobody had stopped it. Without a decision of both sides it is a miss, with its cost."""
    contract = lock(Contract.objects.of(contract.workspace).select_related("vendor", "paper"), contract.pk)
    now = contract.standing_on(contract.workspace.today())
    if now.renewals <= contract.renewals:
        return contract
    silent = contract.kept_until != contract.ends_on
    before = {"ends_on": contract.ends_on}
    contract.silent_renewals += silent
    void_proposal(contract)
    settle(contract)
    contract.save()
    entry = record(
        renew_by_itself,
        None,
        contract,
        before=before,
        after={
            "ends_on": contract.ends_on,
            "silent": silent,
            "cost": money_text(contract.value, contract.currency),
            "currency": contract.currency,
        },
    )
    if silent:
        tell(
            [
                *Member.objects.of(contract.workspace).leads("marketing", "technology").select_related("user"),
                contract.vendor.marketing_owner,
                contract.vendor.technology_owner,
            ],
            entry,
            url=place(contract.workspace, "vendors:contract", contract.pk),
        )
    return contract


# ── Plain parts ──────────────────────────────────────────────────────────────────────────────────────────────────────
def settle(contract):
    """Check the terms and work out the dates of the term that runs today."""
    contract.currency = currencies.known(contract.currency)
    contract.value = clean_money(contract.value, contract.currency, "value")
    contract.index_percent = Decimal(contract.index_percent or 0)
    if contract.index_cap is not None:
        contract.index_cap = Decimal(contract.index_cap)
    if not -100 <= contract.index_percent <= 100:
        raise Refused(__("A price rises by at most 100 % a year."), "index_percent")
    if contract.value < 0:
        raise Refused(__("A contract's value is not negative."), "value")
    if contract.first_end:
        if contract.first_end <= contract.starts_on:
            raise Refused(__("A contract ends after it starts."), "first_end")
        contract.term_months = months_between(contract.starts_on, contract.first_end)
    if not 1 <= contract.term_months <= 600:
        raise Refused(__("A term has between 1 and 600 months."), "term_months")
    if contract.is_tacit and not 1 <= contract.renewal_months <= 600:
        raise Refused(__("A contract that renews by itself renews for 1 to 600 months."), "renewal_months")
    if contract.seats_bought is not None and (contract.seats_used or 0) > contract.seats_bought:
        raise Refused(__("More user seats are used than were bought."), "seats_used")
    now = contract.standing_on(contract.workspace.today())
    contract.ends_on, contract.notice_by, contract.renewals = now.ends_on, now.notice_by, now.renewals


def apply_decision(contract):
    forget(contract)
    if contract.proposed == Contract.Decision.STOP:
        contract.stopped_on = contract.workspace.today()
    else:
        contract.kept_until = contract.ends_on


def void_decision(contract):
    """On other dates what was decided says nothing, and the reminders start anew."""
    contract.stopped_on = contract.kept_until = None
    void_proposal(contract)
    forget(contract)


def void_proposal(contract):
    if contract.paper and contract.paper.is_open:
        withdraw(contract.paper)
    contract.proposed = ""


def described(contract) -> dict:
    return {name: getattr(contract, name) for name in AMENDABLE} | {
        "vendor": contract.vendor.name,
        "kpi": contract.kpi and str(contract.kpi),
    }

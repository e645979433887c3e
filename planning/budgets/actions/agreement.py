"""A version is proposed, decided, taken back; agreed by its last key, it is in force and its plan is booked."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member, Side
from planning.people.places import place
from planning.roles.routing.seats import Route, routed
from planning.roles.routing.told import informed, sides_asked
from planning.shared.locking import lock, lock_all
from planning.shared.money import ZERO, money_text
from planning.shared.refusals import Refused
from planning.signoffs import ruling
from planning.signoffs.models import Paper
from planning.signoffs.papers import open_paper, withdraw
from planning.signoffs.signing import sign
from planning.trail.acts import action, record

from ..evidence import refuse_without_cases
from ..forward import refuse_unplaced, take_over
from ..interim import end_interim
from ..models import Budget, Version
from ..unallocated import put_aside
from ..versions.checks import refuse_above_envelope, refuse_below_promised
from ..versions.clearing import clearing_of, keys_carried, seats_for
from ..versions.drafts import drafted, hold_budget, lines_of, reopened, set_apart
from ..versions.in_force import put_in_force
from ..versions.proposed import waiting
from ..versions.terms import changed_fields, money_moved, revisions_with_before, terms_of, totals_of
from ..versions.told import asked, interested


@action(gettext_lazy("proposed {subject}"))
def propose(budget, member, reason="", lines=None, give_back=False) -> Version:
    """Freeze the version being drafted and ask its keys. Its terms and their fingerprint are what they will sign.

    `lines`: ids of the changed lines to propose now; the others stay in a draft of their own, so several versions may
    wait at once. A version that only lowers the proposer's own lines (`clearing.py`) keeps its keys: it is in force
    at once, the money goes to the side's unallocated line, and both sides are told; with `give_back` the money leaves
    the plan and both keys decide.

    Refused: nothing changed, an agreed budget without a reason for the change, a line without the business case it
    needs, a side above its envelope, a line below what is promised and spent, forward promises of the year without a
    line, a key without anybody to turn it.
    """
    budget = hold_budget(member.workspace, budget.pk)
    version = drafted(budget)
    if version and lines is not None:
        set_apart(version, lines, member)
    pairs = revisions_with_before(version) if version else []
    if not any(was is None or changed_fields(now, was) for now, was in pairs):
        raise Refused(_("Nothing has changed: add or change a line first."))
    if budget.agreed_count and not reason.strip():
        raise Refused(_("Say why the agreed plan should change: the others read it."), "reason")
    version.reason = reason.strip()
    refuse_unplaced(budget)
    refuse_below_promised(version, pairs)
    refuse_without_cases(version)
    totals = totals_of(version, pairs)
    clearing = clearing_of(version, pairs, totals, member.side, give_back)
    carried = keys_carried(budget) if clearing.carried else None
    if carried and clearing.freed:
        put_aside(version, clearing.freed)
        pairs = revisions_with_before(version)
        totals = totals_of(version, pairs)
    refuse_above_envelope(budget, totals)
    seats = carried or seats_for(version, totals)
    asks = Route(seats)
    if budget.agreed_count:  # the matrix governs changes; what a year begins with is agreed by the keys alone
        asks = routed(member.workspace, "budget", seats, member, amount=money_moved(pairs))
    version.paper = paper_of(version, pairs, totals, asks, member)
    version.state = Version.State.PROPOSED
    version.save(update_fields=["paper", "state", "reason"])
    if carried:
        agree(version)
    elif not budget.agreed_count:
        settle(budget, Budget.State.PROPOSED)
    before, after = in_history(budget, totals["before"]), in_history(budget, totals["after"])
    after |= {"keys": "carried" if carried else "asked", "fingerprint": version.paper.fingerprint}
    after["sides asked"] = sides_asked(version.paper)
    entry = record(propose, member, version, before=before, after=after, note=reason)
    people = interested(version.paper) if carried else asked(member.workspace, asks.seats) + asks.asked
    tell(people, entry, url=address(version), needs=not carried)
    return version


@action(gettext_lazy("decided on {subject}"))
def decide(budget, member, version, verdict, note="", seat=None, fingerprint=None) -> Version:
    """Turn a key of the proposed version numbered `version`: "approve", "reject" or "ask".

    `seat` defaults to the one this member can decide. The last key puts it in force: baseline or change, plan booked,
    lines open for promises. A rejection returns it with its reason; its lines go on in the draft. The sponsor's ruling
    on a paper that was stuck (`take_to_sponsor`) is the seat "sponsor". Refused: a version that is not the one waiting
    (Stale, with the difference), somebody else's key, one person on both keys, a side above its envelope by now, and,
    by Postgres, a plan below what is promised and spent.
    """
    budget = hold_budget(member.workspace, budget.pk)
    found = waiting(budget, version)
    paper = sign(found.paper, member, seat, verdict, int(version), note, fingerprint)
    before = {"state": found.state}
    found.paper = paper
    if paper.state == Paper.State.AGREED and paper.just_closed:
        agree(found)
    elif paper.state == Paper.State.REFUSED and paper.just_closed:
        give_back(found, Version.State.RETURNED, Budget.State.RETURNED)
    entry = record(
        decide,
        member,
        found,
        before=before,
        note=note,
        after={"state": found.state, "verdict": verdict, "fingerprint": paper.fingerprint},
    )
    told = [*interested(paper), *(informed(paper) if paper.just_closed else ())]
    tell(told, entry, url=address(found), needs=paper.state == Paper.State.REFUSED)
    return found


@action(gettext_lazy("took back {subject}"))
def recall(budget, member, version) -> Version:
    """Take a proposed version back before its last key; its lines go on in a fresh draft. By whoever may edit."""
    budget = hold_budget(member.workspace, budget.pk)
    found = waiting(budget, version)
    if not withdraw(found.paper):
        raise Refused(_("It was decided meanwhile."))
    give_back(found, Version.State.RECALLED, Budget.State.DRAFT)
    entry = record(recall, member, found, before={"state": "proposed"}, after={"state": "recalled"})
    tell(interested(found.paper), entry, url=address(found))
    return found


@action(gettext_lazy("took {subject} to the sponsor"))
def take_to_sponsor(thing, member, note):
    """Ask the sponsor to rule on a proposed version or transfer that has been stuck for ten business days.

    The ruling is recorded as such, under the seat "sponsor" of the paper, never as the other side's key.
    """
    thing = lock(type(thing).objects.of(member.workspace).select_related("paper__workspace"), thing.pk)
    if thing.paper is None:
        raise Refused(_("Nothing of it waits for a key."))
    paper = ruling.take_to_sponsor(thing.paper, member, note)
    entry = record(take_to_sponsor, member, thing, after={"asked": "sponsor"}, note=note)
    tell(Member.objects.of(member.workspace).leads(Side.SPONSOR), entry, url=paper.url, needs=True)
    tell(interested(paper), entry, url=paper.url)
    return thing


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def in_history(budget, plan) -> dict:
    """The plan by side as the history says it."""
    return {f"{side} plan": money_text(amount, budget.workspace.currency) for side, amount in plan.items()}


def paper_of(version, pairs, totals, asks, author) -> Paper:
    return open_paper(
        kind="budget",
        subject=version,
        version=version.number,
        terms=terms_of(version, pairs, totals),
        author=author,
        **asks.terms(),
        url=address(version),
        amount=(money_moved(pairs) or None) if version.budget.agreed_count else sum(totals["after"].values(), ZERO),
        label=str(version),
    )


def agree(version):
    """In force: the plan is booked, and forward promises of the year stand on the lines they were placed on.

    The envelopes are looked at again: another version, or finance, may have been quicker.
    """
    budget = version.budget
    lock_all(lines_of(budget).filter(revisions__version=version))
    if budget.has_envelopes:
        refuse_above_envelope(budget, totals_of(version, revisions_with_before(version)))
    budget.agreed_count += 1
    settle(budget, Budget.State.AGREED)
    version.state, version.agreed_as = Version.State.AGREED, budget.agreed_count
    version.save(update_fields=["state", "agreed_as"])
    if budget.agreed_count == 1:
        end_interim(version)
    put_in_force(version)
    take_over(budget)


def give_back(version, state, budget_state):
    version.state = state
    version.save(update_fields=["state"])
    if not version.budget.agreed_count:
        settle(version.budget, budget_state)
    reopened(version, version.created_by)


def settle(budget, state):
    budget.state = state
    budget.save(update_fields=["state", "agreed_count"])


def address(version) -> str:
    return place(version.workspace, "budgets:version", version.budget_id, version.number)

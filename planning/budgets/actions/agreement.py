"""A version is proposed, decided, taken back; agreed by its last key, it is in force and its plan is booked."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock, lock_all
from planning.shared.money import ZERO
from planning.shared.refusals import Refused, Stale
from planning.shared.templatetags.money import money
from planning.signoffs.models import Paper
from planning.signoffs.papers import open_paper, withdraw
from planning.signoffs.signing import sign
from planning.signoffs.waiting import seats_for as seats_waiting_for
from planning.trail.acts import action, record

from ..clearing import difference_of, revisions_with_before, seats_for, terms_of, totals_of
from ..drafts import hold_budget, lines_of, reopened
from ..in_force import put_in_force
from ..models import Budget, FundingSide, Version


@action(gettext_lazy("proposed {subject}"))
def propose(budget, member, reason="") -> Version:
    """Freeze the version being drafted and ask its keys. Its terms and their fingerprint are what they will sign.

    Refused: nothing changed, an agreed budget without a reason for the change, a side above its envelope, a key
    without anybody to turn it, money below zero.
    """
    budget = hold_budget(member.workspace, budget.pk)
    version = budget.versions.filter(state=Version.State.DRAFT).first()
    pairs = revisions_with_before(version) if version else []
    if not pairs:
        raise Refused(_("Nothing has changed: add or change a line first."))
    if budget.agreed_count and not reason.strip():
        raise Refused(_("Say why the agreed plan should change: the others read it."), "reason")
    version.budget, version.reason = budget, reason.strip()
    totals = totals_of(version, pairs)
    refuse_above_envelope(budget, totals["after"])
    seats = seats_for(version, totals)
    version.paper = open_paper(
        kind="budget",
        subject=version,
        version=version.number,
        terms=terms_of(version, pairs, totals),
        author=member,
        seats=seats,
        url=address(version),
        amount=sum(totals["after"].values(), ZERO),
        label=str(version),
    )
    version.state = Version.State.PROPOSED
    version.save(update_fields=["paper", "state", "reason"])
    if not budget.agreed_count:
        settle(budget, Budget.State.PROPOSED)
    entry = record(
        propose, member, version, after={"plan": totals["after"], "fingerprint": version.paper.fingerprint}, note=reason
    )
    tell(asked(member.workspace, seats), entry, url=address(version), needs=True)
    return version


@action(gettext_lazy("decided on {subject}"))
def decide(budget, member, version, verdict, note="", seat=None, fingerprint=None) -> Version:
    """Turn a key of the proposed version numbered `version`: "approve", "reject" or "ask".

    `seat` defaults to the one this member can decide. The last key puts it in force: baseline or change, plan booked,
    lines open for promises. A rejection returns it with its reason; a fresh draft with the same lines goes on under
    the next number. Refused: a version that is not the one waiting (Stale, with the difference), somebody else's key,
    one person on both keys, and, by Postgres, a plan below what is promised and spent.
    """
    budget = hold_budget(member.workspace, budget.pk)
    found = waiting(budget, version)
    paper = sign(found.paper, member, seat or seat_of(found.paper, member), verdict, int(version), note, fingerprint)
    before = {"state": found.state}
    found.paper, found.budget = paper, budget
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
        after={
            "state": found.state,
            "verdict": verdict,
            "version": found.number,
            "fingerprint": paper.fingerprint,
        },
    )
    tell(interested(paper), entry, url=address(found), needs=paper.state == Paper.State.REFUSED)
    return found


@action(gettext_lazy("took back {subject}"))
def recall(budget, member, version) -> Version:
    """Take a proposed version back before its last key; its lines go on in a fresh draft. By whoever may edit."""
    budget = hold_budget(member.workspace, budget.pk)
    found = waiting(budget, version)
    if not withdraw(found.paper):
        raise Refused(_("It was decided meanwhile."))
    found.budget = budget
    give_back(found, Version.State.RECALLED, Budget.State.DRAFT)
    entry = record(recall, member, found, before={"state": "proposed"}, after={"state": "recalled"})
    tell(interested(found.paper), entry, url=address(found))
    return found


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def agree(version):
    budget = version.budget
    lock_all(lines_of(budget).filter(revisions__version=version))
    budget.agreed_count += 1
    settle(budget, Budget.State.AGREED)
    version.state, version.agreed_as = Version.State.AGREED, budget.agreed_count
    version.save(update_fields=["state", "agreed_as"])
    put_in_force(version)


def give_back(version, state, budget_state):
    version.state = state
    version.save(update_fields=["state"])
    if not version.budget.agreed_count:
        settle(version.budget, budget_state)
    reopened(version, version.created_by)


def settle(budget, state):
    budget.state = state
    budget.save(update_fields=["state", "agreed_count"])


def waiting(budget, number) -> Version:
    """The proposed version of that number, held. Stale, with the difference, when another one is waiting instead."""
    found = budget.versions.filter(number=number).select_related("paper", "created_by").first()
    if found and found.state == Version.State.PROPOSED:
        return lock(
            Version.objects.of(budget.workspace_id).select_related("paper", "created_by__user", "workspace"), found.pk
        )
    newest = budget.versions.exclude(state=Version.State.DRAFT).select_related("paper").last()
    if newest is None or (found and found.pk == newest.pk and found.state != Version.State.DRAFT):
        raise Refused(_("Version %(number)s is not waiting for a key.") % {"number": number}, "version")
    raise Stale(
        _("This changed while you were reading: version %(new)s is the one to read now.") % {"new": newest.number},
        difference_of(found.paper.terms if found and found.paper else {}, newest.paper.terms if newest.paper else {}),
        "version",
    )


def seat_of(paper, member) -> str:
    """The seat this member can decide; their own side's when there is none, so that the refusal names it."""
    mine = seats_waiting_for(member).filter(paper=paper).values_list("name", flat=True)
    return member.side if member.side in mine else next(iter(mine), member.side)


def refuse_above_envelope(budget, after):
    for side in FundingSide:
        envelope = getattr(budget, f"{side}_envelope")
        if envelope is not None and after[str(side)] > envelope:
            currency = budget.workspace.currency
            raise Refused(
                _("%(side)s plans %(over)s %(currency)s more than finance's envelope of %(envelope)s.")
                % {
                    "side": side.label,
                    "over": money(after[str(side)] - envelope, currency),
                    "currency": currency,
                    "envelope": money(envelope, currency),
                }
            )


def asked(workspace, seats):
    """The people whose keys are asked."""
    sides = [seat.side or seat.name for seat in seats if not seat.holder]
    return [*Member.objects.of(workspace).leads(*sides), *[seat.holder for seat in seats if seat.holder]]


def interested(paper):
    return [paper.author, *Member.objects.of(paper.workspace_id).leads("marketing", "technology")]


def address(version) -> str:
    return place(version.workspace, "budgets:version", version.budget_id, version.number)

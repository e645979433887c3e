"""Agreed money moves from a line to another: one atomic booking, agreed as far as the rules ask."""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.places import place
from planning.shared.locking import lock, lock_all
from planning.shared.money import clean_money, money_text
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.models import Paper
from planning.signoffs.papers import open_paper, withdraw
from planning.signoffs.signing import sign
from planning.trail.acts import action, record
from planning.trail.models import subject_of

from ..drafts import hold_budget
from ..holding import keep
from ..models import Hold, Line, Movement, Part, Revision, Transfer
from ..movements import append
from ..promises import release
from ..told import asked, interested, seat_of
from ..transfer_parts import parts_of, seats_for_move


@action(gettext_lazy("moved money: {subject}"))
def move(budget, member, giver, taker, amount, reason) -> Transfer:
    """Propose to move `amount` (workspace's currency) from line `giver` to line `taker` of an agreed budget.

    The giver's amount is held from now on; it is booked when those the rules name have agreed, at once when they name
    nobody. Refused: a Shortfall of the giver, no reason, lines that are not in force or of another budget, one line
    twice.
    """
    budget = hold_budget(member.workspace, budget.pk)
    amount = clean_money(amount, member.workspace.currency, "amount")
    if amount <= 0:
        raise Refused(_("Move an amount above zero."), "amount")
    if not reason.strip():
        raise Refused(_("Say why: both lines' history shows it."), "reason")
    pair = agreed_lines(budget, giver, taker)
    transfer = begin(budget, member, pair, amount, reason.strip(), parts_of(*pair, amount))
    finish_or_ask(transfer, member, pair, move)
    return transfer


@action(gettext_lazy("reversed money: {subject}"))
def reverse_transfer(transfer, member, reason) -> Transfer:
    """A new transfer of the same parts the other way round, agreed like any other. Refused: not done yet, or reversed
    already.
    """
    budget = hold_budget(member.workspace, transfer.budget_id)
    transfer = lock(Transfer.objects.of(member.workspace), transfer.pk)
    if transfer.state != Transfer.State.DONE:
        raise Refused(_("Only a transfer that was booked can be reversed."))
    if transfer.reversals.filter(state__in=[Transfer.State.PROPOSED, Transfer.State.DONE]).exists():
        raise Refused(_("This transfer has been reversed already."))
    if not reason.strip():
        raise Refused(_("Say why: both lines' history shows it."), "reason")
    pair = agreed_lines(budget, transfer.taker, transfer.giver)
    parts = {(part.line_id, part.side, part.month): -part.amount for part in transfer.parts.all()}
    reversal = begin(budget, member, pair, transfer.amount, reason.strip(), parts, reverses=transfer)
    finish_or_ask(reversal, member, pair, reverse_transfer)
    return reversal


@action(gettext_lazy("decided on {subject}"))
def decide_transfer(transfer, member, verdict, note="", version=1, seat=None) -> Transfer:
    """Turn a key of a proposed transfer. The last one books it; a rejection gives the giver its money back."""
    hold_budget(member.workspace, transfer.budget_id)
    transfer = lock(Transfer.objects.of(member.workspace).select_related("paper", "workspace"), transfer.pk)
    if transfer.paper is None:
        raise Refused(_("This transfer needed nobody's agreement."))
    paper = sign(transfer.paper, member, seat or seat_of(transfer.paper, member), verdict, int(version), note)
    if paper.state == Paper.State.AGREED and paper.just_closed:
        book(transfer, member)
    elif paper.state == Paper.State.REFUSED and paper.just_closed:
        end(transfer, member, Transfer.State.RETURNED)
    transfer.paper = paper
    entry = record(
        decide_transfer,
        member,
        transfer,
        before={"state": "proposed"},
        note=note,
        after={
            "state": transfer.state,
            "verdict": verdict,
            "fingerprint": paper.fingerprint,
        },
    )
    tell(interested(paper), entry, url=address(transfer))
    return transfer


@action(gettext_lazy("took back {subject}"))
def recall_transfer(transfer, member) -> Transfer:
    """Take a proposed transfer back; the giver's money is free again. By the mover, or a lead."""
    transfer = lock(Transfer.objects.of(member.workspace).select_related("paper__workspace", "workspace"), transfer.pk)
    if member.pk != transfer.moved_by_id and not member.is_lead:
        raise NotYours(_("Who proposed a transfer takes it back, or a lead."))
    if transfer.state != Transfer.State.PROPOSED or not withdraw(transfer.paper):
        raise Refused(_("It was decided meanwhile."))
    end(transfer, member, Transfer.State.RECALLED)
    record(recall_transfer, member, transfer, before={"state": "proposed"}, after={"state": "recalled"})
    return transfer


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def agreed_lines(budget, giver, taker) -> tuple[Revision, Revision]:
    """The two lines' revisions in force, the lines held in order of id."""
    ids = [getattr(giver, "pk", giver), getattr(taker, "pk", taker)]
    if ids[0] == ids[1]:
        raise Refused(_("Choose two different lines."), "to")
    lock_all(Line.objects.of(budget.workspace).filter(pk__in=ids))
    found = Revision.objects.of(budget.workspace).in_force().filter(line__in=ids, line__budget=budget, removed=False)
    known = {revision.line_id: revision for revision in found.select_related("line", "workspace")}
    for line_id, field in zip(ids, ("from", "to"), strict=True):
        if line_id not in known:
            raise Refused(_("Choose an agreed line of this budget."), field)
        known[line_id].line.budget = budget
    return known[ids[0]], known[ids[1]]


def begin(budget, member, pair, amount, reason, parts, reverses=None) -> Transfer:
    """The transfer, its parts, and the giver's holds."""
    workspace, (giver, taker) = budget.workspace, pair
    transfer = Transfer.objects.create(
        workspace=workspace,
        budget=budget,
        giver=giver.line,
        taker=taker.line,
        amount=amount,
        reason=reason,
        claim=uuid.uuid4(),
        reverses=reverses,
        moved_by=member,
        moved_at=workspace.now(),
    )
    Part.objects.bulk_create(
        Part(workspace=workspace, transfer=transfer, line_id=line_id, side=side, month=month, amount=part)
        for (line_id, side, month), part in parts.items()
    )
    keep(
        workspace,
        [
            Hold(
                workspace=workspace,
                claim=transfer.claim,
                line_id=line_id,
                side=side,
                month=month,
                amount=-part,
                cause=subject_of(transfer),
                member=member,
                at=workspace.now(),
            )
            for (line_id, side, month), part in sorted(parts.items())
            if part < 0
        ],
    )
    return transfer


def finish_or_ask(transfer, member, pair, act):
    """Book it when nobody needs to agree, else open its paper; either way one entry."""
    seats, author_decides = seats_for_move(*pair, transfer.amount, member)
    if not seats:
        book(transfer, member)
    else:
        transfer.paper = open_paper(
            kind="transfer",
            subject=transfer,
            version=1,
            terms=terms_of(transfer, pair),
            author=member,
            amount=transfer.amount,
            seats=seats,
            author_decides=author_decides,
            url=address(transfer),
            label=label(transfer, pair),
        )
        transfer.save(update_fields=["paper"])
    entry = record(
        act,
        member,
        transfer,
        note=transfer.reason,
        after={
            "from": pair[0].name,
            "to": pair[1].name,
            "amount": transfer.amount,
            "state": transfer.state,
            "alone": not seats,
        },
    )
    told = asked(transfer.workspace, seats) if seats else []
    tell(told, entry, url=address(transfer), needs=True)


def book(transfer, member):
    """One booking: the giver's hold ends, and what it kept is the taker's ceiling."""
    holds = {(hold.line_id, hold.side, hold.month): hold for hold in lock_all(Hold.objects.of_claim(transfer.claim))}
    cause = subject_of(transfer)
    append(
        transfer.workspace,
        [
            Movement(
                line_id=part.line_id,
                side=part.side,
                month=part.month,
                kind=Movement.Kind.TRANSFER,
                member=member,
                cause=cause,
                cause_id="done",
                transferred=part.amount,
                reserved=min(part.amount, 0),
                hold=holds.get((part.line_id, part.side, part.month)),
            )
            for part in transfer.parts.all()
        ],
    )
    for hold in holds.values():
        hold.released, hold.state = hold.amount, Hold.State.CLOSED
    Hold.objects.bulk_update(list(holds.values()), ["released", "state"])
    transfer.state, transfer.done_at = Transfer.State.DONE, transfer.workspace.now()
    transfer.save(update_fields=["state", "done_at"])


def end(transfer, member, state):
    release(transfer.claim, transfer, member)
    transfer.state = state
    transfer.save(update_fields=["state"])


def terms_of(transfer, pair) -> dict:
    currency = transfer.workspace.currency
    return {
        "from": pair[0].name,
        "to": pair[1].name,
        "amount": money_text(transfer.amount, currency),
        "currency": currency,
        "reason": transfer.reason,
        "parts": [
            {
                "line": part.line_id,
                "side": part.side,
                "month": part.month.isoformat(),
                "amount": money_text(part.amount, currency),
            }
            for part in transfer.parts.order_by("line_id", "side", "month")
        ],
    }


def label(transfer, pair) -> str:
    return _("%(amount)s from “%(giver)s” to “%(taker)s”") % {
        "amount": f"{money_text(transfer.amount, transfer.workspace.currency)} {transfer.workspace.currency}",
        "giver": pair[0].name,
        "taker": pair[1].name,
    }


def address(transfer) -> str:
    return place(transfer.workspace, "budgets:transfer", transfer.pk)

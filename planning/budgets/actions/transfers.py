"""Agreed money moves from a line to another: one atomic booking, agreed as far as the rules ask."""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.places import place
from planning.roles.routing.seats import routed
from planning.roles.routing.told import informed, sides_asked
from planning.shared.locking import lock, lock_all
from planning.shared.money import ZERO, clean_money, money_text
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.models import Paper
from planning.signoffs.papers import open_paper, withdraw
from planning.signoffs.signing import sign
from planning.trail.acts import action, record
from planning.trail.models import subject_of

from ..holding import keep
from ..models import Hold, Line, Movement, Part, Revision, Transfer
from ..movements import append
from ..promises import release
from ..transfers.parts import parts_of, seats_for_move
from ..versions.drafts import hold_budget
from ..versions.told import asked, interested


@action(gettext_lazy("moved money: {subject}"))
def move(budget, member, giver, taker, amount, reason, more=()) -> Transfer:
    """Propose to move `amount` (workspace's currency) from line `giver` to line `taker` of an agreed budget.

    `more` are further lines of the same booking, [(line, amount)], below zero for givers and above for takers;
    `taker` takes what is left of it all. The givers' amounts are held from now on; it is booked when those the rules
    name have agreed, at once when they name nobody. Refused: a Shortfall of a giver, no reason, lines that are not in
    force or of another budget, one line twice, nothing left for `taker`.
    """
    budget = hold_budget(member.workspace, budget.pk)
    if not reason.strip():
        raise Refused(_("Say why: both lines' history shows it."), "reason")
    amounts = amounts_by_line(giver, taker, amount, more, member.workspace.currency)
    moved = {revision: amounts[line_id] for line_id, revision in agreed_lines(budget, amounts).items()}
    transfer = begin(budget, member, moved, reason.strip(), parts_of(moved))
    finish_or_ask(transfer, member, moved, move)
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
    parts = {(part.line_id, part.side, part.month): -part.amount for part in transfer.parts.all()}
    amounts = {transfer.taker_id: ZERO, transfer.giver_id: ZERO}
    for (line_id, _side, _month), amount in parts.items():
        amounts[line_id] = amounts.get(line_id, ZERO) + amount
    moved = {revision: amounts[line_id] for line_id, revision in agreed_lines(budget, amounts).items()}
    reversal = begin(budget, member, moved, reason.strip(), parts, reverses=transfer)
    finish_or_ask(reversal, member, moved, reverse_transfer)
    return reversal


@action(gettext_lazy("decided on {subject}"))
def decide_transfer(transfer, member, verdict, note="", version=1, seat=None) -> Transfer:
    """Turn a key of a proposed transfer. The last one books it; a rejection gives the giver its money back."""
    hold_budget(member.workspace, transfer.budget_id)
    transfer = lock(Transfer.objects.of(member.workspace).select_related("paper"), transfer.pk)
    if transfer.paper is None:
        raise Refused(_("This transfer needed nobody's agreement."))
    paper = sign(transfer.paper, member, seat, verdict, int(version), note)
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
    tell([*interested(paper), *(informed(paper) if paper.just_closed else ())], entry, url=address(transfer))
    return transfer


@action(gettext_lazy("took back {subject}"))
def recall_transfer(transfer, member) -> Transfer:
    """Take a proposed transfer back; the giver's money is free again. By the mover, or a lead."""
    transfer = lock(Transfer.objects.of(member.workspace).select_related("paper__workspace"), transfer.pk)
    if member.pk != transfer.moved_by_id and not member.is_lead:
        raise NotYours(_("Who proposed a transfer takes it back, or a lead."))
    if transfer.state != Transfer.State.PROPOSED or not withdraw(transfer.paper):
        raise Refused(_("It was decided meanwhile."))
    end(transfer, member, Transfer.State.RECALLED)
    record(recall_transfer, member, transfer, before={"state": "proposed"}, after={"state": "recalled"})
    return transfer


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def amounts_by_line(giver, taker, amount, more, currency) -> dict:
    """{line id: amount}, givers below zero; the first giver is first, the first taker is last and takes the rest."""
    amount = clean_money(amount, currency, "amount")
    if amount <= 0:
        raise Refused(_("Move an amount above zero."), "amount")
    rows = [(giver, -amount), *[(line, clean_money(part, currency, "amount")) for line, part in more]]
    rows.append((taker, -sum((part for _line, part in rows), ZERO)))
    amounts = {int(getattr(line, "pk", line)): part for line, part in rows}
    if len(amounts) < len(rows):
        raise Refused(_("Choose two different lines."), "to")
    if rows[-1][1] <= 0:
        raise Refused(_("What is given leaves nothing for the line it goes to: check the other amounts."), "amount")
    if not all(amounts.values()):
        raise Refused(_("Move an amount above zero."), "amount")
    return amounts


def agreed_lines(budget, amounts) -> dict:
    """{line id: revision in force} in the order given, the lines held in order of id."""
    lock_all(Line.objects.of(budget.workspace).filter(pk__in=list(amounts)))
    found = Revision.objects.of(budget.workspace).agreed().filter(line__in=list(amounts), removed=False)
    known = {one.line_id: one for one in found.filter(line__budget=budget).select_related("line", "workspace")}
    for line_id, amount in amounts.items():
        if line_id not in known:
            raise Refused(_("Choose an agreed line of this budget."), "from" if amount < 0 else "to")
        known[line_id].line.budget = budget
    return {line_id: known[line_id] for line_id in amounts}


def begin(budget, member, moved, reason, parts, reverses=None) -> Transfer:
    """The transfer, its parts, and the givers' holds. `moved` is {revision: amount}, `parts` what they come to."""
    workspace = budget.workspace
    transfer = Transfer.objects.create(
        workspace=workspace,
        budget=budget,
        giver=next(revision.line for revision, amount in moved.items() if amount < 0),
        taker=[revision.line for revision, amount in moved.items() if amount > 0][-1],
        amount=sum((amount for amount in moved.values() if amount > 0), ZERO),
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


def finish_or_ask(transfer, member, moved, act):
    """Book it when nobody needs to agree, else open its paper; either way one entry."""
    seats, author_decides = seats_for_move(list(moved), transfer.amount, member)
    asks = routed(
        member.workspace, "transfer", seats, member, amount=transfer.amount, author_decides=author_decides
    )  # fmt: skip
    if not seats:
        book(transfer, member)
    else:
        transfer.paper = open_paper(
            kind="transfer",
            subject=transfer,
            version=1,
            terms=terms_of(transfer, moved),
            author=member,
            amount=transfer.amount,
            **asks.terms(),
            author_decides=author_decides,
            url=address(transfer),
            label=label(transfer, moved),
        )
        transfer.save(update_fields=["paper"])
    transfer.label_in_history = label(transfer, moved)
    after = {"from": names(moved, -1), "to": names(moved, 1), "state": transfer.state}
    after["amount"] = money_text(transfer.amount, transfer.workspace.currency)
    if not seats:
        after["agreed by"] = _("nobody else: inside one side and below the small limit")
    else:
        after["sides asked"] = sides_asked(transfer.paper)
    entry = record(act, member, transfer, note=transfer.reason, after=after)
    told = asked(transfer.workspace, asks.seats) + asks.asked if seats else []
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


def terms_of(transfer, moved) -> dict:
    currency = transfer.workspace.currency
    return {
        "from": names(moved, -1),
        "to": names(moved, 1),
        "amount": money_text(transfer.amount, currency),
        "currency": currency,
        "reason": transfer.reason,
        "lines": {revision.name: money_text(amount, currency) for revision, amount in moved.items()},
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


def names(moved, sign) -> str:
    """The givers (-1) or takers (1) by name."""
    return ", ".join(revision.name for revision, amount in moved.items() if amount * sign > 0)


def label(transfer, moved) -> str:
    return _("%(amount)s from “%(giver)s” to “%(taker)s”") % {
        "amount": f"{money_text(transfer.amount, transfer.workspace.currency)} {transfer.workspace.currency}",
        "giver": names(moved, -1),
        "taker": names(moved, 1),
    }


def address(transfer) -> str:
    return place(transfer.workspace, "budgets:transfer", transfer.pk)

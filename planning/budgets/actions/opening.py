"""Day one: totals of the other systems, open orders, one approval by both keys and finance."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Side
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.money import clean_money, money_text
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.models import Paper
from planning.signoffs.papers import SeatSpec, open_paper
from planning.signoffs.signing import sign
from planning.trail.acts import action, record

from ..models import Opening, OpeningOrder, Revision
from ..opening import checks
from ..promises import commit, reserve
from ..versions.told import asked, interested

TOTALS = ("ledger_total", "orders_total", "contracts_total")


@action(gettext_lazy("set the totals of the {subject}"))
def set_opening(budget, member, first, ledger_total, orders_total, contracts_total) -> Opening:
    """What the other systems say on the first day of the month `first`. By finance, until it is proposed.

    Refused: a budget that is not agreed, a month outside its year, a position that is proposed or approved.
    """
    refuse_all_but_finance(member)
    if not budget.is_agreed:
        raise Refused(_("The budget is agreed first; then what the company brings is tied out against it."))
    if first not in budget.months:
        raise Refused(_("That month is not in the budget's year."), "first")
    typed = dict(zip(TOTALS, (ledger_total, orders_total, contracts_total), strict=True))
    totals = {name: clean_money(amount, member.workspace.currency, name) for name, amount in typed.items()}
    made = {"first": first, "begun_by": member, **totals}
    opening, new = Opening.objects.get_or_create(workspace=member.workspace, budget=budget, defaults=made)
    opening = held(opening, member)
    before = None if new else {name: getattr(opening, name) for name in ("first", *TOTALS)}
    opening.first = first
    for name, amount in totals.items():
        setattr(opening, name, amount)
    opening.save(update_fields=["first", *TOTALS])
    record(set_opening, member, opening, before=before, after={"first": first, **totals})
    return opening


@action(gettext_lazy("added an open order to the {subject}"))
def add_opening_order(opening, member, line, number, what, month, amount) -> OpeningOrder:
    """An order that is still to be billed. Refused: no number, one twice, a line not agreed, a month that is over."""
    refuse_all_but_finance(member)
    opening = held(opening, member)
    amount = clean_money(amount, member.workspace.currency, "amount")
    if amount <= 0:
        raise Refused(_("An open order is for an amount above zero."), "amount")
    if not number.strip() or not what.strip():
        raise Refused(_("Say which order it is, and what was ordered."), "number" if not number.strip() else "what")
    if month < opening.first or month not in opening.budget.months:
        raise Refused(_("Its month lies between the opening and the end of the year."), "month")
    agreed = Revision.objects.of(member.workspace).in_force().filter(line=line, line__budget=opening.budget)
    if not agreed.filter(removed=False).exists():
        raise Refused(_("Choose an agreed line of this budget."), "line")
    try:
        with transaction.atomic():
            order = OpeningOrder.objects.create(
                workspace=member.workspace, opening=opening, line=line, number=number.strip()[:60],
                what=what.strip()[:200], month=month, amount=amount, claim=uuid.uuid4(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("That order is in the list already."), "number") from error
    record(add_opening_order, member, opening, after={"order": order.number, "amount": amount})
    return order


@action(gettext_lazy("took an open order off the {subject}"))
def remove_opening_order(order, member) -> None:
    """It was billed or cancelled before day one after all."""
    refuse_all_but_finance(member)
    opening = held(order.opening, member)
    record(remove_opening_order, member, opening, before={"order": order.number, "amount": order.amount})
    order.delete()


@action(gettext_lazy("proposed the {subject}"))
def propose_opening(opening, member) -> Opening:
    """Ask both keys, and finance's, for the one approval. Refused: while any of the three totals differs."""
    refuse_all_but_finance(member)
    opening = held(opening, member)
    off = [check for check in checks(opening) if check.difference]
    if off:
        currency = member.workspace.currency
        names = ", ".join(f"{one.label} {money_text(one.difference, currency)} {currency}" for one in off)
        raise Refused(_("It is tied out first. The difference is: %(names)s.") % {"names": names})
    opening.round += 1
    seats = [SeatSpec(name, side=name, reason=_("opening position")) for name in ("marketing", "technology", "finance")]
    opening.paper = open_paper(
        kind="opening", subject=opening, version=opening.round, terms=terms_of(opening), author=member, seats=seats,
        url=address(opening), amount=opening.orders_total, author_decides=True,
    )  # fmt: skip
    opening.state = Opening.State.PROPOSED
    opening.save(update_fields=["state", "paper", "round"])
    entry = record(propose_opening, member, opening, after={"fingerprint": opening.paper.fingerprint})
    tell(asked(member.workspace, seats), entry, url=address(opening), needs=True)
    return opening


@action(gettext_lazy("decided on the {subject}"))
def decide_opening(opening, member, verdict, note="", version=1, seat=None) -> Opening:
    """Turn a key. The last one commits every open order, all or none; a rejection opens the position again."""
    rows = Opening.objects.of(member.workspace).select_related("paper", "budget")
    opening = lock(rows, opening.pk)
    if opening.paper is None:
        raise Refused(_("It was not proposed yet."))
    paper = sign(opening.paper, member, seat, verdict, int(version), note)
    if paper.just_closed and paper.state == Paper.State.AGREED:
        for order in opening.orders.select_related("line").order_by("pk"):
            reserve(order.claim, [(order.line, order.month, order.amount)], member, order)
            commit(order.claim, order, member)
        opening.state = Opening.State.APPROVED
    elif paper.just_closed:
        opening.state = Opening.State.DRAFT
    opening.paper = paper
    opening.save(update_fields=["state"])
    entry = record(decide_opening, member, opening, note=note, after={"verdict": verdict, "state": opening.state})
    tell(interested(paper), entry, url=address(opening))
    return opening


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def refuse_all_but_finance(member):
    if member.side != Side.FINANCE or not member.can_edit:
        raise NotYours(_("The opening position is finance's to bring."))


def held(opening, member) -> Opening:
    """The position, held. Refused when it is proposed or approved: it is approved once."""
    opening = lock(Opening.objects.of(member.workspace).select_related("budget"), opening.pk)
    if opening.state != Opening.State.DRAFT:
        raise Refused(
            _("The opening position is %(state)s; it stays as it is.") % {"state": opening.get_state_display()}
        )
    opening.budget.workspace = opening.workspace
    return opening


def terms_of(opening) -> dict:
    return {
        "from": date_format(opening.first, "Y-m"),
        **{name: money_text(getattr(opening, name), opening.workspace.currency) for name in TOTALS},
        "orders": [
            {"number": one.number, "line": one.line_id, "month": f"{one.month:%Y-%m}",
             "amount": money_text(one.amount, opening.workspace.currency)}
            for one in opening.orders.all()
        ],
    }  # fmt: skip


def address(opening) -> str:
    return place(opening.workspace, "budgets:opening", opening.budget_id)

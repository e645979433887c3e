"""Entries to actuals and back: months are held, actuals post, commitments shrink, and the months keep their totals.

Rows that are invoices of a purchase post together, one posting for each import and purchase, so that actual and
commitment always come and go at once. Everything else of an import posts under numbers of its own.
"""

from collections import defaultdict
from contextlib import contextmanager

from django.db.models import Sum
from django.db.models.functions import Coalesce

from planning.budgets.models import Budget, Movement
from planning.budgets.movements import text_of
from planning.budgets.postings import post_actuals, undo_actuals
from planning.calendar import periods
from planning.calendar.models import Period
from planning.people.models import Side
from planning.shared.periods import year_of

from . import invoices
from .models import Entry, Import

BOOKS_IN = Coalesce("prior_in", "month")


def hold_months(workspace, months) -> None:
    """Hold the months that postings may fall into, so that none closes before they are booked.

    Only years with a budget: history older than any stays without a line, and is posted nowhere.
    """
    years = set(Budget.objects.of(workspace).values_list("year", flat=True))
    periods.hold(workspace, {month for month in months if year_of(workspace, month) in years})


def shut_months(member) -> set:
    """The first days of the months this member may not post in."""
    closed = [Period.State.CLOSED] if member.side == Side.FINANCE else [Period.State.CLOSED, Period.State.SOFT]
    shut = Period.objects.of(member.workspace).filter(state__in=closed)
    return set(shut.values_list("starts_on", flat=True))


def post(batch, member, entries) -> None:
    """Post these entries of one import, those of them that do not wait: they are actuals of nothing yet."""
    posted = entries.posted()
    plain = posted.filter(purchase=None).order_by().values_list("line_id", BOOKS_IN).annotate(amount=Sum("converted"))
    bought = posted.filter(purchase__isnull=False).order_by().values_list("purchase", flat=True).distinct()
    book(batch, member, list(plain), set(bought))


def book(batch, member, rows, purchases) -> None:
    """`rows`, [(line id, month, amount in the workspace's currency)], and anew the invoices of these `purchases`."""
    held = invoices.held(batch.workspace, purchases)
    with months_kept(batch):
        rows = [row for row in rows if row[2]]
        if rows:
            post_actuals(batch.workspace, rows, batch, next_number(batch), member)
        for pk in sorted(purchases):
            take_back_bills(batch, pk, member)
            bill(batch, held[pk], member)
        keep(batch)
    invoices.follow(held, member)


def bill(batch, purchase, member) -> None:
    """Post what this import holds of a purchase's invoices, and shrink its commitment by as much."""
    mine = Entry.objects.of(batch.workspace).posted().filter(batch=batch, purchase=purchase).order_by()
    rows = list(mine.values_list("line_id", BOOKS_IN).annotate(amount=Sum("converted")))
    if rows:
        number = batch.billed[str(purchase.pk)] = next_number(batch)
        post_actuals(batch.workspace, [row for row in rows if row[2]], batch, number, member)
        invoices.shrink(batch, purchase, number, member)


def take_back_bills(batch, purchase_id, member) -> None:
    number = batch.billed.pop(str(purchase_id), None)
    if number:
        undo_actuals(batch.workspace, batch, number, member)
        batch.reversed.append(number)


def take_back(batch, member) -> None:
    """Every balance as before this import and whatever was assigned of it since. Refused: a month that is shut."""
    periods.hold_for_posting(member, standing(batch))
    held = invoices.held(batch.workspace, [int(pk) for pk in batch.billed])
    with months_kept(batch):
        for number in range(1, batch.postings + 1):
            if number not in batch.reversed:
                undo_actuals(batch.workspace, batch, number, member)
    invoices.follow(held, member)


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def next_number(batch) -> int:
    batch.postings += 1
    return batch.postings


def keep(batch) -> None:
    facts = {"postings": batch.postings, "billed": batch.billed, "reversed": batch.reversed}
    Import.objects.filter(pk=batch.pk).update(**facts)


@contextmanager
def months_kept(batch):
    """The months' totals, which finance ties the ledger out against, move by what the block posts."""
    before = standing(batch)
    yield
    moved = defaultdict(int, standing(batch))
    for month, amount in before.items():
        moved[month] -= amount
    periods.book(batch.workspace, {month: amount for month, amount in moved.items() if amount})


def standing(batch) -> dict:
    """{month: what this import stands for as actual}, in the workspace's currency, without zeros."""
    of_batch = Movement.objects.of(batch.workspace).filter(cause=text_of(batch)).order_by()
    sums = of_batch.values_list("month").annotate(amount=Sum("actual"))
    return {month: amount for month, amount in sums if amount}

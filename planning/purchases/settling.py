"""What invoices and credits say in all, and how much of each commitment that leaves.

A credit gives back what its invoice used: the commitment stands again, never above what was promised, until it is
billed again or closed. An invoice above the promise uses no more than the promise, so a credit of the surplus gives
nothing back.

An invoice that names a framework order is one of its call-offs: it uses up what their own invoices leave of them, the
oldest first. What no call-off covers was billed without one. It is a fact and posts, counts against the ceiling, and
the framework's page says so.
"""

from collections import defaultdict
from decimal import Decimal

from planning.budgets.models import Hold
from planning.budgets.used_up import set_used
from planning.shared.locking import lock_all
from planning.shared.money import ZERO

from .invoicing import at_its_rate, is_foreign, price_in_all
from .models import Purchase


class Bills:
    """Everything that is posted as an invoice or a credit of one purchase, as lists of invoicing.Invoice."""

    def __init__(self, purchase, invoices):
        self.by_line = defaultdict(lambda: ZERO)
        for line, _month, amount in at_its_rate(purchase, invoices):
            self.by_line[line] += amount
        self.last_month = max((invoice.month for invoice in invoices), default=None)
        billed = sum((one.amount for one in invoices if one.currency == purchase.currency), ZERO)
        self.is_whole = is_foreign(purchase) and billed >= price_in_all(purchase)

    def of(self, line) -> Decimal:
        return max(self.by_line[line], ZERO)


class Promise:
    """What is committed for one purchase, line by line: its holds, those of a closed one as far as they were used."""

    def __init__(self, purchase, holds, bills):
        self.purchase, self.bills = purchase, bills
        self.holds = defaultdict(list)
        self.room, self.more = defaultdict(lambda: ZERO), defaultdict(lambda: ZERO)
        for hold in holds:
            if hold.state == Hold.State.COMMITTED:
                self.holds[hold.line_id].append(hold)
                self.room[hold.line_id] += hold.amount - hold.released
            elif hold.state == Hold.State.CLOSED:
                self.room[hold.line_id] += hold.consumed

    def own(self, line) -> Decimal:
        """What its own invoices use; the last one in a foreign currency takes the rest, so that no ghost remains."""
        whole = self.bills.is_whole and self.bills.of(line)
        return self.room[line] if whole else min(self.room[line], self.bills.of(line))

    def take(self, line, amount) -> Decimal:
        """Let invoices of its framework use up to `amount` of what its own leave. Returns how much."""
        part = min(amount, self.room[line] - self.own(line) - self.more[line])
        self.more[line] += part
        return part

    def settle(self, month, member):
        for line, holds in self.holds.items():
            closed = self.room[line] - sum((hold.amount - hold.released for hold in holds), ZERO)
            used = max(self.own(line) + self.more[line] - closed, ZERO)
            set_used(holds, used, self.bills.last_month or month, self.purchase, member)


def settle(purchases: dict[int, Purchase], invoices: dict[int, list], member=None) -> None:
    """Bring the commitments of these purchases (held, by id) to where all of their `invoices` leave them.

    Where a framework is among them, so are its call-offs (`family`).
    """
    promises = promised(purchases, {pk: Bills(row, invoices.get(pk, [])) for pk, row in purchases.items()})
    for framework in (row for row in purchases.values() if row.framework):
        called = [promises[pk] for pk, row in sorted(purchases.items()) if row.call_off_of_id == framework.pk]
        spread(framework, promises[framework.pk].bills, sorted(called, key=lambda one: bool(one.holds)))
    for pk, promise in sorted(promises.items()):
        row = purchases[pk]
        framework = promises.get(row.call_off_of_id)
        promise.settle(framework and framework.bills.last_month, member)


def promised(purchases, bills) -> dict[int, Promise]:
    owner = {claim: pk for pk, row in purchases.items() for claim in row.claims}
    workspaces = {row.workspace_id for row in purchases.values()}
    found = defaultdict(list)
    rows = Hold.objects.filter(workspace__in=workspaces, claim__in=list(owner)).select_related("workspace")
    for hold in lock_all(rows):
        found[owner[hold.claim]].append(hold)
    return {pk: Promise(row, found[pk], bills[pk]) for pk, row in purchases.items()}


def spread(framework, bills, called) -> None:
    """The framework's own invoices over its call-offs, closed ones first; what is left was billed without one."""
    outside = ZERO
    for line in bills.by_line:
        left = bills.of(line)
        for promise in called:
            left -= promise.take(line, left)
        outside += left
    if outside != framework.billed_outside:
        framework.billed_outside = outside
        framework.save(update_fields=["billed_outside"])


def family(workspace, ids) -> set[int]:
    """These purchases and, where a framework was billed or is billed now, all of its call-offs with it."""
    known = Purchase.objects.of(workspace)
    frameworks = set(known.filter(pk__in=ids, framework=True).values_list("pk", flat=True))
    frameworks |= set(
        known.filter(pk__in=ids, call_off_of__isnull=False).values_list("call_off_of", flat=True).distinct()
    )
    return {*ids, *frameworks, *known.filter(call_off_of__in=frameworks).values_list("pk", flat=True)}

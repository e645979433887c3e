"""What would have been different? Rules tried on the requests of the last twelve months. Nothing is written."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from planning.calendar.models import Category
from planning.shared.money import ZERO

from .lines import agreed_lines
from .models import Purchase
from .rules import Book, Facts, needs

LOOK_BACK = timedelta(days=365)
MOST = 500


@dataclass(frozen=True)
class Different:
    """One request, with the seats that the rules in force ask and those that the others would."""

    purchase: Purchase
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def more(self) -> list[str]:
        return [seat for seat in self.after if seat not in self.before]

    @property
    def fewer(self) -> list[str]:
        return [seat for seat in self.before if seat not in self.after]


def dry_run(workspace, now: Book, then: Book) -> tuple[int, list[Different]]:
    """(how many requests were tried, those that `then` routes otherwise than `now`), the newest first.

    The lines are taken as they are agreed today, security reviews as never made.
    """
    tried = 0
    found = []
    for purchase, facts in past(workspace):
        tried += 1
        before, after = (tuple(need.seat for need in needs(facts, book)) for book in (now, then))
        if before != after:
            found.append(Different(purchase, before, after))
    return tried, found


def past(workspace):
    """(purchase, facts) of what was submitted in the last twelve months, the newest first, in four queries."""
    since = workspace.now() - LOOK_BACK
    sent = Purchase.objects.of(workspace).filter(submitted_at__isnull=False, value__isnull=False)
    rows = list(
        sent.filter(submitted_at__gt=since, call_off_of=None)
        .select_related("category", "requester__user", "vendor")
        .prefetch_related("items")
        .order_by("-submitted_at", "-pk")[:MOST]
    )
    agreed = {row.line_id: row for row in agreed_lines(workspace).filter(line__in=lines_of(rows))}
    asked = defaultdict(list)
    counted = sent.counted().filter(submitted_at__gt=since - LOOK_BACK)
    for vendor, at, value, pk in counted.values_list("vendor", "submitted_at", "value", "pk"):
        asked[vendor].append((at, value, pk))
    parents = dict(Category.objects.of(workspace).values_list("pk", "parent"))
    for row in rows:
        row.workspace = workspace
        before = sum(
            (
                value
                for at, value, pk in asked[row.vendor_id]
                if row.submitted_at - LOOK_BACK < at < row.submitted_at and pk != row.pk
            ),
            ZERO,
        )
        yield row, facts_then(row, agreed, before, parents)


def lines_of(rows):
    return {item.line_id for row in rows for item in row.items.all()}


def facts_then(row, agreed, before, parents) -> Facts:
    mine = [agreed[item.line_id] for item in row.items.all() if item.line_id in agreed]
    return Facts(
        buyer=row.requester.side,
        value=row.value,
        currency=row.workspace.currency,
        data_class=row.data_class,
        lines=tuple((revision.side, revision.is_joint) for revision in mine),
        domain=row.domain,
        all_lines_agreed=len(mine) == len(row.items.all()),
        vendor_before=before,
        term_months=row.term_months,
        renews=row.renews,
        region=row.region,
        categories=branch(row.category_id, parents),
    )


def branch(category_id, parents) -> tuple[int, ...]:
    """A category and the branches above it, its own first."""
    found = []
    while category_id and category_id not in found:
        found.append(category_id)
        category_id = parents.get(category_id)
    return tuple(found)

"""The parts of a row over several lines: entries of their own, which add up to it."""

import hashlib
import uuid

from planning.shared.money import split

from .models import Entry, Wait

COPIED = [
    "workspace", "source", "batch", "row", "kind", "posting_date", "month", "currency", "rate", "rate_day",
    "vendor_name", "vendor_key", "vendor", "document", "description", "category_text", "department", "account",
    "cost_centre", "order_number", "period_text", "nth",
]  # fmt: skip


def pieces(entry, amounts, **more) -> list[Entry]:
    """Unsaved parts of a row; what it is in the workspace's currency is split by the same weights, to the penny."""
    facts = {name: getattr(entry, name) for name in COPIED} | {"waits": Wait.UNMATCHED} | more
    weights = [abs(amount) for amount in amounts]
    converted = [None] * len(amounts)
    if entry.converted is not None:
        converted = split(entry.converted, weights, entry.workspace.currency)
    return [
        Entry(
            **facts,
            amount=amount,
            converted=part,
            weight=abs(amount if part is None else part),
            split_of=entry,
            row_hash=uuid.UUID(hashlib.md5(f"{entry.row_hash}/{place}".encode(), usedforsecurity=False).hexdigest()),
        )
        for place, (amount, part) in enumerate(zip(amounts, converted, strict=True), start=1)
    ]


def spread(entry, shares, **more) -> list[Entry]:
    """Saved parts of a row on the lines of `shares`, [(line id, weight)], which are actuals of them; the row waits as
    split. A line whose part would be nothing gets none."""
    amounts = split(entry.amount, [weight for _line, weight in shares], entry.currency)
    placed = [(line, amount) for (line, _weight), amount in zip(shares, amounts, strict=True) if amount]
    parts = pieces(entry, [amount for _line, amount in placed], waits=Wait.POSTED, **more)
    for part, (line, _amount) in zip(parts, placed, strict=True):
        part.line_id = line
    return Entry.objects.bulk_create(parts)

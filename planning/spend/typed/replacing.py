"""A ledger's row takes the place of the invoice that a person typed: same vendor, same document, same kind.

It happens the moment the ledger's row becomes an actual, in that transaction: the typed one is withdrawn, and the row
stands on its purchase and its line, over several lines where that one did. A row that a person puts on a line stays on
that line. While the typed one lies in a month that is shut, it stays, and what would take its place waits like a late
row: what was tied out is not taken apart, and nothing is paid twice meanwhile. Undoing the import counts the typed one
again, unless another import's row of the document is an actual by then.
"""

from collections import defaultdict

from django.db import connection
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock_all
from planning.shared.money import money_text
from planning.trail.acts import action, record

from .. import parts, posting
from ..line_names import lines_to_choose
from ..models import SETTLED, Entry, Import, Wait
from . import documents, undoing

LEDGER, TYPED = "ledger", "typed"
# Few documents beside the many rows of a file: told so, Postgres goes through the rows once.
FIND = """
SELECT t.batch_id, array_agg(e.id ORDER BY e.id)
  FROM unnest(%(batches)s::bigint[], %(vendors)s::bigint[], %(documents)s::text[], %(credits)s::bool[])
    AS t (batch_id, vendor_id, document, credit)
  JOIN spend_entry e ON e.vendor_id = t.vendor_id AND lower(e.document) = t.document
 WHERE e.workspace_id = %(workspace)s AND {chosen} AND e.undone_at IS NULL AND e.waits <> 'split'
   AND e.source_id <> %(source)s AND e.kind = ANY(%(settled)s)
 GROUP BY t.batch_id HAVING bool_or((e.kind = 'credit') = t.credit)
"""


@action(_("compared a typed invoice of {subject} with the ledger"), by="clock")
def exchange(typed, member, stands: str) -> None:
    """Write down which one counts from now on: the `ledger`'s row of a typed entry's document, or the `typed` one."""
    after = {"document": typed.document, "billed": cash(typed.amount, typed.currency), "stands": stands}
    if stands == LEDGER:
        after["in the ledger"] = typed.in_the_ledger
    record(exchange, member, typed.purchase or typed, after=after)


def give_way(workspace, member, found: dict) -> list[Entry]:
    """Rows that are about to be posted take the places of typed ones, where both say a document (`found` by `pairs`).

    Gives the typed entries that were withdrawn, for `exchange`. Call where documents are shared.
    """
    gone = []
    for typed, own, rows in places(workspace, found):
        shut = posting.shut_months(member)
        stand_in(typed, rows, shut)
        if any(row.waits in (Wait.POSTED, Wait.SPLIT) for row in rows):
            replace(typed, own, member, rows)
            gone.append(typed)
    return gone


def give_way_to_placed(workspace, member, entries) -> list[Entry]:
    """The same for rows that a person just put on a line, not posted yet: they stay there, as invoices of the typed
    one's purchase. Refused: while that one lies in a month that is shut."""
    gone = []
    for typed, rows in give_way_to_actuals(workspace, member, entries):
        Entry.objects.filter(pk__in=rows, purchase=None).update(purchase=typed.purchase_id)
        gone.append(typed)
    return gone


def give_way_to_actuals(workspace, member, entries):
    """Withdraw what was typed of documents that these rows say, whose vendor was learned only now: (typed entry, ids of
    those rows that are on a line). Refused: while it lies in a month that is shut."""
    for typed, own, rows in places(workspace, pairs(workspace, entries=entries)):
        if rows := [row for row in rows if not row.waits]:
            replace(typed, own, member, rows)
            yield typed, [row.pk for row in rows]


def replace(typed, own, member, rows) -> None:
    undoing.withdraw(own, member, replaced_by=rows[0].batch)
    sums = defaultdict(int)
    for row in rows:
        sums[row.currency] += row.amount
    typed.in_the_ledger = [cash(amount, currency) for currency, amount in sorted(sums.items())]


def cash(amount, currency) -> str:
    return f"{money_text(amount, currency)} {currency}"


def come_back(workspace, member, **which) -> list[Entry]:
    """What was replaced counts again, since what replaced it is gone: typed imports, chosen by `which`. Gives the typed
    entries; one whose document another actual says stays replaced, by that. Call where documents are held."""
    back = []
    for own in lock_all(Import.objects.of(workspace).filter(**which)):
        own.workspace = workspace
        typed = Entry.objects.select_related("vendor", "purchase", "workspace").get(batch=own, split_of=None)
        other = documents.same(typed.vendor, typed.document).filter(kind__in=SETTLED, waits__in=["", Wait.SPLIT])
        if stands := other.order_by("pk").first():
            own.replaced_by_id = stands.batch_id
            own.save(update_fields=["replaced_by"])
        else:
            undoing.revive(own, member)
            back.append(typed)
    return back


# ── Which, and where ─────────────────────────────────────────────────────────────────────────────────────────────────
def places(workspace, found: dict):
    """(typed entry, its import, rows of the ledger) of each document that both have; the imports are locked."""
    if not found:
        return
    typed = Entry.objects.of(workspace).filter(batch__in=found, split_of=None).select_related("purchase")
    typed = {entry.batch_id: entry for entry in typed}
    posting.hold_months(workspace, {entry.books_in for entry in typed.values()})
    for pk in sorted(found):
        own = undoing.held(workspace, pk)
        if own.is_done:
            rows = Entry.objects.of(workspace).select_related("batch").filter(pk__in=found[pk])
            yield typed[pk], own, list(rows.order_by("pk"))


def pairs(workspace, *, batch=None, vendor=None, entries=()) -> dict[int, list[int]]:
    """{import of a typed invoice: rows of the ledger that say its document}, of an import, of a vendor or among these
    ids. Nothing is asked of the rows where nobody types."""
    source = documents.source_of(workspace)
    typed = documents.live(source) if source else []
    if not typed:
        return {}
    batches, vendors, said, credits = (list(column) for column in zip(*typed, strict=True))
    facts = {"workspace": workspace.pk, "source": source.pk, "settled": [str(kind) for kind in SETTLED],
             "batches": batches, "vendors": vendors, "documents": said, "credits": credits,
             "batch": batch and batch.pk, "vendor": vendor and vendor.pk, "entries": list(entries)}  # fmt: skip
    chosen = "e.batch_id = %(batch)s" if batch else "e.id = ANY(%(entries)s)"
    chosen = "e.vendor_id = %(vendor)s" if vendor else chosen
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(chosen=chosen), facts)
        return dict(cursor.fetchall())


def stand_in(typed, rows, shut) -> None:
    """Put `rows` where the typed one stands. What cannot be an actual there yet says why it waits."""
    shares = shares_of(typed)
    for row in rows:
        here = [(line, weight) for line, months, weight in shares if row.month in months]
        row.purchase_id = typed.purchase_id or row.purchase_id
        if here and row.converted is not None:
            late = typed.books_in in shut or row.books_in in shut
            stand(row, here, Wait.CLOSED if late else Wait.POSTED)
        elif not row.waits and typed.books_in in shut:
            row.waits = Wait.CLOSED
    Entry.objects.bulk_update(rows, ["line", "rule", "purchase", "waits"])


def stand(row, here, waits) -> None:
    row.rule = None
    if len(here) == 1:
        row.line_id, row.waits = here[0][0], waits
    elif waits:
        row.line_id, row.waits = None, Wait.UNMATCHED  # a person splits it once its month is open
    else:
        row.line_id, row.waits = None, Wait.SPLIT
        parts.spread(row, here, purchase_id=row.purchase_id)


def shares_of(typed) -> list[tuple]:
    """[(line id, months of its year, weight)] of the lines a typed invoice is on."""
    on = typed.parts.filter(undone_at=None) if typed.waits == Wait.SPLIT else [typed]
    weights = defaultdict(int)
    for one in on:
        weights[one.line_id] += abs(one.amount)
    lines = lines_to_choose(typed.workspace).filter(pk__in=[pk for pk in weights if pk])
    found = lines.select_related("budget__workspace").order_by("pk")
    return [(line.pk, set(line.budget.months), weights[line.pk]) for line in found]

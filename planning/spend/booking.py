"""Clean rows to entries: one transaction, under a lock of the source, so that the same file twice books once.

A row is a duplicate when a live entry of the source has its hash for the same n-th time, or when it is an accrual (or
its reversal) that budgets booked from an owner's answer and the ledger says again, under the same document. A document
an earlier import holds with other amounts (or with the same ones in other words on the same day) is a conflict: a
person decides.
"""

from collections import defaultdict
from decimal import Decimal

from django.db import connection

from . import category_kinds, cleaning, invoices, matching, payroll, posting, staging
from .cleaning import STAGED, plain_amount
from .models import Entry, Outcome
from .typed import documents, replacing

IN_MEMORY = "SET LOCAL work_mem = '64MB'"  # a million rows are put into order; in less they go by way of the disk
# Rows of a minute ago are in no statistics: Postgres takes a file of a workspace that is new for one row, and would go
# through all of it once for each row that it is joined to.
EACH_ONCE, AS_ALWAYS = "SET LOCAL enable_nestloop = off", "SET LOCAL enable_nestloop = on"
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('spend.source:' || %(source)s, 0))"
CANDIDATES = """
CREATE TEMP TABLE spend_candidate ON COMMIT DROP AS
SELECT row, outcome AS said, row_hash, vendor_key, document, amount, posting_date, false AS conflict, false AS known,
       row_number() OVER (PARTITION BY row_hash ORDER BY row) AS nth
  FROM {clean}
 WHERE workspace_id = %(workspace)s AND batch_id = %(batch)s AND outcome IN ('ready', 'duplicate')
"""
KNOWN = """
UPDATE spend_candidate c SET known = true
  FROM spend_entry e
 WHERE e.workspace_id = %(workspace)s AND e.source_id = %(source)s AND e.row_hash = c.row_hash AND e.nth = c.nth
   AND e.undone_at IS NULL
"""
SAID_BEFORE = """
UPDATE spend_candidate c SET known = true
  FROM budgets_accrual a
 WHERE c.document LIKE 'ACC-%%' AND a.workspace_id = %(workspace)s AND a.amount > 0
   AND c.document = 'ACC-' || to_char(a.month, 'YYYYMM') || '-' || a.line_id
"""
CHOSEN = """
CREATE TEMP TABLE spend_candidate ON COMMIT DROP AS
SELECT s.row, s.row_hash, s.vendor_key, s.document, s.amount, s.posting_date, false AS conflict, false AS known,
       row_number() OVER (PARTITION BY s.row_hash ORDER BY s.row) + coalesce(
           (SELECT max(e.nth) FROM spend_entry e WHERE e.workspace_id = %(workspace)s AND e.source_id = %(source)s
               AND e.row_hash = s.row_hash AND e.undone_at IS NULL), 0) AS nth
  FROM spend_staged s WHERE s.workspace_id = %(workspace)s AND s.batch_id = %(batch)s AND s.id = ANY(%(chosen)s)
"""
CONFLICTS = """
WITH held AS MATERIALIZED (
    SELECT e.vendor_key, e.document, e.amount, e.posting_date
      FROM (SELECT DISTINCT document FROM spend_candidate WHERE document <> '' AND NOT known) AS new
      JOIN spend_entry e ON e.document = new.document
     WHERE e.workspace_id = %(workspace)s AND e.source_id = %(source)s AND e.undone_at IS NULL AND e.document <> ''
       AND e.split_of_id IS NULL
), both_say AS (
    SELECT vendor_key, document, amount, posting_date, false AS here, true AS known FROM held
     UNION ALL
    SELECT vendor_key, document, amount, posting_date, true, known FROM spend_candidate
     WHERE document IN (SELECT document FROM held)
), differs AS (
    SELECT vendor_key, document FROM both_say GROUP BY vendor_key, document
    HAVING bool_or(here) AND NOT bool_and(known) AND NOT bool_and(here)
       AND (array_agg(amount ORDER BY amount) FILTER (WHERE here)
            <> array_agg(amount ORDER BY amount) FILTER (WHERE NOT here)
            OR array_agg(posting_date) FILTER (WHERE NOT here) && array_agg(posting_date) FILTER (WHERE NOT known))
)
UPDATE spend_candidate c SET conflict = true
  FROM differs WHERE c.vendor_key = differs.vendor_key AND c.document = differs.document AND NOT c.known
"""
OUTCOMES = """
UPDATE {clean} s SET outcome = c.outcome
  FROM (SELECT row, CASE WHEN known THEN 'duplicate' WHEN conflict THEN 'conflict' ELSE 'ready' END AS outcome, said
          FROM spend_candidate) AS c
 WHERE s.workspace_id = %(workspace)s AND s.batch_id = %(batch)s AND s.row = c.row AND c.outcome <> c.said
"""
BOOK = """
INSERT INTO spend_entry (
    workspace_id, source_id, batch_id, row, kind, posting_date, month, amount, currency, rate, rate_day, converted,
    weight,
    tax, gross, vendor_name, vendor_key, vendor_id, document, description, category_text, department, account,
    cost_centre,
    order_number, period_text, line_id, rule_id, purchase_id, waits, row_hash, nth)
SELECT s.workspace_id, %(source)s, s.batch_id, s.row, s.kind, s.posting_date, date_trunc('month', s.posting_date)::date,
       s.amount, s.currency, x.rate, x.day, {converted}, abs(coalesce({converted}, s.amount)), s.tax, s.gross,
       s.vendor_name, s.vendor_key, m.vendor_id, s.document, s.description, s.category_text, s.department, s.account,
       s.cost_centre, s.order_number, s.period_text, {line}, m.rule_id, o.purchase_id, {waits},
       s.row_hash, c.nth
  FROM spend_candidate c
  JOIN {clean} s ON s.workspace_id = %(workspace)s AND s.batch_id = %(batch)s AND s.row = c.row
   AND NOT c.known AND NOT c.conflict
  LEFT JOIN spend_match m ON {on_match}
  LEFT JOIN spend_order o ON {on_order}
  {rate}
  {period}
 ORDER BY s.row
"""
KEYS = (
    "SELECT s.vendor_key, s.department, s.category_text, s.account, s.cost_centre, s.posting_date, s.document"
    " FROM spend_candidate c JOIN {clean} s ON s.row = c.row"
    " WHERE s.workspace_id = %(workspace)s AND s.batch_id = %(batch)s AND NOT c.known AND NOT c.conflict"
)
# For people to look at. What was accepted of a short file is an entry, and needs no second place.
KEEP = (
    f"INSERT INTO {STAGED} ({cleaning.COLUMNS}) SELECT {cleaning.COLUMNS} FROM {cleaning.ARRIVED}"  # noqa: S608
    " WHERE outcome <> 'ready' ORDER BY row"
)
TALLY = """
SELECT outcome, currency, count(*), coalesce(sum(amount), 0), count(*) FILTER (WHERE amount IS NULL),
       bool_or(kind = 'payroll')
  FROM spend_staged
 WHERE workspace_id = %(workspace)s AND batch_id = %(batch)s AND outcome <> 'ready' GROUP BY outcome, currency
 UNION ALL
SELECT 'ready', currency, count(*), sum(amount), 0, bool_or(kind = 'payroll') FROM spend_entry
 WHERE workspace_id = %(workspace)s AND batch_id = %(batch)s AND split_of_id IS NULL GROUP BY currency
"""
PART = {
    Outcome.READY: "accepted",
    Outcome.REJECTED: "rejected",
    Outcome.DUPLICATE: "duplicates",
    Outcome.CONFLICT: "conflicts",
    Outcome.KEPT: "conflicts",
}
PARTS = ("accepted", "rejected", "duplicates", "conflicts")


def book(batch, member, short=None) -> None:
    """Turn the rows of a claimed import into entries, and those that rules place on lines into actuals: what was
    staged of it, or a `short` file as it was read.

    `batch.gone` are the typed invoices that they replace.
    """
    parameters = matching.facts(batch.workspace, batch.source_id, member) | {"batch": batch.pk}
    with connection.cursor() as cursor:
        clean = staging.arrive(cursor, batch, short) if short else STAGED
        cursor.execute(LOCK, parameters)
        cursor.execute(IN_MEMORY)
        cursor.execute(EACH_ONCE)
        _make(cursor, CANDIDATES.format(clean=clean), parameters)
        for statement in (KNOWN, SAID_BEFORE, CONFLICTS, OUTCOMES.format(clean=clean)):
            cursor.execute(statement, parameters)
        documents.share(batch.workspace)
        posting.hold_months(batch.workspace, months_of(cursor))
        _insert(cursor, parameters, clean)
        if short:
            cursor.execute(KEEP)
        tally(cursor, batch)
        invoices.recognise(batch.workspace, batch=batch)
        typed = replacing.pairs(batch.workspace, batch=batch)
        cursor.execute(AS_ALWAYS)
    payroll.settle_privacy(batch)
    category_kinds.learn(batch)
    batch.gone = replacing.give_way(batch.workspace, member, typed)
    posting.post(batch, member, Entry.objects.of(batch.workspace).filter(batch=batch))


def book_chosen(batch, member, staged_ids) -> None:
    """Book conflicting rows that a person decided to book. The source is locked by the caller's transaction.
    `batch.gone` are the typed invoices that they replace."""
    parameters = matching.facts(batch.workspace, batch.source_id, member) | {
        "batch": batch.pk,
        "chosen": list(staged_ids),
    }
    with connection.cursor() as cursor:
        cursor.execute(LOCK, parameters)
        _make(cursor, CHOSEN, parameters)
        rows = list(batch.staged.filter(pk__in=staged_ids).values_list("row", flat=True))
        documents.share(batch.workspace)
        posting.hold_months(batch.workspace, months_of(cursor))
        _insert(cursor, parameters, STAGED)
        batch.staged.filter(pk__in=staged_ids).update(outcome=Outcome.READY)
        tally(cursor, batch)
    booked = Entry.objects.of(batch.workspace).filter(batch=batch, row__in=rows)
    ids = list(booked.values_list("pk", flat=True))
    batch.gone = replacing.give_way(batch.workspace, member, replacing.pairs(batch.workspace, entries=ids))
    invoices.recognise(batch.workspace, entries=ids)
    posting.post(batch, member, booked)


def months_of(cursor) -> list:
    """The first days of the months that the rows about to be booked are of."""
    cursor.execute(
        "SELECT DISTINCT date_trunc('month', posting_date)::date FROM spend_candidate"
        " WHERE NOT known AND NOT conflict AND posting_date IS NOT NULL"
    )
    return [month for (month,) in cursor.fetchall()]


def _make(cursor, statement, parameters):
    cursor.execute("DROP TABLE IF EXISTS spend_candidate")
    cursor.execute(statement, parameters)
    cursor.execute("ANALYZE spend_candidate (row)")  # how many they are; a hundred thousand documents tell no more


def _insert(cursor, parameters, clean):
    matching.make_matches(cursor, KEYS.format(clean=clean), parameters)
    invoices.know_orders(cursor, parameters)
    year = matching.YEAR.format("s.posting_date")
    converted = matching.CONVERTED.format("s")
    line = payroll.LINE.format(row="s", line="coalesce(o.line_id, m.line_id)")
    waits = matching.WAITS.format(
        day="s.posting_date",
        converted=converted,
        line=line,
        planned="coalesce(m.planned, false)",
    )
    cursor.execute(
        BOOK.format(
            clean=clean,
            converted=converted,
            line=line,
            waits=waits,
            on_match=matching.on_match("s", year, parameters),
            on_order=invoices.ON_ORDER.format("s", year=year),
            rate=matching.RATE.format("s"),
            period=matching.PERIOD.format("s.posting_date"),
        ),
        parameters,
    )


def tally(cursor, batch) -> None:
    """Count the file's rows by what became of them, and add them up by currency. The sum of the parts is the file.
    `batch.holds_payroll`: whether any of them is payroll. Call where the whole is seen."""
    cursor.execute(TALLY, {"workspace": batch.workspace_id, "batch": batch.pk})
    counts = dict.fromkeys((*PARTS, "rows", "unreadable"), 0)
    totals = {part: defaultdict(Decimal) for part in ("file", *PARTS)}
    batch.holds_payroll = False
    for outcome, currency, count, amount, unreadable, payroll_too in cursor.fetchall():
        batch.holds_payroll |= payroll_too
        part = PART[outcome]
        counts[part] += count
        counts["rows"] += count
        counts["unreadable"] += unreadable
        if count > unreadable:
            totals[part][currency] += amount
            totals["file"][currency] += amount
    batch.counts = counts
    batch.totals = {part: {code: plain_amount(sums[code]) for code in sorted(sums)} for part, sums in totals.items()}

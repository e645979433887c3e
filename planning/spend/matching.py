"""Whose is this row? Vendor by its normalised name or a learned alias, line by the best rule, all in Postgres.

Rules match by vendor, cost centre, account, department, category; the highest priority wins, then the rule that says
most, then the newest. Similar names are only ever suggested to a person.
"""

from django.db import connection

from . import invoices, payroll
from .models import Rule

# The fiscal year's label of a date, as planning.shared.periods.year_of works it out.
YEAR = "(extract(year FROM {0})::int - (extract(month FROM {0}) < %(start)s)::int + (%(ends)s AND %(start)s > 1)::int)"
MATCH = """
CREATE TEMP TABLE spend_match ON COMMIT DROP AS
WITH keys AS (
    SELECT DISTINCT k.vendor_key, k.department, k.category_text, k.account, k.cost_centre, {year} AS year,
           {document} AS document
      FROM ({rows}) AS k
), vendors AS (
    SELECT key, min(vendor_id) AS vendor_id
      FROM (SELECT key, id AS vendor_id FROM vendors_vendor WHERE workspace_id = %(workspace)s
            UNION ALL SELECT key, vendor_id FROM vendors_alias WHERE workspace_id = %(workspace)s) AS names
     GROUP BY key
), lines AS (
    SELECT l.id, b.year FROM budgets_line l JOIN budgets_budget b ON b.id = l.budget_id
      JOIN budgets_revision r ON r.line_id = l.id AND upper_inf(r.in_force) AND NOT r.removed
     WHERE l.workspace_id = %(workspace)s
)
SELECT DISTINCT ON (k.vendor_key, k.department, k.category_text, k.account, k.cost_centre, k.year, k.document)
       k.*, v.vendor_id, r.id AS rule_id, r.line_id,
       EXISTS (SELECT FROM lines WHERE lines.year = k.year) AS planned
  FROM keys k
  LEFT JOIN vendors v ON v.key = k.vendor_key AND k.vendor_key <> ''
  LEFT JOIN (spend_rule r JOIN lines ON lines.id = r.line_id)
    ON r.workspace_id = %(workspace)s AND lines.year = k.year
   AND (r.source_id IS NULL OR r.source_id = %(source)s)
   AND (r.vendor_id IS NULL OR r.vendor_id = v.vendor_id)
   AND (r.vendor_key = '' OR r.vendor_key = k.vendor_key)
   AND (r.department = '' OR lower(r.department) = lower(k.department))
   AND (r.category_text = '' OR lower(r.category_text) = lower(k.category_text))
   AND (r.account = '' OR lower(r.account) = lower(k.account))
   AND (r.cost_centre = '' OR lower(r.cost_centre) = lower(k.cost_centre))
   AND (r.document = '' OR r.document = k.document)
 ORDER BY k.vendor_key, k.department, k.category_text, k.account, k.cost_centre, k.year, k.document,
       r.priority DESC NULLS LAST,
       (r.source_id IS NOT NULL)::int + (r.vendor_id IS NOT NULL)::int + (r.vendor_key <> '')::int + (r.department
       <> '')::int
       + (r.document <> '')::int + (r.category_text <> '')::int
       + (r.account <> '')::int + (r.cost_centre <> '')::int DESC, r.id DESC
"""
# The longest beginning of a document's number that a rule names; nothing is looked at while no rule names any.
DOCUMENT = """coalesce((SELECT d.document FROM spend_rule d WHERE d.workspace_id = %(workspace)s AND d.document <> ''
       AND starts_with(lower({0}.document), lower(d.document)) ORDER BY length(d.document) DESC, d.id LIMIT 1), '')"""
# How a row finds its match again.
ON_MATCH = (
    "m.vendor_key = {0}.vendor_key AND m.department = {0}.department AND m.category_text = {0}.category_text"
    " AND m.account = {0}.account AND m.cost_centre = {0}.cost_centre AND coalesce(m.year, 0) = coalesce({year}, 0)"
    " AND m.document = {document}"
)
# Why an entry cannot be an actual yet; blank when it can.
WAITS = """CASE WHEN {day} IS NULL THEN 'dateless' WHEN {converted} IS NULL THEN 'rate'
     WHEN {line} IS NULL THEN CASE WHEN {planned} THEN 'unmatched' ELSE 'no budget' END
     WHEN p.state = 'closed' OR (p.state = 'soft' AND NOT %(finance)s) THEN 'closed' ELSE '' END"""
PERIOD = "LEFT JOIN calendar_period p ON p.workspace_id = %(workspace)s AND {0} >= p.starts_on AND {0} < p.ends_on"
RATE = """LEFT JOIN LATERAL (
    SELECT rate, day FROM calendar_rate WHERE workspace_id = %(workspace)s AND currency = {0}.currency
       AND {0}.currency <> %(currency)s AND day <= {0}.posting_date ORDER BY day DESC LIMIT 1) AS x ON true"""
CONVERTED = "CASE WHEN {0}.currency = %(currency)s THEN {0}.amount ELSE round({0}.amount * x.rate, %(digits)s) END"
REMATCH = """
UPDATE spend_entry e
   SET vendor_id = coalesce(n.vendor_id, e.vendor_id), line_id = coalesce(n.line_id, e.line_id), rule_id = n.rule_id,
       purchase_id = coalesce(e.purchase_id, n.purchase_id), rate = n.rate, rate_day = n.day, converted = n.converted,
       weight = abs(coalesce(n.converted, e.amount)),
         waits = n.waits
  FROM (SELECT w.id, m.vendor_id, {line} AS line_id, m.rule_id, o.purchase_id, x.rate, x.day,
               {converted} AS converted, {waits} AS waits
          FROM spend_entry w LEFT JOIN spend_match m ON {on_match} LEFT JOIN spend_order o ON {on_order} {rate} {period}
         WHERE w.workspace_id = %(workspace)s AND w.source_id = %(source)s AND w.undone_at IS NULL
           AND w.waits NOT IN ('', 'split')) AS n
 WHERE e.id = n.id AND (e.waits, e.line_id, e.vendor_id) IS DISTINCT FROM (n.waits, coalesce(n.line_id, e.line_id),
   coalesce(n.vendor_id, e.vendor_id))
RETURNING e.id, e.batch_id, e.waits
"""


def facts(workspace, source_id, member) -> dict:
    """The parameters all statements here share."""
    from planning.shared.money import minor_unit

    return {
        "workspace": workspace.pk,
        "source": source_id,
        "currency": workspace.currency,
        "digits": -minor_unit(workspace.currency).as_tuple().exponent,
        "start": workspace.fiscal_start,
        "ends": workspace.fiscal_label == "end",
        "finance": bool(member) and member.side == "finance",
        "by_document": Rule.objects.of(workspace).exclude(document="").exists(),
    }


def make_matches(cursor, rows: str, parameters: dict) -> None:
    """Fill the temporary table spend_match for the distinct keys of `rows`, a SELECT with posting_date and the keys."""
    cursor.execute("DROP TABLE IF EXISTS spend_match")
    document = document_of("k", parameters)
    cursor.execute(MATCH.format(rows=rows, year=YEAR.format("k.posting_date"), document=document), parameters)
    cursor.execute("ANALYZE spend_match")


def document_of(row: str, parameters: dict) -> str:
    """A Postgres expression: the beginning of `row`'s document that rules ask about."""
    return DOCUMENT.format(row) if parameters["by_document"] else "''"


def on_match(row: str, year: str, parameters: dict) -> str:
    return ON_MATCH.format(row, year=year, document=document_of(row, parameters))


def rematch(workspace, source, member) -> list[tuple]:
    """Ask the rules again about what waits of one source.

    Gives the entries that changed: [(id, import id, waits)]; the caller posts those that no longer wait, and holds the
    months they are of.
    """
    parameters = facts(workspace, source.pk, member)
    waiting = (
        "SELECT vendor_key, department, category_text, account, cost_centre, posting_date, document FROM spend_entry"
        " WHERE workspace_id = %(workspace)s AND source_id = %(source)s AND undone_at IS NULL"
        " AND waits NOT IN ('', 'split')"
    )
    year = YEAR.format("w.posting_date")
    line = payroll.LINE.format(row="w", line="coalesce(o.line_id, m.line_id)")
    statement = REMATCH.format(
        converted=CONVERTED.format("w"),
        line=line,
        on_match=on_match("w", year, parameters),
        on_order=invoices.ON_ORDER.format("w", year=year),
        rate=RATE.format("w"),
        period=PERIOD.format("w.posting_date"),
        waits=WAITS.format(
            day="w.posting_date",
            converted=CONVERTED.format("w"),
            line=f"coalesce({line}, w.line_id)",
            planned="coalesce(m.planned, false)",
        ),
    )
    with connection.cursor() as cursor:
        make_matches(cursor, waiting, parameters)
        invoices.know_orders(cursor, parameters)
        cursor.execute(statement, parameters)
        return cursor.fetchall()

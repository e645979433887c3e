"""Raw text to staged rows, in Postgres: one statement cleans and checks a whole chunk by the mapping.

Of a file that came before, what the source holds is taken for a duplicate at once, which saves writing its rows a
second time; booking looks again, at any file, row for row.
The order in which a row is asked: can its amount be read, is its currency one, does the sign beside the amount
agree, has
it more decimals than the currency, does a ledger hold it, can its date be read. The first no is its reason.
"""

import json
from decimal import Decimal
from functools import lru_cache

from babel.core import get_global

from planning.shared import amounts, currencies, dates
from planning.shared.money import LARGEST

from .models import Kind

# The cells of a row that the import reads, by key of the mapping; the vendor's key is worked out while reading.
FIELDS = (
    "date",
    "amount",
    "vendor",
    "document",
    "description",
    "category",
    "department",
    "currency",
    "account",
    "cost_centre",
    "order",
    "period",
    "kind",
    "tax",
    "gross",
)
LONGEST = 25  # digits of an amount that is worth reading: sums of them stay exact in the 28 that Decimal counts with
RAW = "spend_raw"
MAKE_RAW = (
    f"CREATE TEMP TABLE {RAW} (row int, vendor_key text, "
    + ", ".join(f'"{name}" text' for name in FIELDS)
    + ") ON COMMIT DROP"
)
# Where clean rows go: to stay, or as long as the transaction that books them lasts.
STAGED, ARRIVED = "spend_staged", "spend_arrived"
COLUMNS = (
    "workspace_id, batch_id, row, outcome, problem, problem_column, said, posting_date, amount, currency, kind,"
    " vendor_name, vendor_key, document, description, category_text, department, account, cost_centre, order_number,"
    " period_text, tax, gross, row_hash"
)
MAKE_ARRIVED = f"CREATE TEMP TABLE {ARRIVED} ON COMMIT DROP AS SELECT {COLUMNS} FROM {STAGED} WITH NO DATA"  # noqa: S608
COPY_RAW = f"COPY {RAW} (row, vendor_key, " + ", ".join(f'"{name}"' for name in FIELDS) + ") FROM STDIN"

SQUEEZED = "btrim(translate({0}, E'\\u00a0\\u202f\\u2019', '  '''))"
# Most amounts are plain, and the whole grammar costs as much as all else about a row: it is asked for the others.
# A chunk has few days, each is read once.
# OFFSET 0 keeps Postgres from pulling an expression up and working it out again wherever it is named.
CLEAN = """
WITH days AS MATERIALIZED (SELECT r.date, {day} AS day FROM (SELECT DISTINCT date FROM spend_raw) AS r)
INSERT INTO {table} ({columns})
SELECT %(workspace)s, %(batch)s, r.row,
       CASE WHEN p.problem <> '' THEN 'rejected' WHEN {held} THEN 'duplicate' ELSE 'ready' END,
       p.problem, p.at, CASE p.at WHEN 'amount' THEN left(r.amount, 80) WHEN 'currency' THEN left(r.currency, 80)
                                  WHEN 'date' THEN left(r.date, 80) ELSE '' END,
       d.day, v.value, c.currency, k.kind, w.vendor, w.key, t.document, w.description, t.category, t.department,
       btrim(r.account), btrim(r.cost_centre), btrim(r."order"), btrim(r.period), {tax}, {gross},
       h.hash
  FROM spend_raw r JOIN days d USING (date)
 CROSS JOIN LATERAL (SELECT length(r.amount) <= {longest} AND btrim(r.amount) ~ %(plain)s AS plain OFFSET 0) AS q
 CROSS JOIN LATERAL (SELECT CASE WHEN NOT q.plain THEN regexp_match({amount}, %(amount)s) END AS found OFFSET 0) AS a
 CROSS JOIN LATERAL (SELECT CASE WHEN q.plain THEN {plain} ELSE {value} END AS value OFFSET 0) AS v
 CROSS JOIN LATERAL (SELECT coalesce(nullif(upper(left(btrim(r.currency), 12)), ''), %(currency)s) AS currency
   OFFSET 0) AS c
 CROSS JOIN LATERAL (SELECT coalesce(nullif(a.found[3], ''), nullif(a.found[6], '')) AS sign) AS s
 CROSS JOIN LATERAL (SELECT CASE WHEN lower(btrim(r.kind)) = ANY(%(kinds)s) THEN lower(btrim(r.kind))
                                 WHEN %(kind)s = 'invoice' AND v.value < 0 THEN 'credit' ELSE %(kind)s END AS kind
                                   OFFSET 0) AS k
 CROSS JOIN LATERAL (SELECT CASE WHEN k.kind = 'payroll' THEN '' ELSE btrim(r.vendor) END AS vendor,
                            CASE WHEN k.kind = 'payroll' THEN '' ELSE r.vendor_key END AS key,
                            CASE WHEN k.kind = 'payroll' THEN '' ELSE btrim(r.description) END AS description) AS w
 CROSS JOIN LATERAL (SELECT btrim(r.document) AS document, btrim(r.category) AS category,
                            coalesce({department}nullif(btrim(r.department), ''), %(department)s) AS department) AS t
 CROSS JOIN LATERAL (SELECT CASE
        WHEN lower(btrim(r.amount)) = ANY(%(nothing)s) THEN ARRAY['empty', 'amount']
        WHEN v.value IS NULL THEN ARRAY['unreadable', 'amount']
        WHEN NOT c.currency = ANY(%(known)s) THEN ARRAY['unknown', 'currency']
        WHEN s.sign IS NOT NULL AND NOT (s.sign = c.currency OR coalesce(%(signs)s::jsonb -> s.sign ? c.currency,
          false))
             THEN ARRAY['sign', 'amount']
        WHEN scale(trim_scale(v.value)) > coalesce((%(digits)s::jsonb ->> c.currency)::int, 2) THEN
          ARRAY['decimals', 'amount']
        WHEN abs(v.value) >= %(largest)s THEN ARRAY['size', 'amount']
        WHEN d.day IS NULL AND %(dated)s AND lower(btrim(r.date)) = ANY(%(nothing)s) THEN ARRAY['empty', 'date']
        WHEN d.day IS NULL AND %(dated)s THEN ARRAY['unreadable', 'date']
        ELSE ARRAY['', ''] END AS no OFFSET 0) AS n
 CROSS JOIN LATERAL (SELECT n.no[1] AS problem, n.no[2] AS at) AS p
 CROSS JOIN LATERAL (SELECT md5(concat_ws(
        E'\\x1f', d.day, trim_scale(v.value), c.currency, k.kind, w.vendor, t.document, w.description, t.category,
        t.department, btrim(r.account), btrim(r.cost_centre), btrim(r."order")))::uuid AS hash OFFSET 0) AS h
"""
HELD = """EXISTS (
           SELECT FROM spend_entry e WHERE e.workspace_id = %(workspace)s AND e.source_id = %(source)s
              AND e.row_hash = h.hash AND e.nth = 1 AND e.undone_at IS NULL)"""


def value_of(found: str, decimal: str) -> str:
    """A Postgres expression: the exact amount in `found`, the groups of `amounts.pattern`; NULL when it is not one."""
    plain = ungrouped(f"{found}[5]", decimal)
    minuses = " + ".join(f"(coalesce({found}[{group}], '') IN ('-', '−'))::int" for group in (2, 4, 7))
    opened, closed = f"(coalesce({found}[1], '') <> '')", f"(coalesce({found}[8], '') <> '')"
    return (
        f"CASE WHEN {found} IS NULL OR length({found}[5]) > {LONGEST} OR {opened} <> {closed} "
        f"OR {minuses} + {opened}::int > 1 THEN NULL "
        f"WHEN {minuses} + {opened}::int = 1 THEN -({plain})::numeric ELSE ({plain})::numeric END"
    )


def ungrouped(number: str, decimal: str) -> str:
    """A Postgres expression: the text of a number as Postgres reads it."""
    grouping = ",'' " if decimal == "." else ".'' "
    plain = f"translate({number}, '{grouping}', '')"
    return plain if decimal == "." else f"replace({plain}, ',', '.')"


def statement(mapping: dict, batch, came_before: bool, table: str) -> tuple[str, dict]:
    """The statement that cleans what lies in the raw table into `table`, and its parameters."""
    decimal, style = mapping["decimal"], dates.style_of(mapping.get("date_format") or "")
    amount = amounts.pattern(decimal, mapping["negative"])
    columns = mapping["columns"]
    sql = CLEAN.format(
        table=table,
        columns=COLUMNS,
        amount=SQUEEZED.format("r.amount"),
        value=signed(value_of("a.found", decimal), mapping),
        department=department_by(mapping),
        plain=signed(f"({ungrouped('btrim(r.amount)', decimal)})::numeric", mapping),
        longest=LONGEST,
        held=HELD if came_before else "false",
        day=day_expression(style, mapping),
        tax=side_amount("tax", decimal, mapping),
        gross=side_amount("gross", decimal, mapping),
    )
    return sql, {
        "workspace": batch.workspace_id,
        "batch": batch.pk,
        "source": batch.source_id,
        "amount": amount,
        "plain": amounts.plain(decimal),
        "currency": mapping["currency"],
        "date": style.posix if style else "",
        "kinds": list(Kind.values),
        "kind": mapping.get("kind") or Kind.INVOICE.value,
        "department": mapping.get("department") or "",
        "begins": [start.lower() for start in rule_of(mapping)],
        "departments": list(rule_of(mapping).values()),
        "nothing": list(amounts.NOTHING),
        "known": sorted(currencies.codes()),
        "signs": signs(),
        "digits": digits(),
        "largest": LARGEST,
        "dated": "date" in columns,
        "day": mapping.get("posting_date"),
    }


def day_expression(style, mapping):
    if "date" not in mapping["columns"]:
        return "%(day)s::date"
    groups = found_in("r.date", "%(date)s")
    iso = f"(SELECT {style.iso('found')} AS iso FROM {groups} OFFSET 0) AS g"  # noqa: S608 - our own patterns
    return f"(SELECT CASE WHEN pg_input_is_valid(iso, 'date') THEN iso::date END FROM {iso})"  # noqa: S608 - our own


def signed(value: str, mapping: dict) -> str:
    """Some systems write what was spent below zero: such a source turns every amount round."""
    return f"-({value})" if mapping.get("sign") == "reversed" else value


def rule_of(mapping: dict) -> dict:
    return (mapping.get("departments") or {}).get("begins") or {}


def department_by(mapping: dict) -> str:
    """The source's own rule: the department whose beginning fits the cell, the longest first; else the row's own."""
    if not rule_of(mapping):
        return ""
    column = mapping["departments"]["column"]
    return (
        "(SELECT d.name FROM unnest(%(begins)s::text[], %(departments)s::text[]) AS d (start, name)"  # noqa: S608 - our column
        f" WHERE starts_with(lower(btrim(r.{column})), d.start) ORDER BY length(d.start) DESC LIMIT 1), "
    )


def side_amount(key, decimal, mapping):
    """Tax and gross stand beside the amount and refuse nothing: what cannot be read is left out."""
    if key not in mapping["columns"]:
        return "NULL::numeric"
    groups = found_in(f"r.{key}", "%(amount)s")
    read = signed(value_of("found", decimal), mapping)
    value = f"(SELECT {read} AS value FROM {groups} OFFSET 0) AS g"  # noqa: S608 - our own patterns
    return f"(SELECT CASE WHEN abs(value) < {LARGEST} THEN round(value, 3) END FROM {value})"  # noqa: S608 - our own


def found_in(cell, pattern):
    return f"(SELECT regexp_match({SQUEEZED.format(cell)}, {pattern}) AS found OFFSET 0) AS f"


@lru_cache(maxsize=1)
def digits() -> str:
    """{currency: decimals} for those that have not two, as JSON."""
    fractions = get_global("currency_fractions")
    return json.dumps({code: rule[0] for code, rule in fractions.items() if code != "DEFAULT" and rule[0] != 2})


@lru_cache(maxsize=1)
def signs() -> str:
    """{sign: [currencies it may mean]} as JSON."""
    return json.dumps(currencies.MEANT)


def plain_amount(value: Decimal | None) -> str | None:
    """An amount as text, without the zeros a column adds, with two decimals at least."""
    if value is None:
        return None
    trimmed = value.normalize()
    places = max(2, -trimmed.as_tuple().exponent)
    return format(value.quantize(Decimal(1).scaleb(-places)), "f")

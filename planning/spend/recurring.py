"""Which payments come back by themselves? Subscriptions in the ledger, with the day the next is due, guessed.

At least three payments to one vendor of about one amount (a fifth up or down), at steady distances: weekly, monthly,
quarterly, yearly. `registered`: the vendor has a contract. What should have come by now, a fifth of its distance late
by the newest row of its own source, has ended; what people typed does not say how far a ledger goes. Amounts in the
workspace's currency.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from planning.vendors.notice_dates import months_after

from .models import TYPED

RHYTHMS = [
    ("week", _("weekly"), 6, 8, 52),
    ("month", _("monthly"), 26, 35, 12),
    ("quarter", _("quarterly"), 84, 99, 4),
    ("year", _("yearly"), 350, 380, 1),
]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
SHOWN = 500
IN_MEMORY = "SET LOCAL work_mem = '64MB'"  # every payment is put into order
# The size is no money but a drawer of it: a logarithm, of which a hundred digits would cost more than all the rest.
FIND = """
WITH typed AS (
    SELECT id FROM spend_source WHERE workspace_id = %(workspace)s AND fingerprint = %(typed)s
), paid AS (
    SELECT e.vendor_id, CASE WHEN e.vendor_id IS NULL THEN e.vendor_key END AS vendor_key, max(e.vendor_name) AS name,
           floor(ln(greatest(sum(e.converted), 1)::float8) / 0.37 + 0.5) AS size,
           e.posting_date AS day, sum(e.converted) AS amount, max(e.id) AS entry_id,
           max(e.source_id) AS source_id, max(e.source_id) FILTER (WHERE e.source_id NOT IN (SELECT id FROM typed))
             AS ledger_id
      FROM spend_entry e
     WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.waits <> 'split'
       AND e.kind IN ('invoice', 'card') AND e.converted > 0 AND e.posting_date IS NOT NULL AND e.vendor_key <> ''
     GROUP BY e.vendor_id, 2, e.posting_date, e.document
), gaps AS (
    SELECT *, day - lag(day) OVER (PARTITION BY vendor_id, vendor_key, size ORDER BY day, entry_id) AS gap FROM paid
), steady AS (
    SELECT vendor_id, max(name) AS name, count(*) AS times, avg(amount) AS amount,
           percentile_disc(0.5) WITHIN GROUP (ORDER BY gap) AS gap, max(day) AS last_day, max(entry_id) AS entry_id,
           min(day) AS first_day, coalesce(max(ledger_id), max(source_id)) AS source_id,
           coalesce(stddev_pop(gap), 0) AS wander
      FROM gaps GROUP BY vendor_id, vendor_key, size
    HAVING count(*) >= 3 AND stddev_pop(amount) <= avg(amount) * 0.2
), newest AS (
    SELECT source_id, max(posting_date) AS day FROM spend_entry
     WHERE workspace_id = %(workspace)s AND undone_at IS NULL GROUP BY source_id
)
SELECT s.vendor_id, coalesce(v.name, s.name), s.times, s.amount, s.gap, s.first_day, s.last_day, s.entry_id,
       EXISTS (SELECT FROM vendors_contract c WHERE c.workspace_id = %(workspace)s AND c.vendor_id = s.vendor_id),
       n.day
  FROM steady s JOIN newest n USING (source_id) LEFT JOIN vendors_vendor v ON v.id = s.vendor_id
 WHERE s.gap >= 6 AND s.wander <= greatest(s.gap * 0.2, 2)
 ORDER BY s.amount DESC, s.entry_id
"""


@dataclass(frozen=True)
class Recurring:
    """`amount` is the mean of a payment; `next_on` the day the next one is guessed for."""

    vendor_id: int | None
    name: str
    rhythm: str
    word: str
    times: int
    amount: Decimal
    a_year: Decimal
    first_on: date
    last_on: date
    next_on: date
    entry_id: int
    registered: bool
    ended: bool


def recurring(workspace) -> list[Recurring]:
    """Payments that come back, those nobody registered a contract for first, then by money a year."""
    with connection.cursor() as cursor:
        cursor.execute(IN_MEMORY)
        cursor.execute(FIND, {"workspace": workspace.pk, "typed": TYPED})
        found = [one for row in cursor.fetchall() if (one := understood(*row))]
    return sorted(found, key=lambda one: (one.ended, one.registered, -one.a_year))[:SHOWN]


def understood(vendor_id, name, times, amount, gap, first, last, entry_id, registered, newest) -> Recurring | None:
    rhythm = next((row for row in RHYTHMS if row[2] <= gap <= row[3]), None)
    if rhythm is None:
        return None
    key, word, _low, _high, a_year = rhythm
    due = months_after(last, MONTHS[key]) if key in MONTHS else last + timedelta(days=gap)
    amount = amount.quantize(Decimal("0.01"))
    return Recurring(
        vendor_id, name, key, str(word), times, amount, amount * a_year, first, last, due, entry_id, registered,
        ended=due + timedelta(days=max(3, gap // 5)) < newest,
    )  # fmt: skip

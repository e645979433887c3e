"""Which purchase is this row an invoice of? By its order number; else by vendor and amount, when only one fits.

An order number also says on which line the row belongs, of an invoice or of a credit, which gives back what the invoice
used. Vendor and amount look only at rows that are on a line already,
at purchases of that line approved by then, and take a one-off price once. Similar names book nothing.
"""

from collections import defaultdict
from decimal import Decimal

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Coalesce

from planning.purchases.invoicing import Invoice, follow_invoices, use_up
from planning.purchases.models import Purchase
from planning.purchases.settling import family, settle
from planning.shared.locking import lock_all

from .models import BILLS, SETTLED, Entry

# Approved purchases by what an invoice may call them: the company's order number, or ours (P-0042). A number that two
# purchases share names neither. The line is said where all of it is charged to one line.
ORDERS = """
CREATE TEMP TABLE spend_order ON COMMIT DROP AS
WITH called AS (
    SELECT lower(btrim(order_number)) AS name, id FROM purchases_purchase
     WHERE workspace_id = %(workspace)s AND approved_at IS NOT NULL AND btrim(order_number) <> ''
     UNION SELECT 'p-' || lpad(number::text, greatest(4, length(number::text)), '0'), id FROM purchases_purchase
     WHERE workspace_id = %(workspace)s AND approved_at IS NOT NULL
), one AS (SELECT name, min(id) AS purchase_id FROM called GROUP BY name HAVING count(*) = 1)
SELECT one.name, one.purchase_id, charged.line_id, charged.year
  FROM one LEFT JOIN LATERAL (
      SELECT min(i.line_id) AS line_id, min(b.year) AS year
        FROM purchases_item i JOIN budgets_line l ON l.id = i.line_id JOIN budgets_budget b ON b.id = l.budget_id
       WHERE i.workspace_id = %(workspace)s AND i.purchase_id = one.purchase_id HAVING count(*) = 1) AS charged ON true
"""
ON_ORDER = (
    "o.name = lower(btrim({0}.order_number)) AND {0}.kind IN ('invoice', 'card', 'credit')"
    " AND (o.year IS NULL OR o.year = {year})"
)
BY_AMOUNT = """
WITH fits AS (
    SELECT e.id, min(p.id) AS purchase_id, bool_or(p.price = 'once') AS once
      FROM spend_entry e
      JOIN purchases_purchase p ON p.workspace_id = e.workspace_id AND p.vendor_id = e.vendor_id
       AND p.currency = e.currency AND p.amount = e.amount
       AND (p.state IN ('approved', 'ordered', 'received') OR p.approved IS NOT NULL)
       AND e.posting_date >= (p.approved_at AT TIME ZONE %(zone)s)::date
     WHERE e.workspace_id = %(workspace)s AND {chosen} AND e.waits = '' AND e.undone_at IS NULL
       AND e.purchase_id IS NULL AND e.order_number = '' AND e.kind = ANY(%(bills)s)
       AND EXISTS (SELECT FROM purchases_item i WHERE i.purchase_id = p.id AND i.line_id = e.line_id)
     GROUP BY e.id HAVING count(*) = 1
), ranked AS (
    SELECT id, purchase_id, once, row_number() OVER (PARTITION BY purchase_id ORDER BY id) AS place FROM fits
)
UPDATE spend_entry e SET purchase_id = r.purchase_id
  FROM ranked r
 WHERE e.id = r.id AND (NOT r.once OR r.place = 1 AND NOT EXISTS (
       SELECT FROM spend_entry known WHERE known.workspace_id = %(workspace)s AND known.purchase_id = r.purchase_id
          AND known.undone_at IS NULL))
"""


def know_orders(cursor, parameters) -> None:
    """Fill the temporary table spend_order, which BOOK and REMATCH join."""
    cursor.execute("DROP TABLE IF EXISTS spend_order")
    cursor.execute(ORDERS, parameters)
    cursor.execute("ANALYZE spend_order")


def recognise(workspace, *, batch=None, entries=()) -> None:
    """Find the purchases of posted rows without an order number: of a whole import, or of these entries."""
    chosen = "e.batch_id = %(batch)s" if batch else "e.id = ANY(%(entries)s)"
    parameters = {
        "workspace": workspace.pk,
        "zone": workspace.timezone,
        "bills": [str(kind) for kind in BILLS],
        "batch": batch and batch.pk,
        "entries": list(entries),
    }
    with connection.cursor() as cursor:
        cursor.execute(BY_AMOUNT.format(chosen=chosen), parameters)


def held(workspace, ids) -> dict[int, Purchase]:
    """These purchases, locked, by id; with a framework or one of its call-offs the whole family."""
    known = Purchase.objects.of(workspace)
    rows = lock_all(known.filter(pk__in=family(workspace, ids) if ids else ()))
    return {purchase.pk: purchase for purchase in rows}


def shrink(batch, purchase, number: int, member) -> None:
    """The purchase's commitment is used up by the bills of this import, under its posting `number`."""
    bills = Entry.objects.of(batch.workspace).posted().filter(purchase=purchase, kind__in=BILLS, amount__gt=0)
    sums = (
        bills.filter(batch=batch)
        .values_list("line_id", Coalesce("prior_in", "month"), "currency")
        .annotate(Sum("amount"), Sum("converted"))
        .order_by("line_id", Coalesce("prior_in", "month"), "currency")
    )
    billed = bills.filter(currency=purchase.currency).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    invoices = [Invoice(line, month, amount, currency, converted) for line, month, currency, amount, converted in sums]
    use_up(purchase, invoices, billed, batch, str(number), member)


def follow(purchases: dict, member) -> None:
    """Once the rows are posted or taken back: what is left of the commitments, and which purchases are invoiced."""
    if purchases:
        settle(purchases, said_of(purchases), member)
    for _pk, purchase in sorted(purchases.items()):
        follow_invoices(purchase)


def said_of(purchases) -> dict[int, list[Invoice]]:
    """{purchase: its posted invoices and credits}, one for each import, line, month and currency."""
    workspace = next(iter(purchases.values())).workspace
    rows = Entry.objects.of(workspace).posted().filter(purchase__in=purchases, kind__in=SETTLED).order_by()
    sums = rows.values_list("purchase", "line_id", Coalesce("prior_in", "month"), "currency", "batch")
    found = defaultdict(list)
    for pk, line, month, currency, _batch, amount, converted in sums.annotate(Sum("amount"), Sum("converted")):
        found[pk].append(Invoice(line, month, amount, currency, converted))
    return found

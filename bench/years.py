"""Years of a plan, as large as they come, written straight into the tables.

One line, one entry and the budget they belong to are made through the actions; the others are copies of them with other
names, sides, amounts and months. Foreign keys and triggers rest meanwhile, so a year takes seconds: what is measured
is reading.
"""

from types import SimpleNamespace

from planning.budgets.models import Budget, Line, Revision
from planning.calendar.models import Category
from planning.people.scope import scope
from planning.spend.models import Entry
from planning.vendors.models import Vendor
from tests.budgets import make
from tests.harness import database, environment
from tests.spend import make as spend

CATEGORIES, VENDORS = 40, 200
COPIES = """
CREATE TEMP TABLE made AS
SELECT n, nextval(pg_get_serial_sequence('budgets_line', 'id')) AS line,
       nextval(pg_get_serial_sequence('budgets_revision', 'id')) AS revision,
       (ARRAY['marketing', 'technology', 'joint'])[n %% 3 + 1] AS side, (ARRAY[100, 0, 50])[n %% 3 + 1] AS marketing
  FROM generate_series(1, %(lines)s) AS n;
INSERT INTO budgets_line
SELECT r.* FROM made, budgets_line one, LATERAL jsonb_populate_record(NULL::budgets_line, to_jsonb(one)
           || jsonb_build_object('id', made.line, 'budget_id', %(budget)s::bigint,
                  'forecast', CASE WHEN made.n %% 20 = 1 THEN 'steady' ELSE 'plan' END)) AS r
 WHERE one.id = %(line)s;
INSERT INTO budgets_revision
SELECT r.* FROM made, budgets_revision one, LATERAL jsonb_populate_record(NULL::budgets_revision, to_jsonb(one)
           || jsonb_build_object('id', made.revision, 'line_id', made.line, 'version_id', %(version)s::bigint,
                  'name', 'Line ' || made.n, 'side', made.side, 'marketing_weight', made.marketing,
                  'technology_weight', 100 - made.marketing, 'is_open', false, 'in_force', '[1,)',
                  'category_id', (%(categories)s::bigint[])[made.n %% cardinality(%(categories)s::bigint[]) + 1],
                  'vendor_id', (%(vendors)s::bigint[])[made.n %% cardinality(%(vendors)s::bigint[]) + 1])) AS r
 WHERE one.id = %(revision)s;
CREATE TEMP TABLE booked AS
SELECT made.line, months.month, 10 + e.e %% 90 AS amount
  FROM generate_series(1, %(entries)s) AS e(e) JOIN made ON made.n = e.e %% %(lines)s + 1
  JOIN unnest(%(months)s::date[]) WITH ORDINALITY AS months(month, at)
    ON months.at = (e.e / %(lines)s) %% greatest(1, %(over)s) + 1;
INSERT INTO spend_entry
SELECT r.* FROM booked, spend_entry one, LATERAL jsonb_populate_record(NULL::spend_entry, to_jsonb(one)
           || jsonb_build_object('id', nextval(pg_get_serial_sequence('spend_entry', 'id')), 'line_id', booked.line,
                  'month', booked.month, 'posting_date', booked.month, 'amount', booked.amount,
                  'converted', booked.amount, 'row_hash', gen_random_uuid(), 'waits', '')) AS r
 WHERE one.id = %(entry)s;
INSERT INTO budgets_cell (workspace_id, budget_id, line_id, side, month, plan, transferred, reserved, committed, actual)
SELECT %(workspace)s, %(budget)s, made.line, sides.side, months.month, sides.share, 0, 0,
       CASE WHEN months.month < %(this)s OR made.n %% 4 > 0 THEN 0
            WHEN made.n %% 20 = 0 THEN sides.share * extract(month FROM months.month)::int / 5
            ELSE 30 * sides.share / 100 END,
       coalesce(spent.amount, 0) * sides.share / 100
  FROM made
 CROSS JOIN LATERAL (VALUES ('marketing', made.marketing), ('technology', 100 - made.marketing)) AS sides(side, share)
 CROSS JOIN unnest(%(months)s::date[]) AS months(month)
  LEFT JOIN (SELECT line, month, sum(amount) AS amount FROM booked GROUP BY line, month) AS spent
    ON spent.line = made.line AND spent.month = months.month
 WHERE sides.share > 0;
INSERT INTO budgets_balance (workspace_id, line_id, side, plan, transferred, reserved, committed, actual)
SELECT c.workspace_id, c.line_id, c.side, sum(c.plan), 0, 0, sum(c.committed), sum(c.actual)
  FROM budgets_cell c JOIN made ON made.line = c.line_id GROUP BY c.workspace_id, c.line_id, c.side;
DROP TABLE made, booked;
"""


def begun(cast) -> SimpleNamespace:
    """An agreed budget of one line with one entry, and what the copies are made of."""
    with scope(cast.workspace, cast.cmo.user):
        line = make.agreed_line(cast, total="1200.00")
        spend.brought(cast.finance, spend.ledger(spend.row("10.00")))
        workspace = cast.workspace
        names = [Category(workspace=workspace, name=f"Category {number}") for number in range(CATEGORIES)]
        Category.objects.bulk_create(names)
        vendors = [
            Vendor(workspace=workspace, name=f"Vendor {number}", key=f"vendor {number}") for number in range(VENDORS)
        ]
        Vendor.objects.bulk_create(vendors)
        return SimpleNamespace(
            budget=Budget.objects.select_related("workspace").get(pk=line.budget_id),
            line=Line.objects.get(pk=line.pk),
            revision=Revision.objects.select_related("version").get(line=line),
            entry=Entry.objects.get(),
            categories=[one.pk for one in names],
            vendors=[one.pk for one in vendors],
        )


def filled(first, budget, version, lines: int, entries: int) -> None:
    """`lines` lines in force with their cells, and `entries` actual entries on them."""
    this = budget.workspace.today().replace(day=1)
    facts = {
        "workspace": budget.workspace_id,
        "budget": budget.pk,
        "version": version,
        "line": first.line.pk,
        "revision": first.revision.pk,
        "entry": first.entry.pk,
        "lines": lines,
        "entries": entries,
        "months": budget.months,
        "this": this,
        "over": sum(month < this for month in budget.months),
        "categories": first.categories,
        "vendors": first.vendors,
    }
    with database.admin(environment.DATABASE) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in COPIES.split(";\n"):
            if statement.strip():
                connection.execute(statement, facts)
        connection.execute("ANALYZE")


def earlier(first, years: int, lines: int, entries: int) -> None:
    """As many closed years before it."""
    workspace = first.budget.workspace
    for back in range(1, years + 1):
        with scope(workspace):
            version = first.revision.version
            budget = Budget.objects.select_related("workspace").get(pk=first.budget.pk)
            budget.pk, budget.year, budget.state = None, first.budget.year - back, Budget.State.CLOSED
            budget.save()
            version.pk, version.budget, version.paper = None, budget, None
            version.save()
            budget = Budget.objects.select_related("workspace").get(pk=budget.pk)
        filled(first, budget, version.pk, lines, entries)

"""A plan of 10,000 lines in 12 months with 500,000 actual entries is read, against the bare sums of its cells.

Measured: the variance by every grouping, and the budget's page from request to answer; then the same with ten more
closed years behind it. The baseline sums the same measures of the same cells by the same key, as the database's
superuser, whom no policy binds. Each should stay within three times its baseline plus 60 ms, and not grow with the
years.
"""

from collections.abc import Iterator

from django.test import Client

from planning.budgets.models import Budget
from planning.budgets.reviewing.variance import GROUPS, clean_through, variance
from planning.people.scope import scope
from tests.cast import make_cast
from tests.harness import database, environment

from . import years
from .timing import seconds

LINES, ENTRIES, BEHIND = 10_000, 500_000, 10
ENTRIES_BEHIND = 50_000  # a year, of the ten
TIMES = 5
KEYS = {"side": "c.side", "line": "c.line_id", "month": "c.month", "category": "r.category_id", "vendor": "r.vendor_id",
        "kpi": "r.kpi_id"}  # fmt: skip
BARE = """
SELECT {key}, sum(c.plan) FILTER (WHERE c.month <= %(through)s), sum(c.committed) FILTER (WHERE c.month <= %(through)s),
       sum(c.actual) FILTER (WHERE c.month <= %(through)s), sum(c.plan), sum(c.committed), sum(c.actual)
  FROM budgets_cell c JOIN budgets_line l ON l.id = c.line_id
  JOIN budgets_revision r ON r.line_id = l.id AND upper_inf(r.in_force)
 WHERE c.workspace_id = %(workspace)s AND c.budget_id = %(budget)s GROUP BY {key}
"""


def measure() -> Iterator[str]:
    cast = make_cast("plan")
    first = years.begun(cast)
    years.filled(first, first.budget, first.revision.version_id, LINES, ENTRIES)
    alone = {}
    for name, taken, bare in read(cast, first.budget):
        alone[name] = taken
        yield said(name, taken, bare)
    years.earlier(first, BEHIND, LINES, ENTRIES_BEHIND)
    yield f"with {BEHIND} closed years behind:"
    for name, taken, bare in read(cast, first.budget):
        yield f"{said(name, taken, bare)}; {taken / alone[name]:,.2f} of it alone"


def said(name, taken, bare) -> str:
    within = "within" if taken <= 3 * bare + 0.06 else "OVER"
    return (
        f"{name}: {taken * 1000:,.0f} ms, bare sum: {bare * 1000:,.0f} ms; ratio {taken / bare:,.1f}, "
        f"{within} 3 × + 60 ms"
    )


def read(cast, budget) -> Iterator[tuple[str, float, float]]:
    """(what, seconds, seconds of its bare sum)."""
    bare = {by: bare_sum(budget, by) for by in KEYS}
    for by in GROUPS:
        if by in KEYS:
            yield f"variance by {by}", seconds(lambda by=by: variance_of(budget, by), TIMES), bare[by]
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(cast.cmo.user)
    for what, address in pages(cast.workspace.slug, budget):
        yield what, seconds(lambda address=address: shown(browser, address), TIMES), bare["line"]


def pages(slug, budget):
    yield "the grid's first screen", f"/{slug}/budgets/{budget.pk}/grid/"
    yield "the budget's page", f"/{slug}/budgets/{budget.pk}/"


def bare_sum(budget, by) -> float:
    facts = {"workspace": budget.workspace_id, "budget": budget.pk, "through": clean_through(budget, None)}
    with database.admin(environment.DATABASE) as connection:
        statement = BARE.format(key=KEYS[by])
        return seconds(lambda: connection.execute(statement, facts).fetchall(), TIMES)


def variance_of(budget, by: str) -> None:
    with scope(budget.workspace_id, read_only=True):
        variance(Budget.objects.select_related("workspace").get(pk=budget.pk), by)


def shown(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")

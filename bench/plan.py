"""A budget of 1,000 lines in 12 months is read, against the bare sum of its cells.

Measured: the variance by side and by line, and the whole page of the budget, from request to answer. The baseline
groups the cells by side, as the database's superuser, whom no policy binds.
"""

from collections.abc import Iterator

from django.test import Client

from planning.budgets.variance import variance
from planning.people.scope import scope
from tests.budgets.make import agree, budget, line
from tests.cast import make_cast
from tests.harness import database, environment

from .timing import against, seconds

LINES = 1_000
TIMES = 7
BARE = """
SELECT c.side, sum(c.plan), sum(c.committed), sum(c.actual)
  FROM budgets_cell c JOIN budgets_line l ON l.id = c.line_id
 WHERE l.workspace_id = %s AND l.budget_id = %s GROUP BY c.side
"""


def measure() -> Iterator[str]:
    cast = make_cast("plan")
    with scope(cast.workspace, cast.cmo.user):
        plan = agreed(cast)
    with database.admin(environment.DATABASE) as connection:
        connection.execute("ANALYZE")
        bare = seconds(lambda: connection.execute(BARE, [cast.workspace.pk, plan.pk]).fetchall(), TIMES)
    for by in ("side", "line"):
        yield against(f"variance by {by}", seconds(lambda by=by: read(plan, by), TIMES), bare, "bare sum")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(cast.cmo.user)
    page = seconds(lambda: shown(browser, f"/{cast.workspace.slug}/budgets/{plan.pk}/"))
    yield against("the budget's page", page, bare, "bare sum")


def agreed(cast):
    """Lines of every side's, spread over the year, in force."""
    plan = budget(cast)
    for number in range(LINES):
        line(cast, plan, f"Line {number}", total="1200.00", side=("marketing", "technology")[number % 2])
    agree(cast, plan)
    return plan


def read(plan, by: str) -> None:
    with scope(plan.workspace_id, read_only=True):
        variance(plan, by)


def shown(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")

"""A plan of 10,000 lines in 12 months with 500,000 actual entries is read, against the bare sums of its cells.

Measured: the variance by every grouping, and the budget's page from request to answer; and the same of a plan as large
in a second workspace that has ten closed years behind it. The baseline sums the same measures of the same cells by the
same key, as the database's superuser, whom no policy binds. The three take turns, so that a busy minute hits them all.
Each should stay within three times its baseline plus 60 ms, and not grow with the years.
"""

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace

from django.test import Client

from planning.budgets.models import Budget
from planning.budgets.reviewing.variance import GROUPS, clean_through, variance
from planning.people.scope import scope
from tests.cast import make_cast
from tests.harness import database, environment

from . import years
from .timing import side_by_side, within

Act = Callable[[], object]

LINES, ENTRIES, BEHIND = 10_000, 500_000, 10
ENTRIES_BEHIND = 50_000  # a year, of the ten
TIMES = 5
KEYS = {"side": "c.side", "line": "c.line_id", "month": "c.month", "category": "r.category_id", "vendor": "r.vendor_id",
        "kpi": "r.kpi_id"}  # fmt: skip
BARE = """
SELECT {key}, sum(c.plan) FILTER (WHERE c.month <= %(through)s), sum(c.committed) FILTER (WHERE c.month <= %(through)s),
       sum(c.actual) FILTER (WHERE c.month <= %(through)s), sum(c.plan), sum(c.committed), sum(c.actual)
  FROM budgets_cell c {revisions} WHERE c.workspace_id = %(workspace)s AND c.budget_id = %(budget)s GROUP BY {key}
"""
REVISIONS = """
  JOIN budgets_revision r ON r.workspace_id = c.workspace_id AND r.line_id = c.line_id AND upper_inf(r.in_force)
"""


def measure() -> Iterator[str]:
    alone, old = (planned(make_cast(slug)) for slug in ("plan", "older"))
    years.earlier(old.first, BEHIND, LINES, ENTRIES_BEHIND)
    with database.admin(environment.DATABASE) as superuser:
        superuser.prepare_threshold = None  # a plan made for no workspace in particular would flatter the product
        for (what, act, bare), (_, same, _) in zip(acts(superuser, alone), acts(superuser, old), strict=True):
            taken, behind, baseline = side_by_side([act, same, bare], TIMES)
            yield f"{within(what, taken, baseline)}; with {BEHIND} closed years behind {behind / taken:,.2f} of it"


def planned(cast) -> SimpleNamespace:
    """The plan's budget and the CMO's browser."""
    first = years.begun(cast)
    years.filled(first, first.budget, first.revision.version_id, LINES, ENTRIES)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(cast.cmo.user)
    return SimpleNamespace(first=first, budget=first.budget, browser=browser, slug=cast.workspace.slug)


def acts(superuser, plan) -> Iterator[tuple[str, Act, Act]]:
    """(what, the act, its bare sum)."""
    facts = {
        "workspace": plan.budget.workspace_id,
        "budget": plan.budget.pk,
        "through": clean_through(plan.budget, None),
    }

    def bare(by: str) -> None:
        key = KEYS[by]
        superuser.execute(BARE.format(key=key, revisions=REVISIONS if key.startswith("r.") else ""), facts).fetchall()

    for by in GROUPS:
        if by in KEYS:
            yield f"variance by {by}", partial(variance_of, plan.budget, by), partial(bare, by)
    for what, address in pages(plan.slug, plan.budget):
        yield what, partial(shown, plan.browser, address), partial(bare, "line")


def pages(slug, budget):
    yield "the grid's first screen", f"/{slug}/budgets/{budget.pk}/grid/"
    yield "the budget's page", f"/{slug}/budgets/{budget.pk}/"


def variance_of(budget, by: str) -> None:
    with scope(budget.workspace_id, read_only=True):
        variance(Budget.objects.select_related("workspace").get(pk=budget.pk), by)


def shown(browser: Client, address: str) -> None:
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")

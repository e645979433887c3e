"""Purchases are approved, against as many bare updates.

Measured: every key of each purchase (one, at this amount), with what it sets off: locks, the paper, the hold on the
line, the trail, the notices. The baseline changes a word in one row. Both are one transaction each.
"""

from collections.abc import Iterator

from planning.people.scope import scope
from tests.cast import make_cast
from tests.harness import database, environment
from tests.purchases.make import agreed_line, approve, asked

from .timing import against, seconds

PURCHASES = 50


def measure() -> Iterator[str]:
    cast = make_cast("signing")
    with scope(cast.workspace, cast.cmo.user):
        line = agreed_line(cast, total="100000.00")
        waiting = [asked(cast.marketing_planner, line, title=f"Tool {number}") for number in range(PURCHASES)]
    taken = seconds(lambda: [approved(cast, purchase) for purchase in waiting])
    yield against("one approval", taken / PURCHASES, updated(), "bare update")


def approved(cast, purchase) -> None:
    with scope(cast.workspace, cast.cmo.user):
        if approve(purchase, cast).state != "approved":
            raise RuntimeError(f"{purchase} was not approved")


def updated() -> float:
    """Seconds of one update."""
    with database.admin(environment.DATABASE) as connection:
        connection.execute("CREATE TABLE bare_paper (id integer PRIMARY KEY, state text)")
        connection.execute("INSERT INTO bare_paper SELECT n, 'waiting' FROM generate_series(1, %s) AS n", [PURCHASES])
        change = "UPDATE bare_paper SET state = 'approved' WHERE id = %s"
        every = seconds(lambda: [connection.execute(change, [number + 1]) for number in range(PURCHASES)])
    return every / PURCHASES

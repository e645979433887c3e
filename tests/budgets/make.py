"""Budgets for tests, made through the actions themselves. Call inside the workspace's scope."""

from decimal import Decimal

from planning.budgets import actions
from planning.shared import periods


def budget(cast, year=None, name="Joint plan"):
    """A draft of this fiscal year."""
    workspace = cast.workspace
    return actions.create_budget(cast.cmo, year or periods.year_of(workspace, workspace.today()), name)


def line(cast, budget, name="Web shop", total="1200.00", side="marketing", **fields):
    fields = {"category": "Software", **fields}
    return actions.add_line(budget, cast.marketing_planner, name=name, side=side, total=total, **fields)


def agree(cast, budget, reason="A change of plan"):
    """Proposed, and every key turned."""
    version = actions.propose(budget, cast.cmo, reason)
    for member in (cast.cmo, cast.cio, cast.finance):
        if member.side in {seat.name for seat in version.paper.seats.all()}:
            version = actions.decide(budget, member, version.number, "approve")
    budget.refresh_from_db()
    return version


def agreed_line(cast, total="1000.00", **fields):
    """One line of an agreed budget."""
    plan = budget(cast)
    made = line(cast, plan, total=total, **fields)
    agree(cast, plan)
    return made


def standing(line):
    """{state: amount} of a line over both sides, without zeros."""
    from planning.budgets.availability import availability

    return {name: amount for name, amount in availability(line).items() if name != "by_side" and amount != Decimal(0)}

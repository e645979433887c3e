"""Purchases for tests, made through the actions themselves. Call inside the workspace's scope."""

from planning.purchases import actions
from tests.budgets.make import agree, agreed_line, budget, line, standing
from tests.cast import member

__all__ = ["agree", "agreed_line", "approve", "asked", "budget", "draft", "line", "office", "standing"]


def office(cast):
    """The cast with somebody who decides for security and somebody who decides for legal."""
    cast.security = member(cast.workspace, "Aiko Tanaka", "technology", "planner", holds=["security"])
    cast.legal = member(cast.workspace, "Lena Recht", "finance", "planner", holds=["legal"])
    return cast


def draft(member, line=None, amount="100.00", **facts):
    """A draft of one line; without customer data, so that one key is enough unless the test says otherwise."""
    items = [{"line": line.pk, "amount": None}] if line else []
    facts = {"title": "Tag manager", "vendor": "Northwind", "data_class": "none", "items": items} | facts
    return actions.draft(member, amount=amount, **facts)


def asked(member, line, amount="100.00", **facts):
    return actions.submit(draft(member, line, amount, **facts), member)


def approve(purchase, cast):
    """Every key turned by who may turn it."""
    by_seat = {"marketing": cast.cmo, "technology": cast.cio, "finance": cast.finance}
    for seat in purchase.paper.seats.all():
        decider = seat.holder or by_seat[seat.name]
        purchase = actions.decide(purchase, decider, seat.name, "approve", purchase.version)
    return purchase

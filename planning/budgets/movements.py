"""Writing the books. Every amount of this room moves through `append`; Postgres keeps the balances and holds the
stop.

Amounts are in the workspace's currency. A Postgres refusal becomes a `Shortfall` that names line, side and amount.
"""

import json
from contextlib import contextmanager
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from planning.shared.money import round_money
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money
from planning.trail.models import subject_of

from .models import FundingSide, Line, Movement


class Shortfall(Refused):
    """A line has less than a promise needs. `shortfalls` lists [{line, name, side, shortfall}]; `offer` proposes
    another split, {side: amount}, when the other side of a joint line has room for the rest, else it is None."""

    def __init__(self, message, shortfalls, offer=None, field=None):
        super().__init__(message, field)
        self.shortfalls = shortfalls
        self.offer = offer


def text_of(cause) -> str:
    """A cause as text: a model instance becomes "purchases.purchase:12", text stays as it is."""
    return cause if isinstance(cause, str) else subject_of(cause)


def append(workspace, movements) -> None:
    """Book `movements` (unsaved Movement objects) in one statement: all of them or, with a Refused, none."""
    movements = [movement for movement in movements if moves(movement)]
    at = workspace.now()
    for movement in movements:
        movement.workspace, movement.at = workspace, at
    movements.sort(key=lambda movement: (movement.line_id, movement.side, movement.month))
    with refusals():
        Movement.objects.bulk_create(movements)


def moves(movement) -> bool:
    deltas = (movement.plan, movement.transferred, movement.reserved, movement.committed, movement.actual)
    return any(deltas)


@contextmanager
def refusals():
    """Postgres's own refusals inside the block, as sentences, with what the block wrote undone."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise translated(error) from error


def translated(error) -> Exception:
    diagnosis = getattr(error.__cause__, "diag", None)
    name = diagnosis and diagnosis.constraint_name
    if name == "budgets_stop":
        return short(json.loads(diagnosis.message_detail))
    if name == "movement_once":
        return Refused(_("This was booked already."))
    return error


def short(facts) -> Shortfall:
    """The sentence for a shortfall Postgres found."""
    line = Line.objects.select_related("workspace").get(pk=facts["line"])
    currency = line.workspace.currency
    amount, side = round_money(Decimal(facts["shortfall"]), currency), FundingSide(facts["side"])
    says = (
        _(
            "“%(line)s” cannot be cut that far: for %(side)s it would have %(amount)s %(currency)s less than what is "
            "promised and spent."
        )
        if facts["cut"]
        else _("“%(line)s” is short by %(amount)s %(currency)s for %(side)s.")
    )
    named = {"line": str(line), "side": side.label, "amount": money(amount, currency), "currency": currency}
    return Shortfall(says % named, [{"line": line.pk, "name": str(line), "side": side.value, "shortfall": amount}])

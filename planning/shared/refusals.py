"""Ways to say no. A refusal is a sentence a manager understands; whoever raises it has changed nothing."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

AMOUNT = re.compile(r"-?\d{1,17}\.\d{1,3}")


class Refused(Exception):
    """A rule of the domain says no (HTTP 422). `field` names the input it is about, when there is one."""

    status = 422

    def __init__(self, message, field: str | None = None):
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self):
        return str(self.message)


class Stale(Refused):
    """Somebody changed it meanwhile (HTTP 409). `difference` lists [{field, before, after}]; `changes` says the same to
    a reader: "amount: 1,900.00 → 2,100.00"; of lists only that they changed, until a room says it in its words.
    """

    status = 409

    def __init__(self, message, difference: list[dict] | None = None, field: str | None = None):
        super().__init__(message, field)
        self.difference = difference or []
        self.changes = [_worded(row) for row in self.difference]


class Gone(Refused):
    """What was kept is not where it was put (HTTP 410): nothing the person did wrong, and nothing they can mend."""

    status = 410


class NotYours(Refused):
    """Right thing, wrong person (HTTP 403)."""

    status = 403


def in_full(refused: Refused) -> str:
    """The sentence, and what changed meanwhile."""
    return f"{refused} {' · '.join(getattr(refused, 'changes', ()))}".strip()


def _worded(row) -> str:
    field = str(row["field"]).replace("_", " ")
    if any(isinstance(row[side], list | dict) for side in ("before", "after")):
        return _("%(field)s: changed") % {"field": field}
    return f"{field}: {_spelled(row['before'])} → {_spelled(row['after'])}"


def _spelled(value) -> str:
    if value in (None, ""):
        return "–"
    return f"{Decimal(value):,f}" if isinstance(value, str) and AMOUNT.fullmatch(value) else str(value)

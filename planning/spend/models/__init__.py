"""Tables of the room: where files come from and how they were read, the entries they became, the rules that place
them."""

from .amnesty import Amnesty, Target
from .drops import Drop
from .entries import BILLS, SETTLED, Entry, Kind, Wait
from .imports import LEASE, TYPED, Import, Outcome, Source, Staged
from .repeats import Dismissal
from .rules import CategoryKind, Rule

__all__ = [
    "LEASE",
    "TYPED",
    "BILLS",
    "SETTLED",
    "Amnesty",
    "CategoryKind",
    "Dismissal",
    "Drop",
    "Entry",
    "Import",
    "Kind",
    "Outcome",
    "Rule",
    "Source",
    "Staged",
    "Target",
    "Wait",
]

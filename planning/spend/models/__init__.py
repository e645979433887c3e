"""Tables of the room: where files come from and how they were read, the entries they became, the rules that place
them."""

from .amnesty import Amnesty, Target
from .entries import BILLS, Entry, Kind, Wait
from .imports import Import, Outcome, Source, Staged
from .rules import CategoryKind, Rule

__all__ = [
    "BILLS",
    "Amnesty",
    "CategoryKind",
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

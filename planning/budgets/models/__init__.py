"""Tables of the room: the books (what was booked and where it stands) and the plans (what was agreed)."""

from .books import Balance, Cell, Hold, Movement
from .plans import Budget, FundingSide, Line, OwnerSide, Revision, Version
from .transfers import Limits, Part, Transfer

__all__ = [
    "Balance",
    "Budget",
    "Cell",
    "FundingSide",
    "Hold",
    "Limits",
    "Line",
    "Movement",
    "OwnerSide",
    "Part",
    "Revision",
    "Transfer",
    "Version",
]

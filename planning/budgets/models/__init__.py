"""Tables of the room: the books (what was booked and where it stands) and the plans (what was agreed)."""

from .attachments import Attachment
from .books import Balance, Cell, Hold, Movement
from .limits import MOST_DIMENSIONS, Dimension, Limits, Target
from .plans import Budget, FundingSide, Line, OwnerSide, Revision, Version
from .transfers import Part, Transfer

__all__ = [
    "MOST_DIMENSIONS",
    "Attachment",
    "Balance",
    "Budget",
    "Cell",
    "Dimension",
    "FundingSide",
    "Hold",
    "Limits",
    "Line",
    "Movement",
    "OwnerSide",
    "Part",
    "Revision",
    "Target",
    "Transfer",
    "Version",
]

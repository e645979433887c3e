"""Tables of the room: the books (what was booked and where it stands) and the plans (what was agreed)."""

from .attachments import Attachment
from .books import Balance, Cell, Hold, Movement
from .evidence import BusinessCase
from .intakes import Intake, IntakeRow, Outcome
from .limits import MOST_DIMENSIONS, Dimension, Limits, Target
from .opening import Opening, OpeningOrder
from .outlook import ForecastSnapshot, SnapshotCell, TypedForecast
from .people import FEWEST, PeoplePlan
from .plans import Budget, FundingSide, Line, OwnerSide, Revision, Version
from .review import Accrual, Explanation, MonthEnd
from .scenarios import Scenario, ScenarioLine, ScenarioStep
from .transfers import Part, Transfer

__all__ = [
    "Opening",
    "OpeningOrder",
    "FEWEST",
    "MOST_DIMENSIONS",
    "Accrual",
    "Attachment",
    "Balance",
    "Budget",
    "BusinessCase",
    "Cell",
    "Dimension",
    "Explanation",
    "ForecastSnapshot",
    "FundingSide",
    "Hold",
    "Intake",
    "IntakeRow",
    "Limits",
    "Line",
    "MonthEnd",
    "Movement",
    "Outcome",
    "OwnerSide",
    "Part",
    "PeoplePlan",
    "Revision",
    "Target",
    "Scenario",
    "ScenarioLine",
    "ScenarioStep",
    "SnapshotCell",
    "Transfer",
    "TypedForecast",
    "Version",
]

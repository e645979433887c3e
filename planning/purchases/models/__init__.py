from .condition import Condition
from .purchase import (
    ENDED,
    STANDING,
    TONES,
    WAITING,
    Emergency,
    Item,
    Price,
    Purchase,
    Renews,
    State,
    approved_before,
)
from .quote import Quote
from .rules import About, Rule, Ruleset

__all__ = [
    "ENDED",
    "STANDING",
    "TONES",
    "WAITING",
    "About",
    "Condition",
    "Emergency",
    "Item",
    "Price",
    "Purchase",
    "Quote",
    "Renews",
    "Rule",
    "Ruleset",
    "State",
    "approved_before",
]

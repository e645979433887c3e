"""What people can do with KPIs, by the thing they do it to."""

from .definitions import create, hand_over, recall, retire, revise, sign
from .overrides import end_override, override
from .readings import confirm, dispute, enter

__all__ = [
    "confirm", "create", "dispute", "end_override", "enter", "hand_over", "override", "recall", "retire", "revise",
    "sign",
]  # fmt: skip

"""The demonstration's budget. `POSITION` is where all its money stands; spend and purchases read it."""

from .position import POSITION

__all__ = ["POSITION"]

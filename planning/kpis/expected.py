"""Where a KPI should be on a day: along its target points, from the baseline on the first day to the last target.

A point is reached in a straight line from the one before it, or in one step on its own day.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

LINEAR, STEP = "linear", "step"


class Point(NamedTuple):
    """A value (in the KPI's unit) that is agreed for a day."""

    on: date
    value: Decimal
    interpolation: str = LINEAR


def expected(baseline: Point, targets: Sequence[Point], day: date) -> Fraction:
    """The value expected on `day`, exactly. `targets` are in order of their days, all after the baseline's.

    Before the first day it is the baseline, after the last day the last target.
    """
    before = baseline
    for point in targets:
        if day < point.on:
            if point.interpolation == STEP or day <= before.on:
                return Fraction(before.value)
            gone, whole = (day - before.on).days, (point.on - before.on).days
            return Fraction(before.value) + (Fraction(point.value) - Fraction(before.value)) * Fraction(gone, whole)
        before = point
    return Fraction(before.value)


def trajectory(baseline: Point, targets: Sequence[Point]) -> list[tuple[date, Decimal]]:
    """The corners of the line to draw: a step is two corners on one day."""
    corners = [(baseline.on, baseline.value)]
    for point in targets:
        if point.interpolation == STEP:
            corners.append((point.on, corners[-1][1]))
        corners.append((point.on, point.value))
    return corners

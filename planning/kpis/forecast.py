"""Where it is heading if it goes on like this: a straight line by least squares, with a 95 % prediction interval.

Asked for only from three dates that span 28 days; at most the last twelve readings speak. Decimal throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

FEWEST, SHORTEST, MOST = 3, 28, 12
# Student's t, 97.5 % quantile, by degrees of freedom: twelve readings leave ten.
T = {
    number: Decimal(text)
    for number, text in enumerate(
        ["12.7062", "4.3027", "3.1824", "2.7764", "2.5706", "2.4469", "2.3646", "2.3060", "2.2622", "2.2281"], start=1
    )
}


@dataclass(frozen=True)
class Value:
    """A forecast for a day, in the KPI's unit: the line, and the interval in which 95 of 100 such readings lie."""

    on: date
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Line:
    """A fitted line: value = level + slope · (days after `start`). `spread` is the residual standard error."""

    start: date
    level: Fraction
    slope: Fraction
    count: int
    mean: Fraction
    squares: Fraction
    spread: Fraction  # its square

    def at(self, day: date) -> Value:
        x = Fraction((day - self.start).days)
        value = decimal(self.level + self.slope * x)
        variance = self.spread * (1 + Fraction(1, self.count) + (x - self.mean) ** 2 / self.squares)
        half = T[self.count - 2] * decimal(variance).sqrt()
        return Value(day, value, value - half, value + half)


def decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def fit(readings: Sequence[tuple[date, Decimal]]) -> Line | None:
    """The line through the last twelve `readings` (one a day, in order of days); None when they are too few.

    Too few: under three dates, or under 28 days from the first to the last of them.
    """
    readings = list(readings)[-MOST:]
    if len({day for day, _value in readings}) < FEWEST or (readings[-1][0] - readings[0][0]).days < SHORTEST:
        return None
    start, count = readings[0][0], len(readings)
    xs = [Fraction((day - start).days) for day, _value in readings]
    ys = [Fraction(value) for _day, value in readings]
    mean_x, mean_y = sum(xs) / count, sum(ys) / count
    squares = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / squares
    level = mean_y - slope * mean_x
    residuals = sum((y - level - slope * x) ** 2 for x, y in zip(xs, ys, strict=True))
    return Line(start, level, slope, count, mean_x, squares, residuals / (count - 2))

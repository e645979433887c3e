"""Several KPIs as one figure: the weighted mean of what is measured, and how much of it is measured at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .progress import clamped

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class RollUp:
    """`share` is the mean progress (1 = all targets reached), None when nothing is measured.

    `coverage` is the weight that is measured over all weight. Below one half the figure is grey: it says too little.
    """

    share: Fraction | None
    coverage: Fraction
    measured: int
    children: int

    @property
    def is_known(self) -> bool:
        return self.share is not None and self.coverage >= HALF


def rolled_up(children: Iterable[tuple[Fraction | None, int]]) -> RollUp:
    """Weighted mean of clamped progress over the measured children. `children` are (progress or None, weight ≥ 0)."""
    children = [(share, Fraction(weight)) for share, weight in children]
    whole = sum((weight for _share, weight in children), Fraction(0))
    known = [(clamped(share), weight) for share, weight in children if share is not None]
    weight = sum((weight for _share, weight in known), Fraction(0))
    mean = sum((share * weight for share, weight in known), Fraction(0)) / weight if weight else None
    return RollUp(mean, weight / whole if whole else Fraction(0), len(known), len(children))


def ratio_of_sums(parts: Iterable[tuple]) -> Fraction | None:
    """Ratios roll up as one: Σ numerators / Σ denominators, never as the mean of ratios. None without a denominator."""
    parts = [(Fraction(top), Fraction(bottom)) for top, bottom in parts]
    bottom = sum((bottom for _top, bottom in parts), Fraction(0))
    return sum((top for top, _bottom in parts), Fraction(0)) / bottom if bottom else None

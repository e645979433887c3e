"""How far a KPI has come: p = (v − b) / (t − b), from the baseline b to the last target t. Never clamped here.

Ratios are exact fractions, so that a gap of exactly five points is not pushed over its limit by a rounding.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

HUNDREDTH = Decimal("0.01")


def progress(value, baseline, target) -> Fraction:
    """The share of the way gone, 1 = the target; negative below the baseline, over 1 beyond the target.

    Refused: a target that equals the baseline, since nothing would have to move.
    """
    if Fraction(target) == Fraction(baseline):
        raise Refused(_("The last target equals the baseline, so progress has no meaning."), "targets")
    return (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))


def in_band(value, low, high, margin=0) -> bool:
    """Whether a value lies in the band, its ends (and a margin beyond them) included."""
    return Fraction(low) - Fraction(margin) <= Fraction(value) <= Fraction(high) + Fraction(margin)


def periods_met(met: Sequence[bool]) -> Fraction | None:
    """Periods met over periods due, for a KPI that is to stay in a band. None when none is due yet."""
    return Fraction(sum(met), len(met)) if met else None


def clamped(share: Fraction) -> Fraction:
    """What a bar shows: between 0 and 1."""
    return min(max(share, Fraction(0)), Fraction(1))


def rounded(exact: Fraction, unit: Decimal = HUNDREDTH) -> Decimal:
    """An exact fraction as Decimal, half away from zero."""
    places = -unit.as_tuple().exponent
    scaled = abs(exact) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole).scaleb(-places) * (-1 if exact < 0 else 1) + 0).quantize(unit, ROUND_HALF_UP)


def percent(share: Fraction | None) -> Decimal | None:
    """A share as a percentage with two decimals: 1/3 → 33.33. None stays None."""
    return None if share is None else rounded(share * 100)


def in_words(share: Fraction | None) -> str:
    """What the clamped bar cannot say: below the baseline, or more than was asked. Empty in between."""
    if share is None or 0 <= share <= 1:
        return ""
    return _("below baseline") if share < 0 else _("over-achieved")

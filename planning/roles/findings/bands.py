"""Do the amount bands of an activity meet, without a gap and without an overlap?

Rows that share a key, or a name where one of them has a band, are bands of one activity for the same spend: they may
leave out the smallest and the largest amounts (the lead is unlimited), but not one in between.
"""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from .facts import ERROR, ActivityFacts, quoted


def band_gap(matrix):
    for rows in banded_together(matrix):
        covered = rows[0].high
        for row in rows[1:]:
            if covered is not None and (row.low or 0) > covered:
                message = _("Between %(low)s and %(high)s nobody is named for “%(activity)s”.")
                message %= quoted(row) | {"low": amount(covered), "high": amount(row.low)}
                yield matrix.finding(
                    "band-gap", ERROR, message, row, row.roles("A"), mend=_("Let one band begin where the other ends.")
                )
            covered = None if covered is None or row.high is None else max(covered, row.high)


def band_overlap(matrix):
    for rows in banded_together(matrix):
        covered = rows[0].high
        for row in rows[1:]:
            if covered is None or (row.low or 0) < covered:
                message = _("From %(low)s on two rows of “%(activity)s” answer for the same amounts.")
                message %= quoted(row) | {"low": amount(row.low or Decimal(0))}
                yield matrix.finding(
                    "band-overlap",
                    ERROR,
                    message,
                    row,
                    row.roles("A"),
                    mend=_("Let one band begin where the other ends."),
                )
            covered = None if covered is None or row.high is None else max(covered, row.high)


def banded_together(matrix) -> list[list[ActivityFacts]]:
    """Rows that are bands of one activity, each group by lower bound."""
    by_name = defaultdict(list)
    for row in matrix.activities:
        by_name[row.name.casefold().strip()].append(row)
    alias = {row.key: rows[0].key for rows in by_name.values() if any(row.banded for row in rows) for row in rows}
    groups = defaultdict(list)
    for row in matrix.activities:
        groups[alias.get(row.key, row.key), row.only_for].append(row)
    return [sorted(rows, key=lambda row: row.low or Decimal(0)) for rows in groups.values() if len(rows) > 1]


def amount(value: Decimal) -> str:
    return format(value.normalize(), ",f")

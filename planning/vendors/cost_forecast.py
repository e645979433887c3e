"""What will a contract cost? Its price rises at every anniversary by what was agreed, and terms follow one another.

`value` is what the term that runs costs. A later term costs as much per month, raised once for each full year from the
start of the running term to its own; terms of another length cost in proportion. Rounded once a term, half away from
zero. An index is expected at `index_percent`, and never counted above its cap.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.shared.money import round_money

from .models import Contract
from .notice_dates import end_of_term, months_after

TERMS = 3


@dataclass(frozen=True)
class Term:
    """[starts_on, ends_on) and its cost in the contract's currency."""

    starts_on: date
    ends_on: date
    cost: Decimal
    is_running: bool = False


def rise(contract) -> Decimal:
    """By how much a year, as a factor."""
    if contract.indexation == Contract.Indexation.NONE:
        return Decimal(1)
    percent = contract.index_percent
    if contract.indexation == Contract.Indexation.INDEX and contract.index_cap is not None:
        percent = min(percent, contract.index_cap)
    return 1 + percent / 100


def cost_forecast(contract, today: date, most: int = TERMS) -> list[Term]:
    """The running term and those it renews into, `most` in all; only the first where it ends by itself or was
    stopped."""
    now = contract.standing_on(today)
    terms, first = contract.terms, now.renewals
    start = end_of_term(terms, first - 1) if first else contract.starts_on
    found = [Term(start, now.ends_on, contract.value, is_running=True)]
    if not contract.is_tacit or contract.stopped_on:
        return found
    length = months_between(start, now.ends_on)
    for number in range(1, most):
        begins, ends = end_of_term(terms, first + number - 1), end_of_term(terms, first + number)
        years = months_between(start, begins) // 12
        share = Decimal(contract.renewal_months) / length
        cost = round_money(contract.value * share * rise(contract) ** years, contract.currency)
        found.append(Term(begins, ends, cost))
    return found


def months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`, at least one; a month begun by more than half counts (dates of paper)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months_after(start, months) > end and (months_after(start, months) - end).days > 15:
        months -= 1
    return max(1, months)

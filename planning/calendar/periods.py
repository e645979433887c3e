"""Fiscal months and who may post into them.

A month that was never asked for is open. Open: everybody who edits posts; soft-closed: only finance; closed: nobody,
until finance reopens it with a reason.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _

from planning.people.models import Side
from planning.shared.locking import lock_all
from planning.shared.periods import add_months, month_of, months, year_of
from planning.shared.refusals import NotYours, Refused

from .models import Period


def ensure_year(workspace, year: int) -> list[Period]:
    """The twelve months of the fiscal year labelled `year`, made when they are not there. Safe to call at once."""
    Period.objects.bulk_create(unopened(workspace, year), ignore_conflicts=True)
    return stored(workspace, year)


def year_as_it_is(workspace, year: int) -> list[Period]:
    """The same for reading: months that nobody asked for yet are open, and not stored."""
    return stored(workspace, year) or unopened(workspace, year)


def stored(workspace, year):
    return list(Period.objects.of(workspace).filter(year=year).select_related("closed_by__user").order_by("number"))


def unopened(workspace, year):
    return [
        Period(workspace=workspace, year=year, number=number, starts_on=start, ends_on=add_months(start, 1))
        for number, start in enumerate(months(workspace, year), start=1)
    ]


def state_of(workspace, day: date) -> str:
    """The state of the month that holds `day`."""
    period = Period.objects.of(workspace).filter(starts_on__lte=day, ends_on__gt=day).first()
    return period.state if period else Period.State.OPEN


def allowed(state: str, member) -> bool:
    if state == Period.State.OPEN:
        return member.can_edit
    return state == Period.State.SOFT and member.can_edit and member.side == Side.FINANCE


def may_post(member, day: date) -> bool:
    """Whether `member` may post with a date of `day` now. To act on it, hold the month with `hold_for_posting`."""
    return allowed(state_of(member.workspace, day), member)


def hold(workspace, days: Iterable[date]) -> list[Period]:
    """Hold the months of `days` until the transaction ends, so that none closes or opens meanwhile.

    What posts holds its months before it looks whether they are shut, budgets' rows after that. Closing a month holds
    nothing but the month, so the two never cross.
    """
    starts = {month_of(day) for day in days}
    for year in sorted({year_of(workspace, start) for start in starts}):
        ensure_year(workspace, year)
    return lock_all(Period.objects.of(workspace).filter(starts_on__in=starts)) if starts else []


def hold_for_posting(member, days: Iterable[date]) -> list[Period]:
    """The same, refusing a month that is shut for `member`, by name."""
    held = hold(member.workspace, days)
    for period in held:
        if not allowed(period.state, member):
            raise Refused(
                _("%(month)s is %(state)s: only finance can post into it, or open it again.")
                % {"month": period, "state": period.get_state_display()},
                "date",
            )
    return held


def book(workspace, amounts: Mapping[date, Decimal]):
    """Add what was posted, by posting date, to the totals that the ledger is tied out against.

    Amounts in the workspace's currency, negative when undone. The months are held by `hold_for_posting` already.
    """
    by_month: dict[date, Decimal] = {}
    for day, amount in amounts.items():
        by_month[month_of(day)] = by_month.get(month_of(day), Decimal(0)) + amount
    for start, amount in sorted(by_month.items()):
        Period.objects.of(workspace).filter(starts_on=start).update(booked=F("booked") + amount)


def refuse_others(member):
    """Months are opened and closed by finance, by nobody else."""
    if member.side != Side.FINANCE or not member.can_edit:
        raise NotYours(_("Months are closed and opened by finance."))

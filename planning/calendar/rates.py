"""Rates: what a unit of another currency was worth in the workspace's on a day. Finance's table; nothing is guessed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.money import round_money
from planning.shared.refusals import Refused

from .models import Rate


@dataclass(frozen=True)
class Converted:
    """An amount with all that is kept of its conversion. `rate_day` is the day the rate is of."""

    original: Decimal
    currency: str
    rate: Decimal
    rate_day: date
    amount: Decimal


def rate_on(workspace, currency: str, day: date) -> tuple[Decimal, date]:
    """(rate, its day): the last known on or before `day`. Refused: a currency without one. Its own currency is 1."""
    if currency == workspace.currency:
        return Decimal(1), day
    rate = Rate.objects.of(workspace).filter(currency=currency, day__lte=day).order_by("-day").first()
    if rate is None:
        raise Refused(
            _("There is no rate from %(currency)s to %(own)s for %(day)s. Finance adds it under Calendar, Rates.")
            % {"currency": currency, "own": workspace.currency, "day": date_format(day, "j F Y")},
            "currency",
        )
    return rate.rate, rate.day


def convert(workspace, amount: Decimal, currency: str, day: date) -> Converted:
    """`amount` of `currency` in the workspace's currency, at the rate of `day`, half away from zero."""
    rate, rate_day = rate_on(workspace, currency, day)
    return Converted(amount, currency, rate, rate_day, round_money(amount * rate, workspace.currency))

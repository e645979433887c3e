"""Rates of other currencies: finance adds them, one by one or as a file."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.people.models import Side
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from ..models import Rate
from ..rate_files import rows_of

MOST_DECIMALS = 8


@action(_("set the rate {subject}"))
def add_rate(member, currency: str, day, rate, source: str) -> Rate:
    """What one unit of `currency` is worth in the workspace's currency from `day` on. One of the same day is corrected.

    Refused: anybody but finance, the workspace's own currency, no source, and a rate that is not above zero.
    """
    refuse_others(member)
    made, before = put(member.workspace, currency, day, rate, source)
    record(add_rate, member, made, before=before and {"rate": before}, after={"rate": made.rate, "source": made.source})
    return made


@action(_("imported rates into {subject}"))
def import_rates(member, content: bytes) -> int:
    """A CSV with the columns currency, date, rate and source, whole or not at all. Returns how many rates changed.

    Refused, with the row: what `add_rate` refuses, a day that is not written YYYY-MM-DD.
    """
    refuse_others(member)
    workspace, changed = member.workspace, []
    for number, row in rows_of(content):
        try:
            made, before = put(workspace, **row)
        except Refused as refused:
            raise Refused(_g("Row %(row)s: %(why)s") % {"row": number, "why": refused}, "file") from refused
        if before != made.rate:
            changed.append({"currency": made.currency, "day": made.day, "before": before, "rate": made.rate})
    if not changed:
        raise Refused(_g("Every rate of this file is known already."), "file")
    record(import_rates, member, workspace, after={"rates": changed})
    return len(changed)


def put(workspace, currency, day, rate, source):
    """(the stored rate, the one it replaces or None)."""
    currency, source = currency.strip().upper(), source.strip()[:80]
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()) or currency == workspace.currency:
        raise Refused(_g("“%(text)s” is not the code of another currency.") % {"text": currency[:10]}, "currency")
    if not source:
        raise Refused(_g("Say where the rate is from."), "source")
    rate = clean_rate(rate)
    before = Rate.objects.of(workspace).filter(currency=currency, day=day).values_list("rate", flat=True).first()
    made, _made = Rate.objects.update_or_create(
        workspace=workspace, currency=currency, day=day, defaults={"rate": rate, "source": source}
    )
    return made, before


def clean_rate(text) -> Decimal:
    try:
        rate = Decimal(str(text).strip())
    except InvalidOperation:
        rate = Decimal(0)
    if not rate.is_finite() or not 0 < rate < 10**10 or -rate.normalize().as_tuple().exponent > MOST_DECIMALS:
        raise Refused(_g("A rate is a number above zero with at most eight decimals."), "rate")
    return rate


def refuse_others(member):
    if member.side != Side.FINANCE or not member.can_edit:
        raise NotYours(_g("Rates are finance's table."))

"""What no version may do: plan above finance's envelope, or below what is promised and spent."""

from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money

from ..availability import availabilities
from ..models import FundingSide
from ..movements import short


def refuse_above_envelope(budget, totals):
    """Nothing above an envelope is agreed. A version that leaves a side's total as it is may still change its words;
    one that lowers it goes part of the way to an envelope that finance lowered in mid-year."""
    for side in FundingSide:
        envelope, after = getattr(budget, f"{side}_envelope"), totals["after"][str(side)]
        if envelope is None or after <= envelope or after <= totals["before"][str(side)]:
            continue
        currency = budget.workspace.currency
        raise Refused(
            _("%(side)s plans %(over)s %(currency)s more than finance's envelope of %(envelope)s.")
            % {
                "side": side.label,
                "over": money(after - envelope, currency),
                "currency": currency,
                "envelope": money(envelope, currency),
            }
        )


def refuse_below_promised(version, pairs):
    """A line is never cut below what is reserved, committed or spent on it. Postgres holds the same at the booking;
    here the proposer hears it at once, as a Shortfall naming line, side and amount."""
    cut = [
        (now, side, was.shares[side] - now.shares[side])
        for now, was in pairs
        if was
        for side in FundingSide
        if now.shares[side] < was.shares[side]
    ]
    room = availabilities(version.workspace_id, {now.line_id for now, _side, _less in cut})
    for now, side, less in cut:
        missing = less - room[now.line_id]["by_side"][str(side)]["available"]
        if missing > ZERO:
            raise short({"line": now.line_id, "side": side, "cut": True, "shortfall": missing})

"""One sentence on top of the desk: where we are in the year, what is free, whose move it is."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.shared import periods
from planning.shared.money import ZERO
from planning.shared.templatetags.money import short_money


def headline(workspace, picture, needs) -> str:
    today = workspace.today()
    month = periods.months(workspace, periods.year_of(workspace, today)).index(periods.month_of(today)) + 1
    if picture is None:
        return _("No budget is agreed for this year yet. Draft one, and ask both keys.")
    wings = [wing for row in picture.rows_of for wing in (row.marketing, row.technology)]
    words = {
        "month": month,
        "free": short_money(sum((wing.free for wing in wings), ZERO), workspace.currency),
        "plan": short_money(sum((wing.plan for wing in wings), ZERO), workspace.currency),
        "currency": workspace.currency,
    }
    stands = _("Month %(month)s of twelve: %(free)s of %(plan)s %(currency)s is still free.") % words
    if not needs:
        return f"{stands} {_('Nothing waits for you.')}"
    oldest = max(need.days for need in needs)
    waits = ngettext("One thing waits for you", "%(count)s things wait for you", len(needs)) % {"count": len(needs)}
    since = ngettext("for a day", "the oldest for %(days)s days", oldest) % {"days": oldest}
    return f"{stands} {waits}, {since}." if oldest else f"{stands} {waits}."

"""What comes next with a contract, and by when? One sentence for how it stands."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .notice_dates import ACTIVE, ENDED, ENDING, RENEWING, UPCOMING


def next_of(contract, today) -> str:
    """For everybody who reads it; nothing while both sides can still decide, which its page says at length."""
    standing = contract.standing_on(today)
    words = {
        "ends": date_format(standing.ends_on, "j M Y"),
        "by": date_format(standing.notice_by, "j M Y"),
        "starts": date_format(contract.starts_on, "j M Y"),
        "vendor": contract.vendor,
    }
    if standing.state == ENDED:
        return _("It ended on %(ends)s.") % words
    if contract.stopped_on and contract.stopped_on <= standing.notice_by:
        if today <= standing.notice_by:
            return _("Both sides stop it. Next: %(vendor)s needs the notice by %(by)s; it ends on %(ends)s.") % words
        return _("Both sides stopped it in time; it ends on %(ends)s.") % words
    if standing.state == RENEWING:
        return _("The last day for notice, %(by)s, has passed; it renews by itself on %(ends)s.") % words
    if standing.state == ENDING:
        return _("It ends on %(ends)s; whoever needs it longer asks to renew it.") % words
    if contract.is_tacit and contract.kept_until == contract.ends_on:
        return _("Both sides let it renew on %(ends)s. The question comes back in its next term.") % words
    if standing.state == UPCOMING:
        return _("It starts on %(starts)s.") % words
    if standing.state == ACTIVE and not contract.is_tacit:
        return _("It ends by itself on %(ends)s; ask to renew it by %(by)s.") % words
    return ""

"""Is there somebody in every role that has a letter, today and for the next thirty days?"""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .facts import ERROR, WARNING, quoted

NOTICE_OF_VACANCY = timedelta(days=30)


def no_holder(matrix):
    """An error today; a warning when the vacancy begins within 30 days."""
    for activity in matrix.activities:
        for key in activity.letters:
            role = matrix.roles.get(key)
            vacant = role.vacant_from(matrix.today) if role and activity.letters[key] else None
            if vacant and vacant <= matrix.today + NOTICE_OF_VACANCY:
                yield vacancy(matrix, activity, role, vacant)


def vacancy(matrix, activity, role, vacant):
    now = vacant == matrix.today
    words = quoted(activity) | {"role": role.name, "day": date_format(vacant, "j M Y")}
    gist = _("Nobody is %(role)s today") if now else _("From %(day)s nobody is %(role)s")
    message = _("%(gist)s, whom “%(activity)s” needs.") % (words | {"gist": gist % words})
    return matrix.finding(
        "no-holder",
        ERROR if now else WARNING,
        message,
        activity,
        [role.key],
        mend=_("Name a holder."),
        gist=gist % words,
    )

"""Is there exactly one who decides, and anybody who does the work?"""

from django.utils.translation import gettext as _

from .facts import ERROR, quoted


def no_accountable(matrix):
    for activity in matrix.activities:
        if not activity.roles("A"):
            message = _("Nobody decides “%(activity)s”: it has no A.") % quoted(activity)
            yield matrix.finding("no-accountable", ERROR, message, activity, mend=_("Give one role the A."))


def two_accountable(matrix):
    for activity in matrix.activities:
        roles = activity.roles("A")
        if len(roles) > 1:
            message = _("“%(activity)s” has more than one A (%(roles)s): when they differ, nobody decides.")
            message %= quoted(activity) | {"roles": matrix.names(roles)}
            mend = _("Leave one A; make the other G when it has to agree.")
            yield matrix.finding("two-accountable", ERROR, message, activity, roles, mend=mend)


def no_responsible(matrix):
    for activity in matrix.activities:
        if not activity.roles("R"):
            message = _("Nobody prepares “%(activity)s”: it has no R.") % quoted(activity)
            mend = _("Give a role the R, or make the A an AR.")
            yield matrix.finding("no-responsible", ERROR, message, activity, mend=mend)

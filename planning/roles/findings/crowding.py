"""Are too many asked, or nobody told, or one role twice?"""

from django.utils.translation import gettext as _

from .facts import WARNING, quoted


def many_responsible(matrix):
    for activity in matrix.activities:
        roles = activity.roles("R")
        if len(roles) > 3:
            message = _("%(count)s roles prepare “%(activity)s”; over three, each waits for the others.")
            message %= quoted(activity) | {"count": len(roles)}
            yield matrix.finding(
                "many-responsible", WARNING, message, activity, roles, mend=_("Keep the R with those who do the work.")
            )


def many_consulted(matrix):
    """Letters are counted, as below the grid: a role with C and I is asked and told."""
    for activity in matrix.activities:
        asked, told = activity.roles("C"), activity.roles("I")
        if len(asked) > 4 or len(asked) + len(told) > 8:
            message = _("“%(activity)s” asks %(asked)s roles and tells %(told)s: deciding will be slow.")
            message %= quoted(activity) | {"asked": len(asked), "told": len(told)}
            yield matrix.finding(
                "many-consulted",
                WARNING,
                message,
                activity,
                dict.fromkeys(asked + told),
                mend=_("Make some C an I, and drop some I."),
            )


def nobody_told(matrix):
    for activity in matrix.activities:
        if not activity.roles("C") and not activity.roles("I"):
            message = _("“%(activity)s” asks and tells nobody outside: others will learn of it by accident.") % quoted(
                activity
            )
            yield matrix.finding("nobody-told", WARNING, message, activity, mend=_("Give somebody a C or an I."))


def weaker_letter(matrix):
    for activity in matrix.activities:
        roles = [role for role, held in activity.letters.items() if set("CI") & set(held) and set("AR") & set(held)]
        if roles:
            message = _("In “%(activity)s”, %(roles)s both act and are asked or told: the weaker letter says nothing.")
            message %= quoted(activity) | {"roles": matrix.names(roles)}
            yield matrix.finding("weaker-letter", WARNING, message, activity, roles, mend=_("Drop the C or I."))

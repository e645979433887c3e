"""Does joint work need both sides?"""

from django.utils.translation import gettext as _

from .facts import ERROR, listed, quoted

KEY_SIDES = ("marketing", "technology")


def one_sided(matrix):
    for activity in matrix.activities:
        roles = [role for role, letters in activity.letters.items() if set("ARG") & set(letters)]
        sides = matrix.sides(roles)
        if activity.joint and len(sides) == 1:
            message = _("“%(activity)s” is joint work, but only %(side)s prepares, agrees and decides.")
            message %= quoted(activity) | {"side": _(sides.pop())}
            mend = _("Give the other side a G.")
            yield matrix.finding("one-sided", ERROR, message, activity, roles, mend=mend)


def no_agree(matrix):
    for activity in matrix.activities:
        accountable = activity.roles("A")
        missing = [
            side for side in KEY_SIDES if side not in matrix.sides(accountable) | matrix.sides(activity.roles("G"))
        ]
        if activity.joint and accountable and missing:
            message = _("“%(activity)s” is joint work, but %(side)s does not have to agree: no G there.")
            message %= quoted(activity) | {"side": listed(_(side) for side in missing)}
            mend = _("Turn that side's C into a G.")
            yield matrix.finding("no-agree", ERROR, message, activity, accountable, mend=mend)

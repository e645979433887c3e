"""About oneself: name, language, time zone and the hours in which no mail comes."""

from datetime import time
from zoneinfo import available_timezones

from django.conf import settings
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.people.models import User
from planning.shared.locking import lock
from planning.shared.plain import difference
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

FIELDS = ("language", "timezone", "quiet_from", "quiet_until")


@action(_("changed the profile of {subject}"))
def change_profile(
    member,
    *,
    name: str,
    language: str,
    timezone: str = "",
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> User:
    """Change what a person says about themselves, in every workspace they are in.

    An empty time zone is the workspace's. Quiet hours may run over midnight. Refused: half of them, equal ends, and
    languages and zones that do not exist.
    """
    if not name.strip():
        raise Refused(_g("A name tells the others who decides."), "name")
    if language not in dict(settings.LANGUAGES):
        raise Refused(_g("This language is not spoken here."), "language")
    if timezone and timezone not in available_timezones():
        raise Refused(_g("“%(zone)s” is not a time zone.") % {"zone": timezone}, "timezone")
    if (quiet_from is None) != (quiet_until is None) or (quiet_from and quiet_from == quiet_until):
        raise Refused(_g("Quiet hours need a start and another end."), "quiet_until")
    user = lock(User.objects.all(), member.user_id)
    before = {field: getattr(user, field) for field in FIELDS}
    user.name, user.language, user.timezone = name.strip()[:120], language, timezone
    user.quiet_from, user.quiet_until = quiet_from, quiet_until
    user.save(update_fields=["name", *FIELDS])
    after = {field: getattr(user, field) for field in FIELDS}
    changed = difference(before, after)
    record(
        change_profile,
        member,
        member,
        before={change["field"]: change["before"] for change in changed},
        after={change["field"]: change["after"] for change in changed},
    )
    return user

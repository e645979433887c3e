"""When may a mail come? In a person's own time zone, outside their quiet hours, which may run over midnight."""

from datetime import datetime, time

DIGEST_AT = time(8)


def is_quiet(member, now: datetime) -> bool:
    """Whether `now` (aware) falls into the member's quiet hours [from, until)."""
    return inside(member.user, now.astimezone(member.zone).time())


def inside(user, at: time) -> bool:
    start, end = user.quiet_from, user.quiet_until
    if start is None:
        return False
    return start <= at < end if start < end else at >= start or at < end


def digest_time(member, day) -> datetime:
    """From when on the digest of a local day may come: eight in the morning, or when the quiet hours around it end."""
    at = member.user.quiet_until if inside(member.user, DIGEST_AT) else DIGEST_AT
    return datetime.combine(day, at, tzinfo=member.zone)


def local_day(member, now: datetime):
    return now.astimezone(member.zone).date()

"""Whose key does somebody hold on a day?

A deputy holds the key of the member they stand in for, [from, until). Chains end after three: a deputy of a deputy of a
deputy decides, a fourth does not.
"""

from django.db import connection

from .models import Member

LONGEST_CHAIN = 3

CHAIN = """
WITH RECURSIVE held(member_id, depth) AS (
    SELECT %(member)s::bigint, 0
    UNION
    SELECT d.member_id, held.depth + 1
      FROM people_deputy d JOIN held ON d.deputy_id = held.member_id
     WHERE d.workspace_id = %(workspace)s AND d.ended_at IS NULL AND d.days @> %(day)s::date
       AND held.depth < %(longest)s
)
SELECT DISTINCT member_id FROM held WHERE depth > 0 AND member_id <> %(member)s
"""


def acting_for(member, day) -> list[int]:
    """Ids of the members whose key `member` holds on `day`, their own not among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            CHAIN, {"member": member.pk, "workspace": member.workspace_id, "day": day, "longest": LONGEST_CHAIN}
        )
        return [row[0] for row in cursor.fetchall()]


def standing_in_for(member, day) -> list:
    """The members who stand in for `member` themselves on `day`, without the chain, with their users."""
    rows = member.deputies.filter(ended_at=None, days__contains=day).values("deputy")
    return list(Member.objects.active().filter(pk__in=rows).select_related("user", "workspace").order_by("pk"))

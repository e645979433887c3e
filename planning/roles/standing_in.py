"""Who stands in for whom today? Deputies, for pages that list many people."""

from collections import defaultdict

from planning.people.models import Deputy


def deputies_today(workspace) -> dict[int, list[Deputy]]:
    """{member id: their deputies of today}, people loaded, in one query."""
    found = defaultdict(list)
    today = Deputy.objects.of(workspace).filter(ended_at=None, days__contains=workspace.today(), deputy__left_at=None)
    for one in today.select_related("deputy__user").order_by("pk"):
        found[one.member_id].append(one)
    return found

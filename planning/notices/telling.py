"""Telling people what happened."""

from .models import Notice


def tell(members, entry, *, url: str, needs: bool = False) -> list[Notice]:
    """Deliver a trail entry to `members` (whoever did it is not told). `needs`: it waits for them to act.

    `url` is a path inside the workspace. Mail goes out later, in each member's digest. Who acts on a page has read
    what they were told to look at there.
    """
    if entry.member_id:
        Notice.objects.of(entry.workspace_id).unread().filter(member=entry.member_id, url=url).update(read_at=entry.at)
    told = {member.pk: member for member in members if member and member.pk != entry.member_id and not member.left_at}
    return Notice.objects.bulk_create(
        [
            Notice(workspace_id=entry.workspace_id, member=member, entry=entry, url=url, needs=needs, at=entry.at)
            for member in told.values()
        ],
        ignore_conflicts=True,
    )

"""Merging two vendors, undoing it, and saying that two are not the same."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..models import Alias, Merge, Twin, Vendor
from ..normal import normal
from .hanging import move, move_back
from .inheriting import give_back, inherit


@action(_("merged another vendor into {subject}"))
def merge(gone, kept, member, note: str = "") -> Merge:
    """`gone` is `kept`: contracts, purchases, entries and lines follow, its names become spellings of `kept`.

    Nothing is lost: history and signed papers keep the name they were written with, and `unmerge` puts everything back.
    Refused: a vendor with itself, and one that was merged meanwhile.
    """
    if gone.pk == kept.pk:
        raise Refused(__("Choose another vendor to merge with."), "into")
    gone, kept = held(member.workspace, gone.pk, kept.pk)
    for vendor in (gone, kept):
        if vendor.merged_into_id:
            raise Refused(__("“%(vendor)s” was merged already.") % {"vendor": vendor}, "into")
    made = Merge.objects.create(
        workspace=member.workspace, gone=gone, kept=kept, by=member, at=member.workspace.now(), before={}, counts={}
    )
    owners = [*gone.owners.values(), *kept.owners.values()]
    key, gone.key, gone.merged_into = gone.key, "", kept
    gone.save(update_fields=["key", "merged_into"])
    made.before = inherit(gone, kept)
    made.counts = move(made)
    made.before["alias"] = Alias.objects.create(workspace=member.workspace, vendor=kept, name=gone.name, key=key).pk
    made.save(update_fields=["before", "counts"])
    pairs(gone, kept).update(state=Twin.State.MERGED, decided_by=member, decided_at=made.at)
    entry = record(
        merge, member, kept, before={"vendor": gone.name}, after={"vendor": kept.name, "moved": made.counts}, note=note
    )
    tell(others(owners, member), entry, url=place(member.workspace, "vendors:vendor", kept.pk))
    return made


@action(_("took a merge into {subject} back"))
def unmerge(merge, member, note: str = "") -> Merge:
    """Both are what they were. What moved goes back; what came since stays with the vendor that was kept.

    Refused: one that was undone already, one whose vendor was merged further (that is undone first), and a name that
    somebody else carries by now.
    """
    gone, kept = held(member.workspace, merge.gone_id, merge.kept_id)
    merge = lock(Merge.objects.of(member.workspace), merge.pk)
    if merge.undone_at:
        raise Refused(__("This merge was taken back already."))
    if kept.merged_into_id:
        raise Refused(
            __("“%(kept)s” was merged into “%(further)s” since; take that back first.")
            % {"kept": kept, "further": kept.merged_into}
        )
    Alias.objects.of(member.workspace).filter(pk=merge.before.get("alias"), vendor=kept).delete()
    key = normal(gone.name)[:200]
    other = Vendor.objects.of(member.workspace).named(gone.name).first()
    if other:
        raise Refused(__("“%(name)s” is a name of “%(other)s” by now.") % {"name": gone.name, "other": other})
    gone.key, gone.merged_into = key, None
    gone.save(update_fields=["key", "merged_into"])
    counts = move_back(merge)
    give_back(merge, kept)
    merge.undone_by, merge.undone_at = member, member.workspace.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    keep_apart(gone, kept, member, merge.undone_at)
    entry = record(
        unmerge, member, kept, before={"vendor": kept.name}, after={"vendor": gone.name, "moved": counts}, note=note
    )
    people = [*gone.owners.values(), *kept.owners.values(), merge.by]
    tell(others(people, member), entry, url=place(member.workspace, "vendors:vendor", gone.pk))
    return merge


@action(_("said that {subject} are two vendors"))
def tell_apart(twin, member) -> Twin:
    """Two vendors that look alike and are not the same: remembered, and not suggested again. Refused: decided."""
    twin = lock(Twin.objects.of(member.workspace).select_related("first", "second"), twin.pk)
    if twin.state != Twin.State.OPEN:
        raise Refused(__("Somebody decided about these two already."))
    twin.state, twin.decided_by, twin.decided_at = Twin.State.APART, member, member.workspace.now()
    twin.save(update_fields=["state", "decided_by", "decided_at"])
    record(tell_apart, member, twin)
    return twin


# ── Plain parts ──────────────────────────────────────────────────────────────────────────────────────────────────────
def held(workspace, *ids):
    """The vendors, ids ascending while they are locked, in the order asked for. Held against new references too: who
    writes one meanwhile waits, and is led on to the vendor that was kept.

    Vendors come before the rooms above them here, against the usual order: nothing new may hang on one while its rows
    are moved. Where that crosses with somebody, Postgres says so and the door tries again.
    """
    found = {
        vendor.pk: vendor
        for vendor in Vendor.objects.ever_of(workspace)
        .filter(pk__in=ids)
        .order_by("pk")
        .select_for_update(of=("self",))
    }
    if len(found) < len(set(ids)):
        raise Refused(__("There is no such vendor here."), "into")
    return [found[pk] for pk in ids]


def pairs(one, other):
    first, second = sorted((one.pk, other.pk))
    return Twin.objects.of(one.workspace_id).filter(first=first, second=second)


def keep_apart(one, other, member, at):
    """Whoever takes a merge back says that these are two, also where nobody had found them alike yet."""
    first, second = sorted((one.pk, other.pk))
    said = {"state": Twin.State.APART, "decided_by": member, "decided_at": at}
    Twin.objects.update_or_create(
        workspace_id=one.workspace_id, first_id=first, second_id=second,
        defaults=said, create_defaults=said | {"likeness": 0, "found_at": at},
    )  # fmt: skip


def others(people, member):
    return {person.pk: person for person in people if person and person.pk != member.pk and not person.left_at}.values()

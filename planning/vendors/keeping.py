"""Systems a vendor touches, and its papers."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files.documents import LARGEST, MOST, check
from planning.files.storing import store
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .merging.inheriting import STRICT
from .models import DataClass, Document, System, Vendor

MOST_SYSTEMS = 50


@action(_("noted a system that {subject} touches"))
def add_system(vendor, member, name: str, data_class: str, purpose: str = "") -> System:
    """`vendor` sees `data_class` in our system `name`. A vendor that sees stricter data there than was known of it is
    marked with it, so that its next request asks security. Refused: the same system twice."""
    vendor = lock(Vendor.objects.of(member.workspace), vendor.pk)
    name = " ".join(name.split())
    if vendor.systems.filter(name__iexact=name).exists():
        raise Refused(__("“%(system)s” is noted already.") % {"system": name}, "name")
    if vendor.systems.count() >= MOST_SYSTEMS:
        raise Refused(__("A vendor has at most %(most)s systems.") % {"most": MOST_SYSTEMS}, "name")
    made = System.objects.create(
        workspace=member.workspace, vendor=vendor, name=name, data_class=data_class, purpose=purpose
    )
    before = vendor.data_class
    if stricter(data_class, before):
        vendor.data_class = data_class
        vendor.save(update_fields=["data_class"])
    record(
        add_system, member, vendor, before={"data_class": before},
        after={"system": name, "sees": data_class, "data_class": vendor.data_class},
    )  # fmt: skip
    return made


@action(_("took a system off {subject}"))
def remove_system(system, member) -> None:
    """It is not touched any more. The vendor's own data class stays: a person lowers it, knowing why."""
    system = lock(System.objects.of(member.workspace).select_related("vendor__workspace"), system.pk)
    system.delete()
    record(remove_system, member, system.vendor, before={"system": system.name, "sees": system.data_class})


@action(_("filed a paper of {subject}"))
def file_document(vendor, member, file, kind: str, valid_until=None, contract=None) -> Document:
    """Keep `file` (an upload) with the vendor. Refused: more than 10 MB, what `documents.check` refuses, the same file
    twice, a contract of somebody else."""
    vendor = lock(Vendor.objects.of(member.workspace), vendor.pk)
    if contract is not None and contract.vendor_id != vendor.pk:
        raise Refused(__("That contract is with another vendor."), "contract")
    digest, held = check(file), list(vendor.documents.select_related("file"))
    if len(held) >= MOST:
        raise Refused(__("A vendor holds at most %(most)s papers; remove one first.") % {"most": MOST}, "file")
    same = next((one.file for one in held if one.file.sha256 == digest), None)
    if same:
        raise Refused(__("That file is here already, as “%(name)s”.") % {"name": same.name}, "file")
    stored = store(file, member, LARGEST)
    made = Document.objects.create(
        workspace=member.workspace, vendor=vendor, contract=contract, kind=kind, file=stored, valid_until=valid_until,
        added_by=member, added_at=member.workspace.now(),
    )  # fmt: skip
    after = {"file": stored.name, "sha256": stored.sha256, "kind": kind, "valid_until": valid_until}
    record(file_document, member, vendor, after=after)
    return made


@action(_("removed a paper of {subject}"))
def remove_document(document, member) -> None:
    """The vendor shows it no more. The bytes stay stored: the history names them by their fingerprint."""
    document = lock(Document.objects.of(member.workspace).select_related("vendor__workspace", "file"), document.pk)
    document.delete()
    before = {"file": document.file.name, "sha256": document.file.sha256}
    record(remove_document, member, document.vendor, before=before)


def stricter(one: str, other: str) -> bool:
    """Whether data class `one` asks for more care than `other`; what nobody knows is as good as any answer."""
    order = [str(each) for each in STRICT["data_class"]]
    return other == DataClass.UNKNOWN or order.index(str(one)) > order.index(str(other))

"""What people do with the register: add a vendor, amend it, note a security review."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .models import Alias, SecurityReview, Vendor
from .normal import normal

AMENDABLE = ("name", "data_class", "standing", "category", "marketing_owner", "technology_owner", "note")


@action(_("added {subject} to the vendors"))
def register(member, name: str, aliases=(), **facts) -> Vendor:
    """A new vendor. `facts`: data_class (unknown), standing, category, owners, note.

    Refused: an empty name, and a name or alias that in some spelling is another vendor's already.
    """
    vendor = adopted(member.workspace, name, facts) or add(member.workspace, name, **facts)
    set_aliases(vendor, aliases)
    record(register, member, vendor, after=described(vendor))
    return vendor


@action(_("changed the vendor {subject}"))
def amend(vendor, member, aliases=None, **changes) -> Vendor:
    """Change facts of a vendor; `aliases`, when given, are the whole new list. Refused as in `register`."""
    vendor = lock(Vendor.objects.of(member.workspace), vendor.pk)
    before = described(vendor)
    for name, value in changes.items():
        if name not in AMENDABLE:
            raise Refused(__("“%(field)s” of a vendor cannot be changed.") % {"field": name}, name)
        setattr(vendor, name, value)
    if "name" in changes:
        vendor.name, vendor.key = cleaned(vendor.name)
        refuse_taken(vendor, vendor.key, vendor.name, "name")
    refuse_wrong_owner(vendor)
    vendor.save()
    if aliases is not None:
        set_aliases(vendor, aliases)
    after = described(vendor)
    if after != before:
        changed = [key for key in after if after[key] != before[key]]
        record(amend, member, vendor, before={k: before[k] for k in changed}, after={k: after[k] for k in changed})
    return vendor


@action(_("noted a security review of {subject}"))
def review(vendor, member, data_class, valid_until, note="") -> SecurityReview:
    """Security looked at this vendor for one class of data, from today to `valid_until` (first day not covered).

    Refused: members who do not hold the security seat, and an end that is not after today.
    """
    if "security" not in member.holds or not member.can_edit:
        raise NotYours(__("A security review is noted by who decides for security."))
    if valid_until <= member.workspace.today():
        raise Refused(__("A review is valid until a day after today."), "valid_until")
    vendor = lock(Vendor.objects.of(member.workspace), vendor.pk)
    made = SecurityReview.objects.create(
        workspace=member.workspace,
        vendor=vendor,
        data_class=data_class,
        reviewed_on=member.workspace.today(),
        valid_until=valid_until,
        by=member,
        note=note,
    )
    record(review, member, vendor, after={"covers": data_class, "valid_until": valid_until}, note=note)
    return made


# ── Plain parts, for actions of this room and those above ────────────────────────────────────────────────────────────
def add(workspace, name: str, **facts) -> Vendor:
    """Write a new vendor, without an entry of its own: the action that calls records it."""
    name, key = cleaned(name)
    vendor = Vendor(workspace=workspace, name=name, key=key, **facts)
    refuse_taken(vendor, key, name, "name")
    refuse_wrong_owner(vendor)
    try:
        with transaction.atomic():
            vendor.save()
    except IntegrityError as error:
        raise Refused(taken(name, name), "name") from error
    return vendor


def adopted(workspace, name, facts) -> Vendor | None:
    """The vendor of that name that a restricted request keeps back, in the register from now on: it tells nobody that
    somebody had named it before. None when there is none."""
    vendor = Vendor.objects.of(workspace).filter(kept_back=True).named(name).first() if name.strip() else None
    if vendor:
        for field, value in (facts | {"name": cleaned(name)[0]}).items():
            setattr(vendor, field, value)
        refuse_wrong_owner(vendor)
        join_register(vendor)
        vendor.save()
    return vendor


def join_register(vendor) -> None:
    """What was kept back with a restricted request is seen by everybody from now on."""
    if vendor.kept_back:
        vendor.kept_back = False
        Vendor.objects.of(vendor.workspace_id).filter(pk=vendor.pk).update(kept_back=False)


def set_aliases(vendor, names):
    """Make `names` the vendor's aliases; those that are only another way to write its own name are left out."""
    wanted = {key: name for name, key in map(cleaned, names) if key != vendor.key}
    vendor.aliases.exclude(key__in=wanted).delete()
    known = set(vendor.aliases.values_list("key", flat=True))
    for key, name in wanted.items():
        if key not in known:
            refuse_taken(vendor, key, name, "aliases")
    spell(vendor.workspace, [(vendor.pk, name, key) for key, name in wanted.items() if key not in known])


def spell(workspace, spellings: list[tuple[int, str, str]]) -> None:
    """Write new spellings [(id of the vendor, name, key)], which nobody carries. Their vendors are held against the
    register's names once more: what looked like nobody may look like somebody now."""
    Alias.objects.bulk_create(
        (Alias(workspace=workspace, vendor_id=vendor, name=name, key=key) for vendor, name, key in spellings),
        batch_size=500,
    )
    if spellings:
        spelled = {vendor for vendor, _name, _key in spellings}
        Vendor.objects.of(workspace).filter(pk__in=spelled).update(compared_at=None)


def cleaned(name: str) -> tuple[str, str]:
    name = " ".join(str(name).split())[:200]
    if not name:
        raise Refused(__("A vendor needs a name."), "name")
    return name, normal(name)[:200]


def refuse_taken(vendor, key, name, field):
    """No two vendors answer to one name: the key may be neither a vendor's own nor anybody's alias."""
    others = Vendor.objects.of(vendor.workspace).exclude(pk=vendor.pk).named(name)
    other = others.first()
    if other:
        raise Refused(taken(name, other.name), field)


def taken(name, other) -> str:
    return __("“%(name)s” is “%(other)s” in the register already; add the spelling there.") % {
        "name": name,
        "other": other,
    }


def refuse_wrong_owner(vendor):
    for side, owner in vendor.owners.items():
        if owner and owner.side != side:
            raise Refused(
                __("%(person)s is not on the side of %(side)s.") % {"person": owner, "side": side}, f"{side}_owner"
            )


def described(vendor) -> dict:
    return {
        "name": vendor.name,
        "aliases": sorted(vendor.aliases.values_list("name", flat=True)),
        "data_class": vendor.data_class,
        "standing": vendor.standing,
        "category": vendor.category and vendor.category.name,
        "marketing_owner": vendor.marketing_owner_id,
        "technology_owner": vendor.technology_owner_id,
        "note": bool(vendor.note),
    }

"""Which vendor does somebody mean, and which ones look like it?"""

from django.db import connection

from .models import Vendor
from .normal import normal


def called(workspace, name: str) -> Vendor | None:
    """The vendor that carries this name in any spelling, as its own or as an alias."""
    return Vendor.objects.of(workspace).named(name).first() if name.strip() else None


def alike(workspace, name: str, most: int = 5) -> list[Vendor]:
    """Vendors whose name or alias resembles `name` (trigrams), the likeliest first: suggestions, never an answer."""
    key = normal(name)
    if len(key) < 3:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT vendor_id FROM vendors_alike(%s, %s)", [key, most])
        ids = [row[0] for row in cursor.fetchall()]
    found = Vendor.objects.of(workspace).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def preferred_in(category, instead_of=None, most: int = 3):
    """Vendors that both sides would rather buy from in this category; none when `instead_of` is one of them."""
    if instead_of is not None and instead_of.standing == Vendor.Standing.PREFERRED:
        return Vendor.objects.none()
    found = Vendor.objects.of(category.workspace_id).filter(category=category, standing=Vendor.Standing.PREFERRED)
    return found.order_by("-spent", "name")[:most]

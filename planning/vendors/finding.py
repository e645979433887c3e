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

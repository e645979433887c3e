"""Vendors that a file names join the register, all at once."""

from ..actions import cleaned
from ..models import Vendor


def join(workspace, names: dict[str, str]) -> dict[str, int]:
    """{key: id} of new vendors by these `names` {key: name}. A name that a restricted request keeps back is in the
    register from now on, as the file writes it: it tells nobody that somebody had named it before."""
    names = {key: cleaned(name)[0] for key, name in names.items()}
    kept = list(Vendor.objects.of(workspace).filter(kept_back=True, key__in=names))
    for vendor in kept:
        vendor.name, vendor.kept_back = names[vendor.key], False
    Vendor.objects.bulk_update(kept, ["name", "kept_back"])
    known = {vendor.key for vendor in kept}
    fresh = [Vendor(workspace=workspace, name=name, key=key) for key, name in sorted(names.items()) if key not in known]
    return {vendor.key: vendor.pk for vendor in [*kept, *Vendor.objects.bulk_create(fresh, batch_size=500)]}

"""What a vendor takes over from the one that turned out to be the same: what it lacks, and what is stricter.

A merge must not wash anything: one that is blocked stays blocked, and one that touches personal data does.
"""

from ..models import DataClass, Vendor

FILLED = ("category_id", "marketing_owner_id", "technology_owner_id")
STRICT = {
    "standing": [Vendor.Standing.WARN, Vendor.Standing.BLOCKED],
    "data_class": [DataClass.NONE, DataClass.INTERNAL, DataClass.UNKNOWN, DataClass.PERSONAL],
}


def inherit(gone, kept) -> dict:
    """Change `kept`; {before: {…}, after: {…}} of the fields that changed."""
    wanted = {name: getattr(gone, name) for name in FILLED if getattr(kept, name) is None and getattr(gone, name)}
    for name, order in STRICT.items():
        theirs, ours = (str(getattr(vendor, name)) for vendor in (gone, kept))
        if theirs in order and (ours not in order or order.index(theirs) > order.index(ours)):
            wanted[name] = theirs
    before = {name: getattr(kept, name) for name in wanted}
    for name, value in wanted.items():
        setattr(kept, name, value)
    kept.compared_at, kept.spent = None, kept.spent + gone.spent
    kept.save()
    return {"before": before, "after": wanted}


def give_back(merge, kept):
    """Put back what was taken over and nobody has changed since."""
    before, after = merge.before.get("before", {}), merge.before.get("after", {})
    for name, value in before.items():
        if getattr(kept, name) == after[name]:
            setattr(kept, name, value)
    kept.spent = max(kept.spent - merge.gone.spent, 0)
    kept.save()

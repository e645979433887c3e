"""Which vendors look like one? The register is compared a part at a time, by the clock and after an import."""

from collections import defaultdict

from django.db import connection
from django.db.models import F

from ..models import Alias, Twin, Vendor
from .likeness import Words

AT_ONCE = 500
NEAR = "SELECT said, vendor_id, key FROM vendors_near(%s, %s)"


def look_for_twins(workspace, most: int = AT_ONCE) -> int:
    """Hold vendors that were not compared yet against everybody; new likenesses are noted, decided ones stay decided.

    Returns how many were compared. Compared means: with all that were there then; who comes later is held against them.
    """
    fresh = list(Vendor.objects.of(workspace).filter(compared_at=None).order_by("pk").values_list("pk", "key")[:most])
    if not fresh:
        return 0
    apart = said_apart(workspace)
    note(workspace, {pair: likeness for pair, likeness in found_among(workspace, fresh).items() if pair not in apart})
    Vendor.objects.of(workspace).filter(pk__in=[pk for pk, _key in fresh]).update(compared_at=workspace.now())
    return len(fresh)


def found_among(workspace, fresh) -> dict[tuple[int, int], int]:
    """{(vendor, vendor): likeness} of those `fresh` [(id, key)] with anybody, by any of their names."""
    words = Words(Vendor.objects.of(workspace).values_list("key", flat=True))
    names = defaultdict(set)
    for pk, key in fresh:
        names[key].add(pk)
    aliases = Alias.objects.of(workspace).filter(vendor__in=[pk for pk, _key in fresh])
    for pk, key in aliases.values_list("vendor", "key"):
        names[key].add(pk)
    found: dict[tuple[int, int], int] = {}
    for said, other, key in near(list(names)):
        likeness = words.likeness(said, key)
        for pk in names[said] - {other} if likeness else ():
            pair = (min(pk, other), max(pk, other))
            found[pair] = max(found.get(pair, 0), likeness)
    return found


def near(keys: list[str]) -> list[tuple[str, int, str]]:
    """[(key asked, vendor, its key)]: names that share letters with one asked, hold it, or are a part of it."""
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [keys, [parts_of(key) for key in keys]])
        return cursor.fetchall()


def parts_of(key: str) -> str:
    """Every run of words within a name, without itself, one a line."""
    words = key.split()[:8]
    runs = {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    return "\n".join(sorted(run for run in runs - {key} if len(run) > 3))


def said_apart(workspace) -> set[tuple[int, int]]:
    """Pairs a person told apart, led on to what they were merged into since."""
    rows = Twin.objects.of(workspace).filter(state=Twin.State.APART)
    names = ("first", "second", "first__merged_into", "second__merged_into")
    found = (sorted((one_on or one, other_on or other)) for one, other, one_on, other_on in rows.values_list(*names))
    return {(first, second) for first, second in found}


def note(workspace, found):
    now = workspace.now()
    Twin.objects.bulk_create(
        (
            Twin(workspace=workspace, first_id=first, second_id=second, likeness=likeness, found_at=now)
            for (first, second), likeness in sorted(found.items())
        ),
        ignore_conflicts=True,
    )


def taken_in(vendor) -> list[str]:
    """Whatever was merged into `vendor`, and into those before: subjects of the history, which keeps their names."""
    found, level = [], [vendor.pk]
    while level:
        gone = Vendor.objects.ever_of(vendor.workspace_id).filter(merged_into__in=level)
        level = list(gone.order_by("pk").values_list("pk", flat=True))
        found += level
    return [f"vendors.vendor:{pk}" for pk in found]


def open_twins(workspace):
    """Pairs to be decided, the largest money first: what both were paid in twelve months."""
    return (
        Twin.objects.of(workspace)
        .filter(state=Twin.State.OPEN, first__merged_into=None, second__merged_into=None)
        .select_related("first__category", "second__category")
        .annotate(money=F("first__spent") + F("second__spent"))
        .order_by("-money", "-likeness", "pk")
    )

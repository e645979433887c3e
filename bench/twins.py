"""Likely duplicates among real vendor names: precision and recall, beside plain trigrams.

The pairs are those of a public ledger of Canada (tests/data): a company and one way it was written, 4,315 of them, many
of them takeovers that no name gives away. The register holds the 609 companies; every spelling is held against it as
the clock does. A suggestion is right when it names the company; recall counts the spellings whose company is suggested.
"""

import csv
import time
from collections.abc import Iterator

from django.db import connection

from planning.people.scope import scope
from planning.vendors.merging.finding import near
from planning.vendors.merging.likeness import Words
from planning.vendors.models import Vendor
from planning.vendors.normal import normal
from tests.cast import make_cast
from tests.spend.test_real_files import KEPT

PAIRS = KEPT.parent / "vendor-name-variants.csv"
PLAIN = (0.4, 0.6)
AT_ONCE = 500
BY_LETTERS = """
SELECT v.key, said FROM vendors_vendor v, unnest(%s::text[]) AS said
 WHERE similarity(v.key, said) >= %s AND v.key <> said
"""


def measure() -> Iterator[str]:
    cast = make_cast("twins")
    with PAIRS.open(encoding="utf-8") as file:
        rows = [(normal(row["parent_company"]), normal(row["company_name"])) for row in csv.DictReader(file)]
    right = {(company, said) for company, said in rows if company != said}
    with scope(cast.workspace):
        keys = sorted({company for company, _said in rows})
        Vendor.objects.bulk_create(Vendor(workspace=cast.workspace, name=key, key=key) for key in keys)
        words, asked = Words(keys), sorted({said for _company, said in right})
        begun = time.perf_counter()
        found = [hit for at in range(0, len(asked), AT_ONCE) for hit in near(asked[at : at + AT_ONCE])]
        suggested = {(key, said) for said, _vendor, key in found if key != said and words.likeness(said, key)}
        taken = time.perf_counter() - begun
        yield f"suggested: {measured(suggested, right)}"
        for limit in PLAIN:
            yield f"trigrams from {limit}: {measured(by_letters(asked, limit), right)}"
        yield f"{len(asked) / taken:,.0f} names compared a second"


def by_letters(asked, limit) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(BY_LETTERS, [asked, limit])
        return set(cursor.fetchall())


def measured(suggested, right) -> str:
    hits = len(suggested & right)
    return f"precision {hits / max(len(suggested), 1):.3f}, recall {hits / len(right):.3f} ({len(suggested):,} pairs)"

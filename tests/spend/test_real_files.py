"""Real ledgers, as published: every file imports with its exact total, or says row by row why not.

The suite reads one small file of each publisher. EVERY_LEDGER=<the folder of EXPECTED.json> reads all of them and, with
-s, prints a line of each; that takes minutes.
"""

import json
import os
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.spend.models import Entry

from . import make

HERE = Path(__file__).resolve()
KEPT = HERE.parent.parent / "data" / "cabinetoffice-2020-06.csv"
EVERY = os.environ.get("EVERY_LEDGER", "")
BESIDE = Path(EVERY) if EVERY else HERE.parents[3] / "shared" / "data"


def expected() -> dict:
    """{file: what is known of it}: the one in the project, and whatever real ledgers lie beside it."""
    facts = {
        KEPT: {"rows": 633, "total": "138818776.73", "amount_null": 0, "by_currency": {}, "date_min": "2020-06-01"}
    }
    if (BESIDE / "EXPECTED.json").exists():
        known = json.loads((BESIDE / "EXPECTED.json").read_text())["spend"]
        facts |= chosen({BESIDE / name: fact for name, fact in known.items() if (BESIDE / name).exists()})
    return facts


def chosen(facts) -> dict:
    """All of them, or the smallest of each publisher that is small at all."""
    if EVERY:
        return facts
    smallest = {}
    for path in sorted(facts, key=lambda path: facts[path]["bytes"], reverse=True):
        smallest[path.parent.name] = path
    return {path: facts[path] for path in smallest.values() if facts[path]["bytes"] < SMALL}


SMALL = 750_000
EXPECTED = expected()


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_file_agrees_to_the_penny(inside, path):
    fact = EXPECTED[path]
    given = None if fact["date_min"] else {"posting_date": "2013-02-28"}
    batch = make.brought(inside.finance, SimpleUploadedFile(path.name, path.read_bytes()), given)

    if EVERY:
        print(f"\n{path.parent.name}/{path.name}: {batch.state} {batch.counts} {make.total(batch)} of {fact['total']}")
    assert batch.state == "done", batch.failure or batch.confidence
    assert {code: Decimal(amount) for code, amount in make.total(batch).items()} == {
        code: Decimal(amount) for code, (_rows, amount) in fact["by_currency"].items()
    } or Decimal(make.total(batch)["GBP"]) == Decimal(fact["total"])
    assert batch.counts["unreadable"] == fact["amount_null"]
    assert batch.counts["rows"] == fact["rows"] + fact["amount_null"]
    assert_parts_make_the_file(batch)
    assert booked(batch) == {code: Decimal(amount) for code, amount in make.total(batch, "accepted").items()}


def assert_parts_make_the_file(batch):
    parts = defaultdict(Decimal)
    for part in ("accepted", "rejected", "duplicates", "conflicts"):
        for code, amount in make.total(batch, part).items():
            parts[code] += Decimal(amount)
    assert parts == {code: Decimal(amount) for code, amount in make.total(batch).items()}


def booked(batch) -> dict:
    sums = defaultdict(Decimal)
    for code, amount in Entry.objects.filter(batch=batch).live().values_list("currency", "amount"):
        sums[code] += amount
    return dict(sums)

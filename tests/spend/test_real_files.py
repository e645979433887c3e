"""Real ledgers, as published: every file imports with its exact total, or says row by row why not."""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.spend.models import Entry

from . import make

HERE = Path(__file__).resolve()
KEPT = HERE.parent.parent / "data" / "cabinetoffice-2020-06.csv"
BESIDE = HERE.parents[3] / "shared" / "data"


def expected() -> dict:
    """{file: what is known of it}: the one in the project, and whatever real ledgers lie beside it."""
    facts = {
        KEPT: {"rows": 633, "total": "138818776.73", "amount_null": 0, "by_currency": {}, "date_min": "2020-06-01"}
    }
    if (BESIDE / "EXPECTED.json").exists():
        known = json.loads((BESIDE / "EXPECTED.json").read_text())["spend"]
        facts |= {BESIDE / name: fact for name, fact in known.items() if (BESIDE / name).exists()}
    return facts


EXPECTED = expected()


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_real_file_agrees_to_the_penny(inside, path):
    fact = EXPECTED[path]
    given = None if fact["date_min"] else {"posting_date": "2013-02-28"}
    batch = make.brought(inside.finance, SimpleUploadedFile(path.name, path.read_bytes()), given)

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

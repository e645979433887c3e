"""Ledgers through the API: the states of an import, its totals, its rejected rows, undoing."""

import json

import pytest

from planning.people.scope import scope
from planning.spend import tasks
from tests.api.test_purchases import tokens  # noqa: F401 - a fixture
from tests.spend import make


@pytest.fixture
def priya(cast, tokens):  # noqa: F811
    return tokens(cast.finance)


def get(client, path):
    answer = client.get(f"/api/v1/acme/spend/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def bring(client, file, mapping=None):
    answer = client.post("/api/v1/acme/spend/imports", {"file": file, "mapping": json.dumps(mapping or {})})
    return answer.status_code, answer.json()


def finished(cast, client, made):
    tasks.run_import(cast.workspace.pk, made["id"])
    return get(client, f"imports/{made['id']}")


ROWS = [
    make.row("10.00"),
    make.row("soon", document="B"),
    *[make.row("1.00", document=f"C{number}") for number in range(20)],
]


def test_a_certain_file_runs_and_adds_up(cast, priya):
    status, made = bring(priya, make.ledger(*ROWS))
    assert (status, made["state"]) == (202, "running")
    done = finished(cast, priya, made)
    assert (done["state"], done["rows"], done["accepted"], done["unreadable"]) == ("done", 22, 21, 1)
    assert done["totals"] == {
        "file": "30.00",
        "accepted": "30.00",
        "rejected": "0.00",
        "duplicates": "0.00",
        "conflicts": "0.00",
    }
    assert done["rejected"] == [
        {"row": 3, "column": "Amount", "reason": "“soon” is not an amount in the style of this file."}
    ]
    assert get(priya, "entries")["count"] == 21
    assert get(priya, "unmatched")["results"][0]["amount"] == "10.00"

    answer = priya.delete(f"/api/v1/acme/spend/imports/{made['id']}")
    assert (answer.status_code, answer.json()["state"]) == (200, "undone")
    assert get(priya, "entries")["count"] == 0
    assert priya.delete(f"/api/v1/acme/spend/imports/{made['id']}").status_code == 422


def test_several_currencies_are_given_apart(cast, priya):
    file = make.ledger(
        [*make.row("10.00"), "GBP"], [*make.row("2.50", document="B"), "EUR"], header=[*make.HEADER, "Currency"]
    )
    done = finished(cast, priya, bring(priya, file)[1])
    assert done["totals"]["file"] == {"EUR": "2.50", "GBP": "10.00"}
    assert done["totals"]["rejected"] == {}


def test_a_file_in_doubt_waits_and_says_for_what(cast, priya):
    rows = [make.row("1.00", day="03/04/2026"), make.row("2.00", day="05/04/2026", document="B")]
    status, made = bring(priya, make.ledger(*rows))
    assert (status, made["state"], made["doubts"]) == (202, "needs mapping", ["date_format"])
    assert made["mapping"]["columns"]["amount"] == "Amount"
    assert bring(priya, make.ledger(*rows), {"date_format": "dd/mm/yyyy"})[1]["state"] == "running"


@pytest.mark.parametrize("mapping", ['{"colour": 1}', "[]", "{", '{"decimal": "x"}', '{"columns": []}'])
def test_a_mapping_out_of_shape_is_refused(cast, priya, mapping):
    answer = priya.post("/api/v1/acme/spend/imports", {"file": make.ledger(make.row("1.00")), "mapping": mapping})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "mapping"
    assert get(priya, "imports")["count"] == 0


def test_viewers_read_and_strangers_find_nothing(cast, priya, tokens):  # noqa: F811
    made = bring(priya, make.ledger(make.row("1.00")))[1]
    viewer = tokens(cast.viewer)
    assert get(viewer, f"imports/{made['id']}")["state"] == "running"
    assert bring(viewer, make.ledger(make.row("1.00")))[0] == 403
    stranger = tokens(cast.stranger)
    assert stranger.get(f"/api/v1/not-acme/spend/imports/{made['id']}").status_code == 404


def test_bypass_is_measured_against_the_first_payment(cast, priya):
    from tests.spend.test_bypass import told

    with scope(cast.workspace, cast.cmo.user):
        told(cast)
    assert get(priya, "bypass?from=2026-05-01&to=2026-05-31") == {
        "technology_spend": "100.00", "bypassed": "60.00", "share": "60.00", "unknown": "5.00", "unconverted": 0,
    }  # fmt: skip
    assert get(priya, "bypass?from=2020-01-01&to=2020-01-31")["share"] is None

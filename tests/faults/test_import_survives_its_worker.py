"""A worker killed in mid-import: the import ends complete, and nothing is doubled."""

import io
import json
import time
import urllib.request
import uuid

import pytest

from tests.journeys import people

ROWS = 30_000  # more than one chunk of the import
PATIENCE = 120


@pytest.fixture(scope="module")
def token(stack):
    people.workspace(stack, "ledgers", finance=("Priya Raman", "finance", "lead"))
    return people.program(stack, "ledgers", "finance").token


def call(stack, token, path, body=None, kind="application/json"):
    request = urllib.request.Request(f"{stack.url}/api/v1/ledgers/{path}", data=body)
    request.add_header("Authorization", f"Bearer {token}")
    if body:
        request.add_header("Content-Type", kind)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def upload(stack, token):
    text = io.StringIO()
    text.write("Date,Supplier,Document no,Amount\n")
    text.writelines(
        f"2026-05-{number % 27 + 1:02},Vendor {number % 400},D{number},{number}.25\n" for number in range(ROWS)
    )
    edge = uuid.uuid4().hex
    body = (
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\nContent-Type: text/csv\r\n\r\n'
        f"{text.getvalue()}\r\n--{edge}--\r\n"
    )
    return call(stack, token, "spend/imports", body.encode(), f"multipart/form-data; boundary={edge}")


def wait_until(stack, token, made, holds, pause=0.05):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        now = call(stack, token, f"spend/imports/{made['id']}")
        if holds(now):
            return now
        time.sleep(pause)
    pytest.fail(f"still {now['state']} after {PATIENCE} s, {now['rows_read']} rows read: {now['failure']}")


def test_a_killed_worker_costs_nothing(stack, token):
    made = upload(stack, token)
    half = wait_until(stack, token, made, lambda now: now["rows_read"] > 0)
    stack.kill_worker()
    assert half["state"] == "running"
    stack.start_worker()
    done = wait_until(stack, token, made, lambda now: now["state"] != "running", pause=0.5)
    total = f"{sum(range(ROWS)) + ROWS // 4}.00"
    assert (done["state"], done["rows"], done["accepted"], done["duplicates"]) == ("done", ROWS, ROWS, 0)
    assert (done["totals"]["file"], done["totals"]["accepted"]) == (total, total)
    assert call(stack, token, "spend/entries?size=1")["count"] == ROWS

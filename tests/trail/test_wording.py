"""History reads as words: what was recorded as ids, hashes and lists is said as people would say it."""

from types import SimpleNamespace

from planning.trail.wording import changes_of, in_one_line

NAMES = {7: "Maya Lindgren"}
HASH = "ab12" * 16


def entry(before=None, **after):
    return SimpleNamespace(before=before or {}, after=after)


def test_people_money_days_and_hashes_are_said():
    told = entry({"owner": None, "amount": "9.50"}, owner=7, amount="1234.50", needed_by="2026-03-09", fingerprint=HASH)
    assert in_one_line(told, NAMES, "GBP") == (
        "amount: 9.50 GBP → 1,234.50 GBP; fingerprint: ab12ab12ab12…; needed by: 9 Mar 2026; owner: Maya Lindgren"
    )
    [_amount, fingerprint, _needed, _owner] = changes_of(told, NAMES, "GBP")
    assert fingerprint["after"].title == HASH


def test_a_list_of_changes_is_a_small_table():
    rows = [{"what": "Web shop", "holder": 7}, {"what": "Consent", "holder": 8}]
    [row] = changes_of(entry(**{"handed over": rows}), NAMES, "GBP")
    assert (row["field"], row["after"].text, row["after"].heads) == ("handed over", "2 entries", ["what", "holder"])
    cells = [[cell.text for cell in line] for line in row["after"].rows]
    assert cells == [["Web shop", "Maya Lindgren"], ["Consent", "#8"]]


def test_nothing_of_python_is_shown():
    told = entry(counts={"accepted": 3, "rejected": 0}, always=True, holds=["security", "legal"], purchase=None)
    line = in_one_line(told, NAMES, "GBP")
    assert line == "always: yes; rows: accepted rows: 3, rejected rows: 0; decides besides: security, legal"

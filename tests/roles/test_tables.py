"""Tables as people paste them."""

import pytest

from planning.roles.letters import after, clean_letters
from planning.roles.tables import read_pasted
from planning.shared.refusals import Refused

MARKDOWN = """
# Key
| letter | means |
|---|---|
| R | does |

| Activity / Deliverable | Product Manager | DevOps |
|:---|:---:|---|
| **Initiation** |
| Define metrics | A/R | C |
| Ship it | C | A/R |
"""
HTML = "<table><tr><td>Deliverable</td><td>Channel Team</td></tr><tr><td>Rate\n cards</td><td>A,\n R</td></tr></table>"


def letters(text):
    return {row.name: row.letters for row in read_pasted(text).rows}


def test_markdown_with_areas_and_a_legend_above():
    assert letters(MARKDOWN) == {
        "Define metrics": {"Product Manager": "AR", "DevOps": "C"},
        "Ship it": {"Product Manager": "C", "DevOps": "AR"},
    }
    assert {row.area for row in read_pasted(MARKDOWN).rows} == {"Initiation"}


def test_html():
    assert letters(HTML) == {"Rate cards": {"Channel Team": "AR"}}


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_cells_from_a_spreadsheet(delimiter):
    text = "\n".join(
        delimiter.join(row)
        for row in [["Work", "joint", "from", "CMO", "CIO"], ["Buy", "yes", "2500", "a", "g"], ["", "", "", "", ""]]
    )
    (row,) = read_pasted(text).rows
    assert (row.joint, str(row.low), row.letters) == (True, "2500", {"CMO": "A", "CIO": "G"})


@pytest.mark.parametrize("text", ["", "only words", "one\ttwo", "Work\tCMO\nBuy\tX"])
def test_what_is_no_matrix_is_refused(text):
    with pytest.raises(Refused):
        read_pasted(text)


def test_a_letter_that_is_none_names_its_place():
    with pytest.raises(Refused, match="“Buy”, column “CIO”"):
        read_pasted("Work\tCMO\tCIO\nBuy\tA\tZ")


def test_a_click_goes_round():
    seen, letters = [], ""
    for _ in range(7):
        letters = after(letters)
        seen.append(letters)
    assert seen == ["R", "A", "AR", "G", "C", "I", ""]
    assert after("AC") == ""


@pytest.mark.parametrize(("text", "letters"), [("r, a", "AR"), (" C/I ", "CI"), ("", ""), ("–", ""), (None, "")])
def test_letters_are_kept_in_one_order(text, letters):
    assert clean_letters(text) == letters

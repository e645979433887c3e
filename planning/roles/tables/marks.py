"""The letters of a cell as other people write them: "A/R", "Accountable", "R (first draft)"."""

import re

from ..letters import ORDER

WORDS = {
    "ACCOUNTABLE": "A", "RESPONSIBLE": "R", "CONSULTED": "C", "CONSULT": "C", "INFORMED": "I", "INFORM": "I",
    "AGREE": "G", "AGREES": "G", "GATE": "G", "MUST AGREE": "G",
}  # fmt: skip


def letters_in(text: str) -> str | None:
    """The letters in the order of the matrix, "" for an empty cell, None where the text is not letters."""
    bare = re.sub(r"\(.*?\)", " ", text).upper().strip()
    words = [bare] if bare in WORDS else re.split(r"[\s,;/+&|·.\-–—]+", bare)
    found = "".join(WORDS.get(word, word) for word in words)
    return "".join(x for x in ORDER if x in found) if set(found) <= set(ORDER) else None

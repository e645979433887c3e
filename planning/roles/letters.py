"""The letters of a cell. R prepares, A decides and answers, G must agree and may block, C is asked, I is told.

A cell holds a combination in the order A R G C I: "AR" for who prepares and decides, "AC" as imported tables have it
(a finding says so). An empty cell is the empty text.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.refusals import Refused

ORDER = "ARGCI"
CYCLE = ("", "R", "A", "AR", "G", "C", "I")
MEANING = {
    "R": gettext_lazy("prepares the work"),
    "A": gettext_lazy("decides, and answers for the outcome"),
    "G": gettext_lazy("must agree, and may block"),
    "C": gettext_lazy("is asked before the decision"),
    "I": gettext_lazy("is told afterwards"),
}


def clean_letters(text: str, field: str = "letters") -> str:
    """ "r, a", "A/R", "RA" → "AR"; blanks and dashes → "". Refused: anything that is not one of the five letters."""
    found = re.sub(r"[\s,;/+&|·.\-–—]", "", str(text or "")).upper()
    strange = sorted(set(found) - set(ORDER))
    if strange:
        raise Refused(
            _("“%(text)s” is not a letter of the matrix: it knows R, A, C, I and G.") % {"text": str(text)[:20]}, field
        )
    return "".join(letter for letter in ORDER if letter in found)


def after(letters: str) -> str:
    """What one more click makes of a cell; an unusual combination starts again at the empty cell."""
    return CYCLE[(CYCLE.index(letters) + 1) % len(CYCLE)] if letters in CYCLE else ""

"""How well does the heading of a column name what we look for? The words are the caller's, best first.

Typing errors in headings are common ("Organistion", "Directotate"), so nearly equal words count, for less.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """ "DatePaid " → "date paid"; "Invoice Line Value (net of VAT)" → "invoice line value"."""
    text = re.sub(r"\([^)]*\)", " ", heading)
    text = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


def likeness(heading: str, words: Sequence[str]) -> float:
    """0 to 1: an exact word most, a word inside the heading less, nearly equal words least; earlier words a little
    more.
    """
    text = plain(heading)
    if not text:
        return 0
    best = 0.0
    for place, word in enumerate(words):
        rank = 1 - 0.015 * place
        if text == word:
            best = max(best, rank)
        elif re.search(rf"\b{word}\b", text):
            best = max(best, 0.8 * rank)
        elif len(text) > 5 and SequenceMatcher(None, text, word).ratio() > 0.85:
            best = max(best, 0.85 * rank)
    return best

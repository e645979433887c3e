"""How likely are two names one vendor's? Measured against real pairs by `make bench` (bench/twins.py).

Names are keys (planning.vendors.normal). Five signs count: nearly the same letters (trigrams), nearly the same letters
without spaces, one name that is what the other begins with, however they are parted, one name within the other by its
rare words, typing errors allowed, and a rare word both begin with, where the rest of one says little ("Telus Canada",
"Telus Quebec"). Words that many names of the register carry ("services", "canada") say little, so a word weighs by how
rare it is there.
"""

import math
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

LETTERS, LETTERS_WITH_HELP, TOGETHER = 0.6, 0.35, 0.88
WITHIN, SOMETHING_IN_COMMON = 0.9, 0.2
RARE, MOSTLY = 5.0, 0.7
SAME_WORD = 0.82
JOINED = 6


class Words:
    """How rare each word of a register is."""

    def __init__(self, keys: Iterable[str]):
        self.count, self.names = Counter(), 0
        for key in keys:
            self.names += 1
            self.count.update(set(key.split()))

    def weight(self, word: str) -> float:
        """0.3 for a word of every name, about 6 for a word of one name in a thousand; short ones say little."""
        rarity = math.log((self.names + 1) / (min(self.count[word], self.names) + 1)) + 0.3
        return rarity * (0.3 if len(word) <= 2 else 1)

    def rare(self) -> float:
        """The weight from which a word tells a vendor: that of one name in two hundred, or of three in a small
        register."""
        return min(RARE, math.log((self.names + 1) / 4) + 0.3)

    def likeness(self, one: str, other: str) -> int:
        """0–100; 0 when the two are not worth a look. Symmetric."""
        letters = alike(one, other)
        together = SequenceMatcher(None, *sorted((one.replace(" ", ""), other.replace(" ", "")))).ratio()
        if letters >= LETTERS or (letters >= LETTERS_WITH_HELP and together >= TOGETHER):
            return round(100 * max(letters, together))
        if begins_with(one, other):
            return round(100 * max(letters, together))
        within, rarest = self.within(one, other)
        if letters >= SOMETHING_IN_COMMON and within >= WITHIN and rarest >= self.rare():
            return round(100 * (within + letters) / 2)
        mostly = self.by_head(one, other)
        return round(100 * (mostly + letters) / 2) if mostly >= MOSTLY else 0

    def by_head(self, one: str, other: str) -> float:
        """How much of the name that says less is the rare word both begin with, by weight; 0 without one."""
        head = one.split()[0] if one else ""
        if len(head) < 3 or other.split()[:1] != [head] or self.weight(head) < self.rare():
            return 0
        return self.weight(head) / min(sum(self.weight(word) for word in name.split()) for name in (one, other))

    def within(self, one: str, other: str) -> tuple[float, float]:
        """(how much of the name that says less is in the other, by weight; the weight of its rarest word found)."""
        sides = sorted(
            (sum(self.weight(word) for word in words), words) for words in (sorted(one.split()), sorted(other.split()))
        )
        (weight, less), (_more, more) = sides
        if not weight:
            return 0, 0
        found = [max((same_word(word, each) for each in more), default=0) * self.weight(word) for word in less]
        return sum(found) / weight, max(found, default=0)


def begins_with(one: str, other: str) -> bool:
    """Whether the first words of one name are the other, however either of them is parted: "Worley Parsons" and
    "WorleyParsons Canada". Six letters at least."""
    whole, longer = sorted((one, other), key=lambda name: len(name.replace(" ", "")))
    whole = whole.replace(" ", "")
    heads = accumulate(longer.split())
    return len(whole) >= JOINED and whole in heads


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> float:
    """1 for the same word, near 1 for one with a typing error or cut short, else 0."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 4 or (one[0] != other[0] and one[1] != other[1]):
        return 0.0
    if one.startswith(other) or other.startswith(one):
        return 0.9
    first, second = sorted((one, other))
    ratio = SequenceMatcher(None, first, second).ratio()
    return ratio if ratio >= SAME_WORD else 0.0


def alike(one: str, other: str) -> float:
    """The likeness of pg_trgm: shared trigrams of words over all of them."""
    first, second = trigrams(one), trigrams(other)
    together = len(first | second)
    return len(first & second) / together if together else 0.0


@lru_cache(maxsize=65536)
def trigrams(text: str) -> frozenset:
    return frozenset(f"  {word} "[at : at + 3] for word in text.split() for at in range(len(word) + 1))

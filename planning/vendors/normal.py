"""Are these two spellings one vendor's name?

The key of a name leaves out what differs from ledger to ledger: case, accents, punctuation, a leading "The", and the
legal form or country at the end ("Northwind Ltd.", "NORTHWIND LIMITED (UK)" and "Northwind" have one key). Equal keys
are treated as one vendor; similar keys are at most suggested to a person.
"""

import re
import unicodedata
from functools import lru_cache

LEGAL_FORMS = frozenset(
    [
        "ab",
        "ag",
        "aps",
        "as",
        "asa",
        "bv",
        "company",
        "co",
        "corp",
        "corporation",
        "cv",
        "gmbh",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kk",
        "lda",
        "limited",
        "llc",
        "llp",
        "lp",
        "ltd",
        "ltda",
        "mbh",
        "nv",
        "oy",
        "oyj",
        "plc",
        "pte",
        "pty",
        "pvt",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "spzoo",
        "srl",
        "sro",
        "ulc",
    ]
)
COUNTRIES = frozenset(["uk", "gb", "usa", "us", "eu", "emea"])
# Letters that Unicode does not take apart.
WHOLE_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# Written with dots or spaces in ledgers: "S.p.A.", "Sp. z o.o.", "U.K.".
SPACED_FORMS = re.compile(r"\b(?:sp z o o|s p a|s a r l|s r l|s r o|l l c|l l p|p l c|g m b h|b v|n v|s a|u k|u s a)\b")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """The key of a vendor's name: lower case words parted by single spaces; "" only for an empty name.

    A name that is nothing but legal forms keeps them, and one without letters or digits keeps its signs.
    """
    words = spoken(name).split()
    if words[:1] == ["the"] and len(words) > 1:
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS | COUNTRIES:
        words = words[:-1]
    return " ".join(words) or " ".join(name.casefold().split())


def spoken(name: str) -> str:
    """Letters and digits as they would be read aloud: "Müller & Söhne" → "muller and sohne"."""
    # taken apart first: "𝐀" has no small letter until it is an "A"
    plain = unicodedata.normalize("NFKD", name).casefold()
    parted = unicodedata.normalize("NFKD", plain).translate(WHOLE_LETTERS)
    folded = "".join(sign for sign in parted if not unicodedata.combining(sign))
    joined = re.sub(r"['’`´]", "", folded.replace("&", " and ").replace("+", " plus "))
    words = " ".join(re.sub(r"[^\w]|_", " ", joined).split())
    return SPACED_FORMS.sub(lambda form: form.group().replace(" ", ""), words)

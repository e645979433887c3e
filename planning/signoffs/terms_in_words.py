"""Frozen terms as people read them: fields by their words, money and days written out, members by name.

What the fingerprint is of stays the paper's `text`; this turns it into words where it is shown, and changes nothing.
"""

from planning.trail.wording import label, said


def in_words(terms, currency: str, names: dict[int, str] | None = None) -> list[tuple[str, str]]:
    """Terms of any depth as rows of (name, value), in the order of the canonical text. `names` are members by id."""
    return [
        (" · ".join(map(label, path)), said(path[-1] if path else "", value, names or {}, currency).text)
        for path, value in leaves(terms)
    ]


def leaves(terms, path: tuple = ()) -> list[tuple[tuple, object]]:
    """Every value that is said, with the names that lead to it; members of a list are counted from 1."""
    if isinstance(terms, dict):
        pairs = sorted(terms.items())
    elif isinstance(terms, list) and any(isinstance(one, dict | list) for one in terms):
        pairs = list(enumerate(terms, start=1))
    else:
        return [(path, terms)]
    return [leaf for name, value in pairs for leaf in leaves(value, (*path, name))]

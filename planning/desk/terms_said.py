"""What a paper says, in the words of the room it comes from: for pages that show any paper."""

from planning.budgets.versions import paper_words
from planning.purchases import term_words
from planning.shared.plain import difference
from planning.signoffs.terms_in_words import in_words
from planning.trail.wording import NOTHING

READ = {"purchase": term_words.readable, "budget": paper_words.readable}
IN_DETAIL = READ | {"budget": paper_words.in_detail}


def terms_said(paper, names=None, read=READ) -> list[tuple[str, str]]:
    """The frozen terms as (name, value); what was left open is left out. `names` are members by id."""
    if paper.kind in read:
        return read[paper.kind](paper.terms, paper.workspace)
    found = in_words(paper.terms, paper.workspace.currency, names)
    return [(name, value) for name, value in found if value != NOTHING]


def compared(before, after, names=None) -> list[dict]:
    """[{field, before, after}] of what two versions of a paper say otherwise."""
    return difference(dict(terms_said(before, names, IN_DETAIL)), dict(terms_said(after, names, IN_DETAIL)))


def changes_said(before, after) -> list[str]:
    """“price, net: 100.00 EUR → 120.00 EUR” of each difference; nothing without a later version."""
    rows = compared(before, after) if after else []
    return [f"{row['field']}: {row['before'] or NOTHING} → {row['after'] or NOTHING}" for row in rows]

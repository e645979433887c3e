"""What would settle a finding, as a change that one click makes: letters in a row, the start of a band, a role out.

A suggestion changes as little as it can, breaks no other rule of its row, and never decides between people: where only
they can know (who takes a vacant role), there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from django.utils.translation import gettext as _

from .findings import Finding, Matrix, loads_of
from .findings.bands import banded_together
from .findings.facts import listed
from .findings.sides import KEY_SIDES
from .letters import ORDER


@dataclass(frozen=True)
class Mend:
    """`cells` are (row, role key, letters from then on); `low` is (row, amount) in the workspace's currency; `out` a
    role key. `row` counts from 0. `says` is the button's text."""

    says: str
    cells: tuple[tuple[int, str, str], ...] = ()
    low: tuple[int, Decimal] | None = None
    out: str = ""

    @property
    def key(self) -> str:
        """The same change has the same key, so that a click does what was read or nothing."""
        return sha256(repr((self.cells, self.low and (self.low[0], str(self.low[1])), self.out)).encode()).hexdigest()[
            :16
        ]


def mend_for(matrix: Matrix, finding: Finding) -> Mend | None:
    """The change that is suggested for a finding of this matrix."""
    suggest = SUGGESTIONS.get(finding.rule)
    return suggest(matrix, finding) if suggest else None


# ── Letters of a row ─────────────────────────────────────────────────────────────────────────────────────────────────
def written(matrix, row: int, changes: dict[str, str]) -> Mend:
    """A mend of one row. `changes` maps role keys to their letters."""
    name = matrix.activities[row].name
    said = listed(f"{matrix.roles[key].name} → {letters or '–'}" for key, letters in changes.items())
    says = _("%(changes)s in “%(activity)s”") % {"changes": said, "activity": name}
    return Mend(says, tuple((row, key, letters) for key, letters in changes.items()))


def plus(letters: str, more: str, less: str = "") -> str:
    return "".join(letter for letter in ORDER if letter in letters + more and letter not in less)


def give_an_a(matrix, finding):
    """To the first who prepares; they decide what they do."""
    letters = matrix.activities[finding.row].letters
    for letter in "RG":
        for key in in_order(matrix, finding.row, letter):
            return written(matrix, finding.row, {key: plus(letters[key], "A", "GCI")})
    return None


def leave_one_a(matrix, finding):
    """Who also prepares keeps it, else the leftmost; the others agree, or keep their R."""
    letters = matrix.activities[finding.row].letters
    roles = in_order(matrix, finding.row, "A")
    kept = next((key for key in roles if "R" in letters[key]), roles[0])
    side = matrix.roles[kept].side
    others = [key for key in roles if key != kept]
    return written(matrix, finding.row, {key: other_letters(matrix, key, letters[key], side) for key in others})


def other_letters(matrix, key, letters, side) -> str:
    agrees = "" if "R" in letters and matrix.roles[key].side == side else "G"
    return plus(letters, agrees, "A")


def let_a_prepare(matrix, finding):
    letters = matrix.activities[finding.row].letters
    for key in in_order(matrix, finding.row, "A")[:1]:
        return written(matrix, finding.row, {key: plus(letters[key], "R", "CI")})
    return None


def let_other_side_agree(matrix, finding):
    """The other side's first C becomes G; without one, its role that decides most elsewhere."""
    activity = matrix.activities[finding.row]
    agreed = matrix.sides(activity.roles("A")) | matrix.sides(activity.roles("G"))
    changes = {}
    for side in KEY_SIDES:
        key = None if side in agreed else who_agrees(matrix, finding.row, side)
        if key:
            changes[key] = plus(activity.letters.get(key, ""), "G", "C")
    return written(matrix, finding.row, changes) if changes else None


def who_agrees(matrix, row, side):
    of_side = [key for key, role in matrix.roles.items() if role.side == side]
    asked = [key for key in in_order(matrix, row, "C") if key in of_side]
    return asked[0] if asked else max(of_side, key=lambda key: decides(matrix, key), default=None)


def decides(matrix, key) -> int:
    return sum("A" in activity.letters.get(key, "") for activity in matrix.activities)


def keep_three(matrix, finding):
    """The R beyond the third are asked instead; whoever decides keeps theirs."""
    letters = matrix.activities[finding.row].letters
    roles = sorted(in_order(matrix, finding.row, "R"), key=lambda key: "A" not in letters[key])
    return written(matrix, finding.row, {key: plus(letters[key], "C", "R") for key in roles[3:]})


def ask_fewer(matrix, finding):
    """Four are asked and eight hear of it; the rightmost give way."""
    letters = matrix.activities[finding.row].letters
    asked, told = in_order(matrix, finding.row, "C"), in_order(matrix, finding.row, "I")
    changes = {key: plus(letters[key], "I", "C") for key in asked[4:]}
    told = told + [key for key in asked[4:] if key not in told]
    for key in told[8 - min(len(asked), 4) :]:
        changes[key] = plus(changes.get(key, letters[key]), "", "I")
    return written(matrix, finding.row, changes)


def tell_somebody(matrix, finding):
    """The first role without a letter, of a side that has none before others."""
    activity = matrix.activities[finding.row]
    heard = matrix.sides(activity.letters)
    free = [key for key in matrix.roles if not activity.letters.get(key)]
    free.sort(key=lambda key: str(matrix.roles[key].side) in heard)
    return written(matrix, finding.row, {free[0]: "I"}) if free else None


def drop_the_weaker(matrix, finding):
    letters = matrix.activities[finding.row].letters
    return written(matrix, finding.row, {key: plus(letters[key], "", "CI") for key in finding.roles})


def in_order(matrix, row, letter) -> list[str]:
    """The roles with a letter in a row, from left to right."""
    letters = matrix.activities[row].letters
    return [key for key in matrix.roles if letter in letters.get(key, "")]


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def hand_on_an_a(matrix, finding):
    """Where somebody else of the same side prepares, they may decide too."""
    return handed_on(matrix, finding, "A", "R", "C")


def hand_on_work(matrix, finding):
    """Where somebody of the same side with less to do is asked or told, they may do it."""
    return handed_on(matrix, finding, "R", "CI", "C")


def handed_on(matrix, finding, letter, wanted: str, left: str):
    """The first row where a role of the person gives `letter` to one of the same side that has a letter of `wanted`."""
    whose, loads = finding.people[0], loads_of(matrix)[1]
    for row, activity in enumerate(matrix.activities):
        for giver in in_order(matrix, row, letter):
            if whose in held_by(matrix, giver):
                for taker in takers(matrix, row, giver, wanted, loads, whose):
                    rest = plus(activity.letters[giver], "", letter) or left
                    return written(matrix, row, {taker: plus(activity.letters[taker], letter, "GCI"), giver: rest})
    return None


def takers(matrix, row, giver, wanted, loads, whose) -> Iterable[str]:
    letters = matrix.activities[row].letters
    for key in matrix.roles:
        people = held_by(matrix, key)
        lighter = people and max(loads.get(one, 0) for one in people) < loads.get(whose, 0)
        if matrix.roles[key].side == matrix.roles[giver].side and lighter and set(wanted) & set(letters.get(key, "")):
            yield key


def held_by(matrix, key) -> set[str]:
    return {person.key for person in matrix.holders([key])}


# ── Bands and roles ──────────────────────────────────────────────────────────────────────────────────────────────────
def join_bands(matrix, finding):
    """The later band begins where the earlier ones end; none when nothing of it would be left."""
    row = matrix.activities[finding.row]
    group = next(rows for rows in banded_together(matrix) if any(one is row for one in rows))
    before = group[: next(place for place, one in enumerate(group) if one is row)]
    ends = [one.high for one in before]
    if None in ends or (row.high is not None and row.high <= max(ends)):
        return None
    says = _("Let “%(activity)s” begin at %(amount)s") % {"activity": row.name, "amount": f"{max(ends).normalize():,f}"}
    return Mend(says, low=(finding.row, max(ends)))


def take_it_out(matrix, finding):
    (key,) = finding.roles
    return Mend(_("Take %(role)s out of the matrix") % {"role": matrix.roles[key].name}, out=key)


SUGGESTIONS = {
    "no-accountable": give_an_a,
    "two-accountable": leave_one_a,
    "no-responsible": let_a_prepare,
    "one-sided": let_other_side_agree,
    "no-agree": let_other_side_agree,
    "band-gap": join_bands,
    "band-overlap": join_bands,
    "many-responsible": keep_three,
    "many-consulted": ask_fewer,
    "nobody-told": tell_somebody,
    "weaker-letter": drop_the_weaker,
    "concentrated": hand_on_an_a,
    "overloaded": hand_on_work,
    "idle": take_it_out,
}

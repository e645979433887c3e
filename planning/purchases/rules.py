"""Which approvers does a purchase need, and why? Pure: the same facts and rules give the same seats and reasons.

Amounts are net total contract value in the workspace's currency; a band begins at its limit: with the rules a new
workspace starts with, exactly 25,000.00 needs both sides and 24,999.99 does not.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.templatetags.money import money
from planning.vendors.models import SENSITIVE

from .models import About, Renews

RULES = "defaults-1"
SIDES = ("marketing", "technology")
SEATS = (*SIDES, "finance", "security", "legal")
BOTH = "both"
ASKED = (BOTH, "finance", "security", "legal")
BANDED = (About.VALUE, About.VENDOR, About.TERM)


@dataclass(frozen=True)
class Clause:
    """One rule, as models.Rule keeps it: `seats` of ASKED are asked where it applies."""

    about: str
    seats: tuple[str, ...] = ()
    low: Decimal = ZERO
    high: Decimal | None = None
    word: str = ""
    category: int | None = None

    def holds(self, amount) -> bool:
        return self.low <= amount and (self.high is None or amount < self.high)


@dataclass(frozen=True)
class Book:
    """A set of rules; `name` is what a paper says of it."""

    name: str
    clauses: tuple[Clause, ...]

    def of(self, about) -> list[Clause]:
        return [clause for clause in self.clauses if clause.about == about]

    @property
    def regions(self) -> list[str]:
        return sorted(clause.word for clause in self.of(About.REGION))


DEFAULTS = Book(
    RULES,
    (
        Clause(About.VALUE, (), ZERO, Decimal(25000)),
        Clause(About.VALUE, (BOTH,), Decimal(25000)),
        Clause(About.VENDOR, (), ZERO, Decimal(10000)),
        Clause(About.VENDOR, ("finance",), Decimal(10000)),
        Clause(About.TERM, (), ZERO, Decimal(13)),
        Clause(About.TERM, ("legal",), Decimal(13)),
        Clause(About.DATA, (), word="none"),
        Clause(About.DATA, (), word="internal"),
        Clause(About.DATA, (BOTH, "security"), word="personal"),
        Clause(About.DATA, (BOTH, "security"), word="unknown"),
        Clause(About.RENEWAL, ("legal",), word=Renews.TACIT),
        Clause(About.JOINT, (BOTH,)),
        Clause(About.OTHER, (BOTH,)),
        Clause(About.NO_LINE, (BOTH,)),
    ),
)


@dataclass(frozen=True)
class Facts:
    """What the rules look at. `lines` are the agreed lines it is charged to, as (owner side, jointly funded);
    `categories` the ids of its category and of the branches above it, its own first."""

    buyer: str
    value: Decimal
    currency: str
    data_class: str
    lines: tuple[tuple[str, bool], ...] = ()
    domain: str = "other"
    all_lines_agreed: bool = True
    vendor_before: Decimal = ZERO
    term_months: int | None = None
    renews: str = Renews.NO
    reviewed: bool = False
    review_ended: date | None = None
    region: str = ""
    categories: tuple[int, ...] = ()

    @property
    def line_sides(self) -> set[str]:
        return {side for side, _joint in self.lines}

    @property
    def owner(self) -> str:
        """The one side whose money and matter it is; the buyer's when no line says."""
        sides = self.line_sides & set(SIDES)
        if len(sides) == 1:
            return sides.pop()
        return self.buyer if self.buyer in SIDES else SIDES[0]


@dataclass(frozen=True)
class Need:
    """One seat that must decide, with every reason for it."""

    seat: str
    reasons: tuple[str, ...] = field(default_factory=tuple)

    @property
    def reason(self) -> str:
        return " ".join(self.reasons)


def needs(facts: Facts, book: Book = DEFAULTS) -> list[Need]:
    """The seats in their fixed order: marketing, technology, finance, security, legal."""
    found: dict[str, list[str]] = {}
    for clause, why in applying(facts, book):
        for asked in clause.seats:
            if asked == "security" and clause.about == About.DATA and facts.reviewed:
                continue
            for seat in SIDES if asked == BOTH else (asked,):
                found.setdefault(seat, []).append(why(asked))
    if not found.keys() & set(SIDES):
        found[facts.owner] = [
            _("Planned on %(side)s's own line, and below the limits for both sides.") % {"side": label(facts.owner)}
        ]
    return [Need(seat, tuple(dict.fromkeys(found[seat]))) for seat in SEATS if seat in found]


def applying(facts, book):
    """(clause, reason as a function of who is asked) of every rule that applies."""
    yield from ((clause, lambda _asked: joint_sentence(facts)) for clause in book.of(About.JOINT) if is_joint(facts))
    if foreign := belongs_to_other(facts):
        yield from ((clause, lambda _asked: foreign) for clause in book.of(About.OTHER))
    for clause in book.of(About.DATA):
        if clause.word == facts.data_class:
            yield clause, lambda asked: data_sentence(facts, asked)
    if not facts.lines or not facts.all_lines_agreed:
        yield from (
            (clause, lambda _asked: _("There is no agreed budget line for it.")) for clause in book.of(About.NO_LINE)
        )
    for about, amount in ((About.VALUE, facts.value), (About.VENDOR, facts.value + facts.vendor_before)):
        if clause := band(book, about, amount, facts.categories):
            yield clause, amount_sentence(facts, clause, amount)
    if clause := band(book, About.TERM, Decimal(facts.term_months or 0), facts.categories):
        yield clause, lambda _asked, low=clause.low: term_sentence(facts, low)
    for clause in book.of(About.RENEWAL):
        if clause.word == facts.renews:
            yield clause, lambda _asked: renewal_sentence(facts.renews)
    for clause in book.of(About.REGION):
        if facts.region and clause.word.casefold() == facts.region.casefold():
            yield clause, lambda _asked, word=clause.word: _("It is for %(region)s.") % {"region": word}


def band(book, about, amount, categories) -> Clause | None:
    """The band that holds `amount`: of the nearest branch of the category that has bands of its own, else of all."""
    clauses = book.of(about)
    for category in (*categories, None):
        mine = [clause for clause in clauses if clause.category == category]
        if mine:
            return next((clause for clause in mine if clause.holds(amount)), None)
    return None


# ── Why ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def is_joint(facts) -> bool:
    return any(joint for _side, joint in facts.lines) or len(facts.line_sides & set(SIDES)) > 1


def joint_sentence(facts) -> str:
    if any(joint for _side, joint in facts.lines):
        return _("Both sides fund the line.")
    return _("It is charged to lines of both sides.")


def belongs_to_other(facts: Facts) -> str:
    """One side buys what is the other's: by the kind of spend, or by whose line pays."""
    if facts.buyer not in SIDES:
        return ""
    other = SIDES[1 - SIDES.index(facts.buyer)]
    if facts.domain == other:
        return _("%(buyer)s buys what belongs to %(other)s.") % {"buyer": label(facts.buyer), "other": label(other)}
    if other in facts.line_sides:
        return _("%(buyer)s asks, and a line of %(other)s pays.") % {"buyer": label(facts.buyer), "other": label(other)}
    return ""


def amount_sentence(facts, clause, amount):
    def why(asked) -> str:
        words = {"value": cash(facts, amount), "limit": cash(facts, clause.low), "seat": label(asked)}
        if clause.about == About.VENDOR and facts.value < clause.low:
            return (
                _("With this vendor's last twelve months it comes to %(value)s; from %(limit)s %(seat)s decides.")
                % words
            )
        words["value"] = cash(facts, facts.value)
        if asked == BOTH:
            return _("It is worth %(value)s in all; from %(limit)s both sides decide.") % words
        return _("It is worth %(value)s in all; from %(limit)s %(seat)s decides.") % words

    return why


def no_line_sentence() -> str:
    return _("There is no agreed budget line for it.")


def term_sentence(facts, low) -> str:
    return _("The term is %(months)s months, longer than %(limit)s.") % {
        "months": facts.term_months or 0,
        "limit": int(low) - 1,
    }


def renewal_sentence(renews) -> str:
    if renews == Renews.TACIT:
        return _("It renews by itself.")
    return _("It ends unless it is renewed.") if renews == Renews.EXPRESS else _("It ends by itself.")


def data_sentence(facts, asked) -> str:
    if facts.data_class not in SENSITIVE:
        return _("It touches no personal data.")
    known = facts.data_class == "personal"
    said = _("It touches personal data.") if known else _("Nobody knows yet which customer data it touches.")
    if asked != "security" or facts.review_ended is None:
        return said
    day = date_format(facts.review_ended, "j M Y")
    return said + " " + _("The vendor's security review ended on %(day)s.") % {"day": day}


def cash(facts, amount) -> str:
    return f"{money(amount, facts.currency)} {facts.currency}"


def label(side) -> str:
    return {
        "marketing": _("Marketing"),
        "technology": _("Technology"),
        "finance": _("finance"),
        "security": _("security"),
        "legal": _("legal"),
    }.get(side, side)

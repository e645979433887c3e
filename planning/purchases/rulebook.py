"""Which rules are in force, which a request keeps, and whether a set of them says exactly one thing of everything."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, money_text
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money
from planning.vendors.models import DataClass

from .models import About, Rule, Ruleset
from .rules import ASKED, BANDED, BOTH, DEFAULTS, Book, Clause

ONCE = (About.JOINT, About.OTHER, About.NO_LINE)


def in_force(workspace) -> Ruleset | None:
    """The agreed set; None while the workspace uses the rules it starts with."""
    return Ruleset.objects.of(workspace).in_force().prefetch_related("rows").first()


def ruleset_for(purchase) -> Ruleset | None:
    """A request that waits keeps the rules it was submitted under; any other is under those in force."""
    if purchase.is_waiting:
        return purchase.rules
    return in_force(purchase.workspace)


def book_of(ruleset: Ruleset | None) -> Book:
    if ruleset is None:
        return DEFAULTS
    return Book(f"rules-{ruleset.number}", tuple(clause_of(row) for row in ruleset.rows.all()))


def clause_of(row: Rule) -> Clause:
    return Clause(row.about, tuple(row.seats), row.low or ZERO, row.high, row.word, row.category_id)


def row_of(clause: Clause, ruleset, number) -> Rule:
    banded = clause.about in BANDED
    return Rule(
        workspace=ruleset.workspace,
        ruleset=ruleset,
        number=number,
        about=clause.about,
        category_id=clause.category,
        low=clause.low if banded else None,
        high=clause.high if banded else None,
        word=clause.word,
        seats=list(clause.seats),
    )


def terms_of_book(book, currency) -> list[dict]:
    """The rules as a paper freezes them."""
    return [
        {
            "about": clause.about,
            "category": clause.category,
            "from": text(clause.low, clause.about, currency) if clause.about in BANDED else None,
            "to": text(clause.high, clause.about, currency) if clause.about in BANDED else None,
            "word": clause.word,
            "asks": list(clause.seats),
        }
        for clause in book.clauses
    ]


def text(amount, about, currency):
    if amount is None:
        return None
    return str(int(amount)) if about == About.TERM else money_text(amount, currency)


def refuse_unsound(book, currency, categories=None):
    """Refused, in a sentence that names the place: a gap between bands or an overlap, a class of data without a rule or
    with two, an approver nobody knows, and a jointly funded line that one side would decide."""
    for clause in book.clauses:
        if unknown := [seat for seat in clause.seats if seat not in ASKED]:
            raise Refused(_("“%(seat)s” is nobody a rule can ask.") % {"seat": unknown[0]}, "seats")
    for about in BANDED:
        tables = defaultdict(list)
        for clause in book.of(about):
            tables[clause.category].append(clause)
        if None not in tables:
            raise Refused(_("No rule says who decides by: %(about)s.") % {"about": About(about).label}, about)
        for category, clauses in tables.items():
            refuse_gaps(about, clauses, currency, (categories or {}).get(category, ""))
    refuse_words(book, About.DATA, DataClass)
    for about in (About.REGION, About.RENEWAL):
        refuse_twice(book, about)
    for about in ONCE:
        if len(book.of(about)) != 1:
            raise Refused(_("There is one rule for: %(about)s.") % {"about": About(about).label}, about)
    if BOTH not in book.of(About.JOINT)[0].seats:
        raise Refused(_("What both sides fund is decided by both sides."), About.JOINT)


def refuse_gaps(about, clauses, currency, category):
    where = f"{About(about).label} ({category})" if category else str(About(about).label)
    reached = ZERO
    for clause in sorted(clauses, key=lambda clause: clause.low):
        if reached is None or clause.low < reached:
            raise Refused(
                _("%(where)s: two rules apply from %(from)s.")
                % {"where": where, "from": spoken(clause.low, about, currency)},
                about,
            )
        if clause.low > reached:
            raise Refused(
                _("%(where)s: no rule applies from %(from)s to %(to)s.")
                % {"where": where, "from": spoken(reached, about, currency), "to": spoken(clause.low, about, currency)},
                about,
            )
        if clause.high is not None and clause.high <= clause.low:
            raise Refused(_("%(where)s: a band ends above where it begins.") % {"where": where}, about)
        reached = clause.high
    if reached is not None:
        raise Refused(
            _("%(where)s: no rule applies from %(from)s on.")
            % {"where": where, "from": spoken(reached, about, currency)},
            about,
        )


def spoken(amount: Decimal, about, currency) -> str:
    """An amount or a number of months, for a reader."""
    return str(int(amount)) if about == About.TERM else money(amount, currency)


def refuse_words(book, about, choices):
    refuse_twice(book, about)
    words = {clause.word for clause in book.of(about)}
    if missing := [word for word in choices.values if word not in words]:
        raise Refused(
            _("%(about)s: no rule for “%(word)s”.") % {"about": About(about).label, "word": choices(missing[0]).label},
            about,
        )


def refuse_twice(book, about):
    words = [clause.word.casefold() for clause in book.of(about)]
    if twice := [word for word in words if words.count(word) > 1 or not word]:
        raise Refused(
            _("%(about)s: “%(word)s” is said twice, or not at all.") % {"about": About(about).label, "word": twice[0]},
            about,
        )

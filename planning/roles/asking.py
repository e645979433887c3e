"""“A 40,000 martech contract”: who decides, in words, with the row the answer came from.

Postgres finds the rows: full text over the activity, its area and what it routes, trigrams for what is misspelt. The
amount keeps the rows whose band holds it; a category that the question names brings the rows about it.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector, TrigramWordSimilarity
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat, Greatest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from planning.calendar.models import Category

from .letters import MEANING, ORDER
from .models import Activity
from .routing.row import about, branch_of, fits

AMOUNT = re.compile(r"(?<![\w.])(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d+))?\s*(k|m)?\b", re.IGNORECASE)
TIMES = {"k": 1_000, "m": 1_000_000}
DULL = {"a", "an", "the", "for", "of", "and", "to", "who", "decides", "about", "on", "in", "is", "new", "our", "with"}
TRADE = {
    "martech": "marketing technology", "adtech": "advertising technology", "saas": "software technology",
    "tool": "technology", "tools": "technology", "software": "technology", "app": "technology", "licence": "contract",
    "sla": "service levels", "gdpr": "data", "leak": "breach", "recruit": "hire", "metric": "kpi", "cms": "content",
}  # fmt: skip
CONFIGURATIONS = {"en": "english", "it": "italian", "ru": "russian"}
MOST_WORDS = 12
LIKE = 0.5  # from here on a misspelt word counts


@dataclass
class Reply:
    """One row that answers: per letter, its meaning and the roles with their holders of the day; `because` in words."""

    activity: Activity
    score: float
    seats: list
    because: list[str] = field(default_factory=list)


def understood(question: str) -> tuple[Decimal | None, list[str]]:
    """The amount in a question (workspace's currency; "40k" and "1.2 m" are read) and the words that mean something,
    words of the trade beside what they stand for."""
    found = AMOUNT.search(question)
    amount = None
    if found:
        whole, rest, times = found.groups()
        amount = Decimal(re.sub(r"[, ]", "", whole) + (f".{rest}" if rest else "")) * TIMES.get(
            (times or "").lower(), 1
        )
        question = question[: found.start()] + " " + question[found.end() :]
    words = [word for word in re.findall(r"\w+", question.casefold()) if word not in DULL and not word.isdigit()]
    meant = [part for word in words for part in (word, *TRADE.get(word, "").split())]
    return amount, list(dict.fromkeys(meant))[:MOST_WORDS]


def replies(grid, question: str, limit: int = 5) -> list[Reply]:
    """The rows of a version that answer a question, best first; a band that does not hold the amount never answers."""
    amount, words = understood(question)
    scores = matches(grid.version, words)
    named = categories(grid.version.workspace, words)
    held = {column.role.pk: column for column in grid.columns}
    found = []
    for row in grid.rows:
        if amount is not None and not row.activity.covers(amount):
            continue
        category = next((one for one in named if is_about(row.activity, branch_of(one))), None)
        if row.activity.only_for and named and not any(meant(row.activity, one) for one in named):
            continue
        by_amount = amount is not None and row.activity.banded
        score = scores.get(row.activity.pk, 0) + by_amount + (category is not None)
        if score:
            because = [_("the amount is in its band")] * by_amount
            because += [_("it is about the category “%(category)s”") % {"category": category}] if category else []
            because += [_("its words")] if row.activity.pk in scores else []
            found.append(Reply(row.activity, score, seats_of(row, held), because))
    return sorted(found, key=lambda reply: (-reply.score, reply.activity.number))[:limit]


def is_about(row, branch) -> bool:
    return about(row, branch) or bool(row.category_id and fits(row, branch, ""))


def meant(row, category) -> bool:
    """Whether a row that is for one kind of spend is for this one."""
    return fits(row, branch_of(category), category.domain)


def matches(version, words) -> dict[int, float]:
    """{activity id: 0–1} of the rows that hold the words, misspelt ones too."""
    if not words:
        return {}
    routed = Case(*[When(routes=code, then=Value(str(word))) for code, word in Activity.Routes.choices if code],
                  default=Value(""))  # fmt: skip
    language = configuration()
    vector = (
        SearchVector("name", weight="A", config=language)
        + SearchVector("area", weight="B", config=language)
        + SearchVector(routed, weight="C", config=language)
    )
    text = Concat(F("name"), Value(" "), F("area"))
    like = [TrigramWordSimilarity(word, text) for word in words if len(word) > 3]
    rows = version.activities.annotate(
        rank=SearchRank(vector, any_of(words, language), normalization=32),
        like=Greatest(*like, Value(0.0)) if like else Value(0.0),
    )
    return {
        pk: rank + (like if like >= LIKE else 0)
        for pk, rank, like in rows.values_list("pk", "rank", "like")
        if rank > 0 or like >= LIKE
    }


def categories(workspace, words) -> list[Category]:
    """The categories that the words name, the closest name first; with their branches above."""
    if not words:
        return []
    language = configuration()
    named = Category.objects.of(workspace).active().select_related("parent__parent__parent")
    found = named.annotate(rank=SearchRank(SearchVector("name", config=language), any_of(words, language)))
    return list(found.filter(rank__gt=0).order_by("-rank", "pk")[:5])


def any_of(words, language) -> SearchQuery:
    """Any of the words, or a longer one that begins with it. They are words of letters and digits alone."""
    return SearchQuery(" | ".join(f"{word}:*" for word in words), search_type="raw", config=language)


def configuration() -> str:
    return CONFIGURATIONS.get((get_language() or "en")[:2], "simple")


def seats_of(row, held):
    """[(letter, meaning, [columns])] in the order A R G C I."""
    seats = []
    for letter in ORDER:
        columns = [held[role] for role, letters in row.letters.items() if letter in letters and role in held]
        if columns:
            seats.append((letter, MEANING[letter], columns))
    return seats

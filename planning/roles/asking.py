"""“A 40,000 martech contract”: who decides, in words, with the row the answer came from."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .letters import MEANING, ORDER
from .models import Activity

AMOUNT = re.compile(r"(?<![\w.])(\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.(\d+))?\s*(k|m)?\b", re.IGNORECASE)
TIMES = {"k": 1_000, "m": 1_000_000}
DULL = {"a", "an", "the", "for", "of", "and", "to", "who", "decides", "about", "on", "in", "is", "new", "our", "with"}


@dataclass
class Reply:
    """One row that answers: per letter, its meaning and the roles with their holders of the day."""

    activity: Activity
    score: int
    seats: list


def understood(question: str) -> tuple[Decimal | None, list[str]]:
    """The amount in a question (workspace's currency; "40k" and "1.2 m" are read) and the words that mean something."""
    found = AMOUNT.search(question)
    amount = None
    if found:
        whole, rest, times = found.groups()
        amount = Decimal(re.sub(r"[, ]", "", whole) + (f".{rest}" if rest else "")) * TIMES.get(
            (times or "").lower(), 1
        )
        question = question[: found.start()] + " " + question[found.end() :]
    words = [word for word in re.findall(r"\w+", question.casefold()) if word not in DULL and not word.isdigit()]
    return amount, words


def replies(grid, question: str, limit: int = 5) -> list[Reply]:
    """The rows of a version that answer a question, best first; a band that does not hold the amount never answers."""
    amount, words = understood(question)
    held = {column.role.pk: column for column in grid.columns}
    found = []
    for row in grid.rows:
        if amount is not None and not row.activity.covers(amount):
            continue
        score = match(row.activity, words) * 2 + (amount is not None and row.activity.banded)
        if score:
            found.append(Reply(row.activity, score, seats_of(row, held)))
    return sorted(found, key=lambda reply: (-reply.score, reply.activity.number))[:limit]


def match(activity, words) -> int:
    text = f"{activity.name} {activity.area} {activity.get_routes_display() if activity.routes else ''}".casefold()
    return sum(stem(word) in text for word in words)


def stem(word: str) -> str:
    """Enough of a word that “contracts” finds “contract”."""
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def seats_of(row, held):
    """[(letter, meaning, [columns])] in the order A R G C I."""
    seats = []
    for letter in ORDER:
        columns = [held[role] for role, letters in row.letters.items() if letter in letters and role in held]
        if columns:
            seats.append((letter, MEANING[letter], columns))
    return seats

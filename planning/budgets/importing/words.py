"""The words that budget files put above their columns and into their cells."""

import re
from datetime import date
from functools import lru_cache

from babel.dates import get_month_names

from planning.shared.headings import plain

# Best first. What is not the text of the line itself is looked for first, so that "Account name" names the account.
WORDS = {
    "line": ["line no", "line id", "line number"],
    "total": [
        "total for the year",
        "full year",
        "annual total",
        "year total",
        "total plan",
        "plan",
        "annual budget",
        "budget",
        "adopted budget",
        "adopted",
        "approved budget",
        "approved",
        "total",
        "amount",
        "planned",
        "value",
    ],
    "marketing": ["marketing", "marketing amount", "marketing pays", "marketing share amount"],
    "technology": ["technology", "technology amount", "it amount", "technology pays", "it"],
    "marketing_percent": ["marketing percent", "marketing share", "marketing pct"],
    "technology_percent": ["technology percent", "technology share", "it share", "technology pct"],
    "cost_centre": ["cost centre", "cost center", "cost centre code", "cost center code", "dept code", "cc"],
    "account": ["account code", "gl account", "gl code", "account number", "account no", "nominal code", "account"],
    "category": [
        "category",
        "budget category",
        "spend category",
        "cost category",
        "category name",
        "expense type",
        "programme",
        "program",
        "dept name",
        "department",
        "group",
        "type",
    ],
    "vendor": ["vendor", "vendor name", "supplier", "supplier name", "payee"],
    "kpi": ["kpi", "kpi it should move", "objective", "metric"],
    "owner": ["looked after by", "line owner", "responsible", "owner email", "budget holder", "manager"],
    "side": ["side", "owner side", "whose line", "owning side", "owner", "team"],
    "purpose": ["run grow or transform", "run grow transform", "purpose"],
    "treatment": ["accounting", "capex opex", "opex capex", "treatment"],
    "notes": ["notes", "comment", "comments", "remarks"],
    "name": [
        "line",
        "line name",
        "budget line",
        "name",
        "item",
        "line item",
        "initiative",
        "project",
        "campaign",
        "description",
        "activity",
        "account name",
        "title",
    ],
    "reference": ["reference", "key", "external id", "ref"],
}
SIDES = {
    "marketing": ["marketing", "mktg", "mkt", "cmo", "marketing department"],
    "technology": ["technology", "tech", "it", "cio", "information technology", "it department"],
    "joint": ["joint", "both", "shared", "marketing and technology", "marketing technology", "marketing it"],
}
SUMS = re.compile(r"^(grand |sub ?)?(total|sum)\b|\btogether$")
LANGUAGES = ("en", "pl", "it", "ru")


def side_of(text: str) -> str | None:
    """The side that a cell means, or None."""
    said = plain(text) or text.strip().lower()
    return next((side for side, words in SIDES.items() if said in words), None)


def is_sum(text: str) -> bool:
    """Whether a row of this name adds others up: "Total", "Subtotal marketing", "Marketing together"."""
    return bool(SUMS.search(plain(text)))


@lru_cache(maxsize=1)
def month_words() -> dict[str, int]:
    """{"apr": 4, "april": 4, "aprile": 4, …} in the languages of the house."""
    words = {}
    for language in LANGUAGES:
        for width in ("abbreviated", "wide"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                words |= {name.strip(".").lower(): number for number, name in names.items()}
    return words


def month_of(heading: str, months: list[date]) -> int | None:
    """Which of the budget's twelve months (0 to 11) a heading names; None when it names none of them.

    "2027-04", "2027-04-01", "04/2027", "Apr 2027", "Apr-27", "April", "M1", "P01", "Period 1". A month of another year
    is none of them.
    """
    text = heading.strip().lower()
    if found := re.fullmatch(r"(?:m|p|month|period)\s*0?([1-9]|1[0-2])", text):
        return int(found[1]) - 1
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?(?:[ t].*)?", text):
        return place(months, int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", text):
        return place(months, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"([^\W\d_]+)\.?[ \-/.']*(\d{2}|\d{4})?", text):
        year = found[2] and int(found[2]) + (2000 if len(found[2]) == 2 else 0)
        return place(months, month_words().get(found[1]), year)
    return None


def place(months, number, year=None) -> int | None:
    return next(
        (at for at, month in enumerate(months) if month.month == number and year in (None, month.year)),
        None,
    )


def years_in(heading: str) -> set[int]:
    """The years that a heading names: "2021-22 Adopted" → {2021, 2022}, "FY27" → {2027}."""
    years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", heading)}
    for first, second in re.findall(r"((?:19|20)\d\d)\s*[-/]\s*(\d\d)(?!\d)", heading):
        years |= {int(first), int(first[:2] + second)}
    return years | {2000 + int(short) for short in re.findall(r"\bfy\s*'?(\d\d)\b", heading.lower())}

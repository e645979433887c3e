"""Date styles: one for a whole column, never guessed row by row.

A style has a name in the words people use ("dd/mm/yyyy"), a pattern, and the groups that hold year, month and day. The
same pattern reads a date here and in Postgres, so preview and import cannot disagree.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
TIME = r"([ T]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AaPp][Mm])?Z?)?"
SEPARATOR = r" ?[-/. ] ?"
CENTURY_TURNS = 70  # a year of two digits is 1970 to 2069


@dataclass(frozen=True)
class Style:
    """`year`, `month`, `day` are the numbers of the pattern's groups. `words`: the month is written out."""

    name: str
    pattern: str
    year: int
    month: int
    day: int
    words: bool = False

    @cached_property
    def regex(self):
        return re.compile(f"^{self.pattern}{TIME}$", re.IGNORECASE)

    def read(self, text: str) -> date | None:
        """The date `text` means in this style, or None."""
        found = self.regex.match(text.strip())
        if not found:
            return None
        year, month, day = found[self.year], found[self.month], int(found[self.day])
        try:
            number = MONTHS.index(month[:3].lower()) + 1 if self.words else int(month)
            return date(full_year(year), number, day)
        except ValueError:
            return None

    @property
    def posix(self) -> str:
        """The pattern as Postgres reads it."""
        return f"(?i)^{self.pattern}{TIME}$"

    def iso(self, found: str) -> str:
        """A Postgres expression: the ISO text of the date in `found`, an array of this pattern's groups."""
        month = f"{found}[{self.month}]"
        if self.words:
            month = f"array_position(ARRAY{MONTHS}, lower(left({month}, 3)))::text"
        year = f"{found}[{self.year}]"
        century = f"CASE WHEN length({year}) > 2 THEN '' WHEN {year}::int < {CENTURY_TURNS} THEN '20' ELSE '19' END"
        return f"({century} || {year} || '-' || lpad({month}, 2, '0') || '-' || lpad({found}[{self.day}], 2, '0'))"


def full_year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else year + (2000 if year < CENTURY_TURNS else 1900)


D, M, Y4, Y2, WORD = r"([0-9]{1,2})", r"([0-9]{1,2})", r"([0-9]{4})", r"([0-9]{2})", r"([A-Za-z]{3,9})"
STYLES = {
    style.name: style
    for style in [
        Style("yyyy-mm-dd", rf"{Y4}[-/.]{M}[-/.]{D}", 1, 2, 3),
        Style("dd/mm/yyyy", rf"{D}{SEPARATOR}{M}{SEPARATOR}{Y4}", 3, 2, 1),
        Style("mm/dd/yyyy", rf"{M}{SEPARATOR}{D}{SEPARATOR}{Y4}", 3, 1, 2),
        Style("dd/mm/yy", rf"{D}{SEPARATOR}{M}{SEPARATOR}{Y2}", 3, 2, 1),
        Style("mm/dd/yy", rf"{M}{SEPARATOR}{D}{SEPARATOR}{Y2}", 3, 1, 2),
        Style("dd-Mon-yyyy", rf"{D}{SEPARATOR}{WORD}{SEPARATOR}{Y4}", 3, 2, 1, words=True),
        Style("dd-Mon-yy", rf"{D}{SEPARATOR}{WORD}{SEPARATOR}{Y2}", 3, 2, 1, words=True),
        Style("Month dd, yyyy", rf"([A-Za-z]{{3,9}},? +)?{WORD} +{D},? +{Y4}", 4, 2, 3, words=True),
        Style("yyyymmdd", r"([0-9]{4})([0-9]{2})([0-9]{2})", 1, 2, 3),
    ]
}
SAID = {
    "iso": "yyyy-mm-dd",
    "iso8601": "yyyy-mm-dd",
    "yyyy/mm/dd": "yyyy-mm-dd",
    "%Y-%m-%d": "yyyy-mm-dd",
    "%Y/%m/%d": "yyyy-mm-dd",
    "%d/%m/%Y": "dd/mm/yyyy",
    "%m/%d/%Y": "mm/dd/yyyy",
    "%d/%m/%y": "dd/mm/yy",
    "%m/%d/%y": "mm/dd/yy",
    "%d-%m-%Y": "dd/mm/yyyy",
    "%d.%m.%Y": "dd/mm/yyyy",
    "%d-%b-%Y": "dd-Mon-yyyy",
    "%d-%b-%y": "dd-Mon-yy",
    "%d %b %Y": "dd-Mon-yyyy",
    "%d %B %Y": "dd-Mon-yyyy",
    "%A, %B %d, %Y": "Month dd, yyyy",
    "%B %d, %Y": "Month dd, yyyy",
    "%Y%m%d": "yyyymmdd",
    "dmy": "dd/mm/yyyy",
    "mdy": "mm/dd/yyyy",
    "ymd": "yyyy-mm-dd",
    "weekday, month dd, yyyy": "Month dd, yyyy",
}


def style_of(said: str) -> Style | None:
    """The style that somebody's words mean: ours ("dd/mm/yyyy"), strftime's ("%d/%m/%Y") or short ("DMY"), or None."""
    said = str(said).strip()
    plain = said.lower().replace("-", "/").replace(".", "/").replace(" ", "/")
    for name in (said, SAID.get(said), SAID.get(said.lower()), plain, SAID.get(plain)):
        if name in STYLES:
            return STYLES[name]
    loose = {key.lower().replace("-", "/").replace(" ", "/"): style for key, style in STYLES.items()}
    return loose.get(plain)


def decide(values: Iterable[str]) -> tuple[str | None, bool]:
    """(style, certain) for all values of a column, blanks left out: a list of cells, or how often each is there.

    Certain: every value but two in a hundred reads in this style, and in no other that means other days.
    """
    times = Counter[str]()
    for value, count in Counter(values).items():
        if said := value.strip():
            times[said] += count
    fits = {name: {value: day for value in times if (day := style.read(value))} for name, style in STYLES.items()}
    sizes = {name: sum(times[value] for value in found) for name, found in fits.items()}
    best, rows = max(sizes.values()), sum(times.values())
    if not rows or best < rows * 0.9:
        return None, False
    leaders = sorted((name for name in STYLES if sizes[name] == best), key=lambda name: _spread(fits[name].values()))
    same = all(fits[name] == fits[leaders[0]] for name in leaders)
    return leaders[0], same and best >= rows * 0.98


def _spread(days):
    return (max(days) - min(days)).days

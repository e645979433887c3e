"""What the rules look at, without a database: people in roles on sides, and rows with letters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Person:
    """Who holds a role, [since, until); None is open. `key` is the e-mail."""

    key: str
    name: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class RoleFacts:
    key: str
    name: str
    side: str
    holders: tuple[Person, ...] = ()

    def today(self, day: date) -> list[Person]:
        return [person for person in self.holders if person.holds_on(day)]

    def vacant_from(self, day: date) -> date | None:
        """The first day from `day` on that nobody holds it, None when somebody always will."""
        while True:
            ends = [person.until for person in self.today(day)]
            if not ends:
                return day
            if None in ends:
                return None
            day = max(ends)


@dataclass(frozen=True)
class ActivityFacts:
    """One row: `letters` maps a role's key to its letters; the band is [low, high), None is open; amounts in the
    workspace's currency. `only_for` is the one kind of spend it is for."""

    key: str
    name: str
    letters: dict[str, str] = field(default_factory=dict)
    joint: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    only_for: str = ""

    def roles(self, letter: str) -> list[str]:
        return [role for role, letters in self.letters.items() if letter in letters]

    @property
    def banded(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True)
class Finding:
    """`activity` and `roles` are keys, `people` e-mails; `row` is the activity's place among the rows, from 0, because
    bands share a key. `mend` says what would settle it. `gist` is the message without its activity, where the same is
    found for many."""

    rule: str
    severity: str
    message: str
    activity: str | None = None
    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    mend: str = ""
    gist: str = ""
    row: int | None = None


class Matrix:
    """The facts, with the look-ups that several rules share."""

    def __init__(self, activities: Iterable[ActivityFacts], roles: Iterable[RoleFacts], today: date):
        self.activities, self.today = list(activities), today
        self.roles = {role.key: role for role in roles}
        self.places = {id(activity): place for place, activity in enumerate(self.activities)}

    def holders(self, keys) -> list[Person]:
        """Today's holders of these roles, each person once."""
        people = {
            person.key: person for key in keys if key in self.roles for person in self.roles[key].today(self.today)
        }
        return list(people.values())

    def names(self, keys) -> str:
        return listed(self.roles[key].name for key in keys if key in self.roles)

    def sides(self, keys) -> set[str]:
        return {str(self.roles[key].side) for key in keys if key in self.roles}

    def finding(self, rule, severity, message, activity=None, roles=(), people=None, mend="", gist=""):
        people = self.holders(roles) if people is None else people
        return Finding(
            rule,
            severity,
            message,
            activity and activity.key,
            tuple(person.key for person in people),
            tuple(roles),
            mend,
            gist,
            None if activity is None else self.places[id(activity)],
        )


def listed(words) -> str:
    return get_text_list(list(words), _("and"))


def quoted(activity) -> dict:
    return {"activity": activity.name}

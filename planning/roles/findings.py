"""What is wrong with a matrix, worked out without a database: fifteen rules, each one function below.

`findings(activities, roles, today)` takes plain facts and gives every finding. Errors stop the signing; warnings need a
comment. Rows that share a key, or a name where one of them has an amount band, are bands of one activity: they may
leave out the smallest and the largest amounts (the lead is unlimited), but not one in between.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

ERROR, WARNING = "error", "warning"
KEY_SIDES = ("marketing", "technology")
NOTICE_OF_VACANCY = timedelta(days=30)
WEIGHTS = {"A": 3, "R": 2, "C": 1, "G": 1, "I": 0}


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
    workspace's currency."""

    key: str
    name: str
    letters: dict[str, str] = field(default_factory=dict)
    joint: bool = False
    low: Decimal | None = None
    high: Decimal | None = None

    def roles(self, letter: str) -> list[str]:
        return [role for role, letters in self.letters.items() if letter in letters]

    @property
    def banded(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True)
class Finding:
    """`activity` and `roles` are keys, `people` e-mails; `mend` says what would settle it. `gist` is the message
    without its activity, where the same is found for many."""

    rule: str
    severity: str
    message: str
    activity: str | None = None
    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    mend: str = ""
    gist: str = ""


class Matrix:
    """The facts, with the look-ups that several rules share."""

    def __init__(self, activities: Iterable[ActivityFacts], roles: Iterable[RoleFacts], today: date):
        self.activities, self.today = list(activities), today
        self.roles = {role.key: role for role in roles}

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
        )


def findings(activities, roles, today) -> list[Finding]:
    """Every finding of a matrix on `today`; errors first, then in the order of the rules."""
    matrix = Matrix(activities, roles, today)
    found = [finding for rule in RULES for finding in rule(matrix)]
    return sorted(found, key=lambda finding: finding.severity != ERROR)


def gathered(found: list[Finding]) -> list[Finding]:
    """The same, with what is found alike for several activities said once, for pages and agendas."""
    alike = defaultdict(list)
    for number, finding in enumerate(found):
        alike[(finding.rule, finding.severity, finding.gist) if finding.gist else number].append(finding)
    return [several(group) if len(group) > 1 else group[0] for group in alike.values()]


def several(group) -> Finding:
    message = _("%(gist)s, whom %(count)s activities need.") % {"gist": group[0].gist, "count": len(group)}
    return replace(group[0], message=message, activity=None)


def listed(words) -> str:
    return get_text_list(list(words), _("and"))


def quoted(activity) -> dict:
    return {"activity": activity.name}


# ── Errors ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def no_accountable(matrix):
    for activity in matrix.activities:
        if not activity.roles("A"):
            message = _("Nobody decides “%(activity)s”: it has no A.") % quoted(activity)
            yield matrix.finding("no-accountable", ERROR, message, activity, mend=_("Give one role the A."))


def two_accountable(matrix):
    for activity in matrix.activities:
        roles = activity.roles("A")
        if len(roles) > 1:
            message = _("“%(activity)s” has more than one A (%(roles)s): when they differ, nobody decides.")
            message %= quoted(activity) | {"roles": matrix.names(roles)}
            mend = _("Leave one A; make the other G when it has to agree.")
            yield matrix.finding("two-accountable", ERROR, message, activity, roles, mend=mend)


def no_responsible(matrix):
    for activity in matrix.activities:
        if not activity.roles("R"):
            message = _("Nobody prepares “%(activity)s”: it has no R.") % quoted(activity)
            mend = _("Give a role the R, or make the A an AR.")
            yield matrix.finding("no-responsible", ERROR, message, activity, mend=mend)


def one_sided(matrix):
    for activity in matrix.activities:
        roles = [role for role, letters in activity.letters.items() if set("ARG") & set(letters)]
        sides = matrix.sides(roles)
        if activity.joint and len(sides) == 1:
            message = _("“%(activity)s” is joint work, but only %(side)s prepares, agrees and decides.")
            message %= quoted(activity) | {"side": _(sides.pop())}
            mend = _("Give the other side a G.")
            yield matrix.finding("one-sided", ERROR, message, activity, roles, mend=mend)


def no_agree(matrix):
    for activity in matrix.activities:
        accountable = activity.roles("A")
        missing = [
            side for side in KEY_SIDES if side not in matrix.sides(accountable) | matrix.sides(activity.roles("G"))
        ]
        if activity.joint and accountable and missing:
            message = _("“%(activity)s” is joint work, but %(side)s does not have to agree: no G there.")
            message %= quoted(activity) | {"side": listed(_(side) for side in missing)}
            mend = _("Turn that side's C into a G.")
            yield matrix.finding("no-agree", ERROR, message, activity, accountable, mend=mend)


def no_holder(matrix):
    """An error today; a warning when the vacancy begins within 30 days."""
    for activity in matrix.activities:
        for key in activity.letters:
            role = matrix.roles.get(key)
            vacant = role.vacant_from(matrix.today) if role and activity.letters[key] else None
            if vacant and vacant <= matrix.today + NOTICE_OF_VACANCY:
                yield vacancy(matrix, activity, role, vacant)


def vacancy(matrix, activity, role, vacant):
    now = vacant == matrix.today
    words = quoted(activity) | {"role": role.name, "day": date_format(vacant, "j M Y")}
    gist = _("Nobody is %(role)s today") if now else _("From %(day)s nobody is %(role)s")
    message = _("%(gist)s, whom “%(activity)s” needs.") % (words | {"gist": gist % words})
    return matrix.finding(
        "no-holder",
        ERROR if now else WARNING,
        message,
        activity,
        [role.key],
        mend=_("Name a holder."),
        gist=gist % words,
    )


def band_gap(matrix):
    for rows in banded_together(matrix):
        covered = rows[0].high
        for row in rows[1:]:
            if covered is not None and (row.low or 0) > covered:
                message = _("Between %(low)s and %(high)s nobody is named for “%(activity)s”.")
                message %= quoted(row) | {"low": amount(covered), "high": amount(row.low)}
                yield matrix.finding(
                    "band-gap", ERROR, message, row, row.roles("A"), mend=_("Let one band begin where the other ends.")
                )
            covered = None if covered is None or row.high is None else max(covered, row.high)


def band_overlap(matrix):
    for rows in banded_together(matrix):
        covered = rows[0].high
        for row in rows[1:]:
            if covered is None or (row.low or 0) < covered:
                message = _("From %(low)s on two rows of “%(activity)s” answer for the same amounts.")
                message %= quoted(row) | {"low": amount(row.low or Decimal(0))}
                yield matrix.finding(
                    "band-overlap",
                    ERROR,
                    message,
                    row,
                    row.roles("A"),
                    mend=_("Let one band begin where the other ends."),
                )
            covered = None if covered is None or row.high is None else max(covered, row.high)


def banded_together(matrix) -> list[list[ActivityFacts]]:
    """Rows that are bands of one activity, each group by lower bound."""
    by_name = defaultdict(list)
    for row in matrix.activities:
        by_name[row.name.casefold().strip()].append(row)
    alias = {row.key: rows[0].key for rows in by_name.values() if any(row.banded for row in rows) for row in rows}
    groups = defaultdict(list)
    for row in matrix.activities:
        groups[alias.get(row.key, row.key)].append(row)
    return [sorted(rows, key=lambda row: row.low or Decimal(0)) for rows in groups.values() if len(rows) > 1]


def amount(value: Decimal) -> str:
    return format(value.normalize(), ",f")


# ── Warnings about rows ──────────────────────────────────────────────────────────────────────────────────────────────
def many_responsible(matrix):
    for activity in matrix.activities:
        roles = activity.roles("R")
        if len(roles) > 3:
            message = _("%(count)s roles prepare “%(activity)s”; over three, each waits for the others.")
            message %= quoted(activity) | {"count": len(roles)}
            yield matrix.finding(
                "many-responsible", WARNING, message, activity, roles, mend=_("Keep the R with those who do the work.")
            )


def many_consulted(matrix):
    for activity in matrix.activities:
        asked = activity.roles("C")
        told = [role for role in activity.roles("I") if role not in asked]
        if len(asked) > 4 or len(asked) + len(told) > 8:
            message = _("“%(activity)s” asks %(asked)s roles and tells %(told)s: deciding will be slow.")
            message %= quoted(activity) | {"asked": len(asked), "told": len(told)}
            yield matrix.finding(
                "many-consulted", WARNING, message, activity, asked + told, mend=_("Make some C an I, and drop some I.")
            )


def nobody_told(matrix):
    for activity in matrix.activities:
        if not activity.roles("C") and not activity.roles("I"):
            message = _("“%(activity)s” asks and tells nobody outside: others will learn of it by accident.") % quoted(
                activity
            )
            yield matrix.finding("nobody-told", WARNING, message, activity, mend=_("Give somebody a C or an I."))


def weaker_letter(matrix):
    for activity in matrix.activities:
        roles = [role for role, held in activity.letters.items() if set("CI") & set(held) and set("AR") & set(held)]
        if roles:
            message = _("In “%(activity)s”, %(roles)s both act and are asked or told: the weaker letter says nothing.")
            message %= quoted(activity) | {"roles": matrix.names(roles)}
            yield matrix.finding("weaker-letter", WARNING, message, activity, roles, mend=_("Drop the C or I."))


# ── Warnings about people ────────────────────────────────────────────────────────────────────────────────────────────
def concentrated(matrix):
    people, decides, total = {}, defaultdict(set), 0
    for row, activity in enumerate(matrix.activities):
        roles = activity.roles("A")
        total += len(roles)
        for person in matrix.holders(roles):
            people[person.key] = person
            decides[person.key].add(row)
    for key, rows in decides.items():
        if len(rows) >= 3 and 2 * len(rows) >= total:
            message = ngettext(
                "%(person)s decides %(count)s of %(total)s activity.",
                "%(person)s decides %(count)s of %(total)s activities.",
                total,
            ) % {"person": people[key].name, "count": len(rows), "total": total}
            yield matrix.finding(
                "concentrated", WARNING, message, people=[people[key]], mend=_("Hand some A to others.")
            )


def overloaded(matrix):
    people, loads = loads_of(matrix)
    middle = median(loads.values()) if loads else 0
    for key, load in loads.items():
        if 2 * load > 3 * middle:
            message = _("%(person)s carries %(load)s points of work, where the middle one carries %(middle)s.")
            message %= {"person": people[key].name, "load": load, "middle": f"{Decimal(str(middle)).normalize():f}"}
            yield matrix.finding(
                "overloaded", WARNING, message, people=[people[key]], mend=_("Hand some A and R to others.")
            )


def loads_of(matrix) -> tuple[dict[str, Person], dict[str, int]]:
    """3A + 2R + C + G for each person with any load, over the roles they hold today."""
    people, loads = {}, Counter()
    for activity in matrix.activities:
        for key, letters in activity.letters.items():
            for person in matrix.holders([key]):
                people[person.key] = person
                loads[person.key] += sum(WEIGHTS[letter] for letter in letters)
    return people, {key: load for key, load in loads.items() if load}


def idle(matrix):
    for role in matrix.roles.values():
        letters = {letter for activity in matrix.activities for letter in activity.letters.get(role.key, "")}
        if letters <= {"I"}:
            message = _("%(role)s is only told everywhere.") if letters else _("%(role)s has no letter at all.")
            yield matrix.finding(
                "idle",
                WARNING,
                message % {"role": role.name},
                roles=[role.key],
                mend=_("Give the role something to do, or take it out."),
            )


RULES = (
    no_accountable, two_accountable, no_responsible, no_holder, one_sided, no_agree, band_gap, band_overlap,
    many_responsible, many_consulted, nobody_told, weaker_letter, concentrated, overloaded, idle,
)  # fmt: skip

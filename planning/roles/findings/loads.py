"""Does the work lie on too few people, or a role have none of it?"""

from collections import Counter, defaultdict
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .facts import WARNING, Person

WEIGHTS = {"A": 3, "R": 2, "C": 1, "G": 1, "I": 0}


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

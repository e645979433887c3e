"""A version as plain facts: read in four queries, whatever its size."""

from collections import defaultdict

from .findings import ActivityFacts, Finding, Person, RoleFacts, findings
from .models import Holding, Letter


def roles_of(version) -> list[RoleFacts]:
    """The roles that take part, left to right, with their holders of all days (people who left not among them)."""
    roles = [column.role for column in version.columns.select_related("role")]
    held = defaultdict(list)
    holdings = Holding.objects.of(version.workspace_id).filter(role__in=roles, member__left_at=None)
    for holding in holdings.select_related("member__user").order_by("pk"):
        member = holding.member
        held[holding.role_id].append(Person(member.email, member.name, holding.days.lower, holding.days.upper))
    return [RoleFacts(role.key, role.name, role.side, tuple(held[role.pk])) for role in roles]


def activities_of(version) -> list[ActivityFacts]:
    letters = defaultdict(dict)
    cells = Letter.objects.of(version.workspace_id).filter(activity__version=version).order_by("role_id")
    for activity, role, text in cells.values_list("activity_id", "role__key", "letters"):
        letters[activity][role] = text
    return [
        ActivityFacts(row.key, row.name, letters[row.pk], row.joint, row.low, row.high) for row in version.activities.all()
    ]


def findings_of(version, on=None) -> list[Finding]:
    """Every finding of a version on a day (default: the workspace's today)."""
    return findings(activities_of(version), roles_of(version), on or version.workspace.today())


def terms_of(version) -> dict:
    """What is signed, as flat as a difference likes it: roles with their holders, and one entry a row."""
    today = version.workspace.today()
    terms = {
        f"role {role.key}": {"name": role.name, "side": role.side, "holders": sorted(p.key for p in role.today(today))}
        for role in roles_of(version)
    }
    counted = defaultdict(int)
    rows = {(row.number): row for row in version.activities.all()}
    for number, facts in zip(sorted(rows), activities_of(version), strict=True):
        row = rows[number]
        counted[row.key] += 1
        terms[f"activity {row.key} {counted[row.key]}"] = {
            "name": row.name, "area": row.area, "joint": row.joint, "from": row.low, "to": row.high,
            "routes": row.routes, "letters": dict(sorted(facts.letters.items())),
        }  # fmt: skip
    return terms

"""A version as plain facts for the findings, and as the terms that both sides sign."""

from collections import defaultdict

from .findings import ActivityFacts, Finding, Matrix, Person, RoleFacts, findings_of_facts
from .grid import Grid, grid_of


def findings_of(version, on=None) -> list[Finding]:
    """Every finding of a version on a day (default: the workspace's today)."""
    return findings_in(grid_of(version), on)


def findings_in(grid: Grid, on=None) -> list[Finding]:
    """The same for a version that was read already."""
    return findings_of_facts(matrix_in(grid, on))


def matrix_in(grid: Grid, on=None) -> Matrix:
    """Its facts on a day (default: the workspace's today); rows stand in the order of their numbers."""
    return Matrix(activities_in(grid), roles_in(grid), on or grid.version.workspace.today())


def activities_in(grid) -> list[ActivityFacts]:
    keys = {column.role.pk: column.role.key for column in grid.columns}
    return [
        ActivityFacts(
            row.activity.key,
            row.activity.name,
            {keys[role]: letters for role, letters in row.letters.items()},
            row.activity.joint,
            row.activity.low,
            row.activity.high,
            row.activity.only_for,
        )
        for row in by_number(grid)
    ]


def roles_in(grid) -> list[RoleFacts]:
    return [
        RoleFacts(
            column.role.key,
            column.role.name,
            column.role.side,
            tuple(Person(h.member.email, h.member.name, h.days.lower, h.days.upper) for h in column.holdings),
        )
        for column in grid.columns
    ]


def by_number(grid):
    return sorted(grid.rows, key=lambda row: row.activity.number)


def terms_of(version) -> dict:
    """What is signed, flat enough for a difference: roles with today's holders, and one entry a row."""
    grid = grid_of(version)
    terms = {
        f"role {column.role.key}": {
            "name": column.role.name,
            "side": column.role.side,
            "holders": sorted(member.email for member in column.holders),
        }
        for column in grid.columns
    }
    counted = defaultdict(int)
    for row, facts in zip(by_number(grid), activities_in(grid), strict=True):
        counted[facts.key] += 1
        terms[f"activity {facts.key} {counted[facts.key]}"] = {
            "name": facts.name,
            "area": row.activity.area,
            "joint": facts.joint,
            "from": facts.low,
            "to": facts.high,
            "routes": row.activity.routes,
            "letters": dict(sorted(facts.letters.items())),
        } | ({"only for": facts.only_for} if facts.only_for else {})
    return terms

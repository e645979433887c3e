"""What the page says about a version: its findings with the people by name, and what would settle each."""

from dataclasses import dataclass

from .facts import by_number, matrix_in
from .findings import ERROR, WARNING, Finding, findings_of_facts, gathered
from .grid import Grid
from .mending import Mend, mend_for


@dataclass
class Told:
    """`people` are names; `role` (its id) is the vacant one; `activity` (its id) where there is one row to look at."""

    finding: Finding
    people: list[str]
    mend: Mend | None
    role: int | None
    activity: int | None


def told(grid: Grid) -> dict[str, list[Told]]:
    """{"errors": […], "warnings": […]}: what many rows share is said once; mends only for a draft."""
    matrix = matrix_in(grid)
    rows = [row.activity.pk for row in by_number(grid)]
    roles = {column.role.key: column.role.pk for column in grid.columns}
    names = {holding.member.email: holding.member.name for column in grid.columns for holding in column.holdings}
    said = {ERROR: [], WARNING: []}
    for finding in gathered(findings_of_facts(matrix)):
        said[finding.severity].append(
            Told(
                finding,
                [names[email] for email in finding.people],
                mend_for(matrix, finding) if grid.version.is_draft else None,
                roles[finding.roles[0]] if finding.rule == "no-holder" else None,
                rows[finding.row] if finding.row is not None and finding.activity else None,
            )
        )
    return {"errors": said[ERROR], "warnings": said[WARNING]}

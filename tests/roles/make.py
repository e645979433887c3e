"""Matrices to start a test from."""

from planning.roles import agreeing, importing
from planning.roles.drafts import version_in
from planning.roles.sheets import ActivityRow, RoleRow, Sheet

ROLES = [
    RoleRow("Chief marketing officer", "marketing", "cmo"),
    RoleRow("Marketing planner", "marketing", "planner"),
    RoleRow("Chief information officer", "technology", "cio"),
    RoleRow("Vendor manager", "technology", "vendor"),
    RoleRow("Finance partner", "finance", "finance"),
]


def buying(low=None, high=None, **letters):
    letters = letters or {"cmo": "A", "planner": "R", "cio": "G", "finance": "C", "vendor": "C"}
    return ActivityRow("Buy technology", letters, "buy", "Technology", True, low, high)


def sheet(*rows):
    """Copies, because filling a draft cleans them."""
    rows = rows or (
        buying(),
        ActivityRow("Run the platform", {"cio": "A", "vendor": "R", "cmo": "I", "planner": "C"}, "run"),
    )
    return Sheet([RoleRow(role.name, role.side, role.key) for role in ROLES], list(rows))


def holders(cast):
    people = {
        "cmo": cast.cmo,
        "planner": cast.marketing_planner,
        "cio": cast.cio,
        "vendor": cast.technology_planner,
        "finance": cast.finance,
    }
    return {key: [(member, None, None)] for key, member in people.items()}


def draft(cast, *rows, member=None):
    return importing.put_matrix(member or cast.cmo, sheet=sheet(*rows), holders=holders(cast))


def in_force(cast, *rows):
    """A matrix that both sides signed."""
    version = draft(cast, *rows)
    agreeing.propose(cast.marketing_planner, comment="as discussed")
    agreeing.sign_matrix(cast.cmo, version=version.number)
    agreeing.sign_matrix(cast.cio, version=version.number)
    return version_in(cast.workspace, "in force")

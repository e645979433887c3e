"""Names of the budget lines in force, in one query."""

from planning.budgets.models import Revision


def named(workspace) -> dict[int, str]:
    """{line id: name} of every line an agreed budget has in force."""
    revisions = Revision.objects.of(workspace).in_force().filter(removed=False)
    years = revisions.order_by("name").values_list("line_id", "name", "line__budget__year")
    rows = list(years)
    several = len({year for _line, _name, year in rows}) > 1
    return {line: f"{name} ({year})" if several else name for line, name, year in rows}

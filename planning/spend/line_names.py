"""The budget lines in force, and their names."""

from planning.budgets.models import Line, Revision


def named(workspace) -> dict[int, str]:
    """{line id: name} of every line an agreed budget has in force. One query."""
    revisions = Revision.objects.of(workspace).in_force().filter(removed=False)
    years = revisions.order_by("name").values_list("line_id", "name", "line__budget__year")
    rows = list(years)
    several = len({year for _line, _name, year in rows}) > 1
    return {line: f"{name} ({year})" if several else name for line, name, year in rows}


def lines_to_choose(workspace):
    """Lines in force of the agreed budgets, the newest year first, with their names."""
    lines = Line.objects.of(workspace).select_related("budget")
    return lines.filter(
        revisions__in_force__endswith=None, revisions__in_force__isnull=False, revisions__removed=False
    ).distinct()

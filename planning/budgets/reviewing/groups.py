"""By what a variance is grouped, and to what it is narrowed: columns of `o` (a line, side and month) and of `r` (what
the line says). Amounts are summed by the bare column; the names of the few groups are looked up afterwards.
"""

# The column, what is joined to `s` for the names, and the name itself.
GROUPS = {
    "side": ("o.side", "", "s.key"),
    "category": ("r.category_id", "LEFT JOIN calendar_category n ON n.id = s.key", "n.name"),
    "line": ("o.line_id", "LEFT JOIN said n ON n.line_id = s.key", "n.name"),
    "vendor": ("r.vendor_id", "LEFT JOIN vendors_vendor n ON n.id = s.key", "n.name"),
    "kpi": ("r.kpi_id", "LEFT JOIN kpis_kpi n ON n.id = s.key", "n.name"),
    "month": ("o.month", "", "s.key::text"),
}
OF_CELLS = {"side", "line", "month"}
SAID = """said AS NOT MATERIALIZED (
    SELECT DISTINCT ON (r.line_id) r.line_id, r.name, r.category_id, r.vendor_id, r.kpi_id
      FROM budgets_revision r JOIN budgets_line l ON l.id = r.line_id
     WHERE r.workspace_id = %(workspace)s AND l.budget_id = %(budget)s AND r.in_force IS NOT NULL
     ORDER BY r.line_id, upper_inf(r.in_force) DESC, r.id DESC
)"""
LINES = "JOIN said r ON r.line_id = o.line_id"


def shaped(sql, by, only) -> str:
    """The statement for one grouping. Only names of `GROUPS` come into its text; values are parameters.

    `<lines>` joins what lines say where grouping or narrowing asks for it, `<names>` and `<name>` call the groups `s`.
    """
    key, names, name = GROUPS[by]
    parts = {"<key>": key, "<names>": names, "<name>": name, "<said>": SAID, "<only>": conditions(only)}
    parts["<lines>"] = "" if {by, *only} <= OF_CELLS else LINES
    for mark, text in parts.items():
        sql = sql.replace(mark, text)
    return sql


def conditions(names) -> str:
    return " AND ".join(["true", *(f"coalesce({GROUPS[name][0]}::text, '') = %(only_{name})s" for name in names)])


def narrowing(only) -> dict:
    return {f"only_{name}": value for name, value in only.items()}

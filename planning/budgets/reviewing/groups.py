"""By what a variance is grouped, and to what it is narrowed: expressions over `o` (a line, side and month) and `r`
(what the line says), with the names of `cat`, `v` and `k`.
"""

GROUPS = {
    "side": ("o.side", "o.side"),
    "category": ("r.category_id::text", "min(cat.name)"),
    "line": ("o.line_id::text", "min(r.name)"),
    "vendor": ("coalesce(r.vendor_id::text, '')", "coalesce(min(v.name), '')"),
    "kpi": ("coalesce(r.kpi_id::text, '')", "coalesce(min(k.name), '')"),
    "month": ("o.month::text", "o.month::text"),
}
OF_CELLS = {"side", "month"}


def shaped(sql, by, only) -> str:
    """The statement for one grouping. Only names of `GROUPS` come into its text; values are parameters.

    `<only>` is the whole narrowing, `<only_cells>` and `<only_lines>` what of it is about `o` and about `r`; `<cut>`
    is what a line's cells are grouped by besides the line.
    """
    key, label = GROUPS[by]
    parts = {"<key>": key, "<label>": label, "<cut>": f", {key.split('::')[0]}" if by in OF_CELLS else ""}
    parts |= {
        "<only>": conditions(only),
        "<only_cells>": conditions(name for name in only if name in OF_CELLS),
        "<only_lines>": conditions(name for name in only if name not in OF_CELLS),
    }
    for mark, text in parts.items():
        sql = sql.replace(mark, text)
    return sql


def conditions(names) -> str:
    return " AND ".join(["true", *(f"{GROUPS[name][0]} = %(only_{name})s" for name in names)])


def narrowing(only) -> dict:
    return {f"only_{name}": value for name, value in only.items()}

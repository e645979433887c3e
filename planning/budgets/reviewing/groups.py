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


def shaped(sql, by, only) -> str:
    """The statement for one grouping. Only names of `GROUPS` come into its text; values are parameters."""
    key, label = GROUPS[by]
    where = " AND ".join(["true", *(f"{GROUPS[name][0]} = %(only_{name})s" for name in only)])
    return sql.replace("<key>", key).replace("<label>", label).replace("<only>", where)


def narrowing(only) -> dict:
    return {f"only_{name}": value for name, value in only.items()}

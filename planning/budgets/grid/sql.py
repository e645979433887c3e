"""The grid's one statement: a window of lines in their order, with the sums of their groups, as JSON Postgres writes.

`LINES` ends in `lines`: what each line of a budget says now (the open change where there is one, else what is in
force), with its group. `statement()` adds the asked measures and puts it all together. Amounts leave Postgres as plain
text ("1234.5"), because JSON numbers would be binary floats.
"""

from ..forecast import CELLS

KEYS = {
    "side": "CASE r.side WHEN 'marketing' THEN 1 WHEN 'technology' THEN 2 ELSE 3 END, r.side, r.side",
    "category": "1, c.id::text, c.name",
    "kpi": "CASE WHEN k.id IS NULL THEN 2 ELSE 1 END, coalesce(k.id::text, ''), coalesce(k.name, '')",
    "vendor": "CASE WHEN v.id IS NULL THEN 2 ELSE 1 END, coalesce(v.id::text, ''), coalesce(v.name, '')",
}
LINES = """
said AS MATERIALIZED (
    SELECT r.line_id, r.is_open, r.removed, r.months, r.name, r.side, r.category_id, r.kpi_id, r.vendor_id,
           r.marketing_weight, v.state
      FROM budgets_version v JOIN budgets_revision r ON r.version_id = v.id
     WHERE v.workspace_id = %(workspace)s AND v.budget_id = %(budget)s AND v.state <> 'interim'
       AND (r.is_open OR r.in_force IS NOT NULL AND upper(r.in_force) IS NULL)
), lines AS MATERIALIZED (
    SELECT r.line_id AS id, r.months, r.name, r.side, c.name AS category, r.marketing_weight, lower(r.name) AS sorted,
           f.months AS agreed, g.place, g.key, g.label, lower(g.label) AS label_sorted,
           CASE WHEN NOT r.is_open THEN 'agreed' WHEN r.removed THEN 'removed' WHEN r.state = 'proposed' THEN 'proposed'
                WHEN f.line_id IS NULL THEN 'new' ELSE 'draft' END AS state
      FROM said r
      LEFT JOIN said f ON r.is_open AND f.line_id = r.line_id AND NOT f.is_open AND NOT f.removed
      LEFT JOIN said o ON NOT r.is_open AND o.line_id = r.line_id AND o.is_open
      JOIN calendar_category c ON c.id = r.category_id
      LEFT JOIN kpis_kpi k ON k.id = r.kpi_id
      LEFT JOIN vendors_vendor v ON v.id = r.vendor_id
     CROSS JOIN LATERAL (SELECT <key>) AS g(place, key, label)
     WHERE o.line_id IS NULL AND (NOT r.removed OR f.line_id IS NOT NULL)
)
"""
BARE_CELLS = """
WITH outlook AS (
    SELECT c.line_id, c.side, c.month, c.plan + c.transferred AS plan, c.transferred, c.reserved, c.committed, c.actual
      FROM budgets_cell c WHERE c.workspace_id = %(workspace)s AND c.budget_id = %(budget)s
)
"""
WINDOW = """
, shown AS MATERIALIZED (
    SELECT * FROM lines
     WHERE %(after)s::bigint IS NULL OR (place, label_sorted, key, sorted, id) > (
           SELECT place, label_sorted, key, sorted, id FROM lines WHERE id = %(after)s::bigint)
     ORDER BY place, label_sorted, key, sorted, id LIMIT %(size)s OFFSET %(skip)s
), months AS (
    SELECT * FROM unnest(%(months)s::date[]) WITH ORDINALITY AS m(month, n)
)
"""
# What a measure sums from `outlook`.
MEASURES = {
    "transferred": "transferred",
    "reserved": "reserved",
    "committed": "committed",
    "actual": "actual",
    "forecast": "forecast",
    "variance": "forecast - plan",
}
NEED_FORECAST = {"forecast", "variance"}
MONEY = """
, money AS MATERIALIZED (SELECT line_id, month, <sums> FROM outlook GROUP BY line_id, month)
, of_line AS (
    SELECT s.id, <arrays>
      FROM shown s CROSS JOIN months LEFT JOIN money m ON m.line_id = s.id AND m.month = months.month GROUP BY s.id
)
"""
MONEY_OF_GROUPS = """
, by_group AS (
    SELECT l.key, m.month, <sums> FROM money m JOIN lines l ON l.id = m.line_id GROUP BY l.key, m.month
), of_group AS (
    SELECT k.key, <arrays>
      FROM (SELECT DISTINCT key FROM lines) k CROSS JOIN months
      LEFT JOIN by_group m ON m.key = k.key AND m.month = months.month GROUP BY k.key
)
"""
TEXTS = "ARRAY(SELECT trim_scale(amount)::text FROM unnest({months}) AS amount)"
ROWS = """(
    SELECT coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'group', s.key, 'category', s.category,
               'side', s.side, 'share', trim_scale(s.marketing_weight)::text, 'state', s.state, 'plan', <plan>,
               'agreed', CASE WHEN s.agreed <> s.months THEN <agreed> END <measures>)
               ORDER BY s.place, s.label_sorted, s.key, s.sorted, s.id), '[]')
      FROM shown s <join>)"""
GROUPS = """(
    SELECT coalesce(json_agg(json_build_object('key', s.key, 'label', s.label, 'lines', s.lines,
               'plan', <plan> <measures>) ORDER BY s.place, s.label_sorted, s.key), '[]')
      FROM (SELECT place, label_sorted, key, label, count(*) AS lines, ARRAY[<sums>] AS months
              FROM lines GROUP BY place, label_sorted, key, label) s <join>)"""


def statement(grouped_by: str, measures: list[str], *, with_groups: bool) -> str:
    """SQL answering one row of one column: {"rows": […]} and, `with_groups`, {"groups": […], "mark": of `changes`};
    parameters are `forecast.facts` and the window's `after`, `size` and `skip`.
    """
    money = [name for name in measures if name in MEASURES]
    sql = (CELLS if NEED_FORECAST & set(money) else BARE_CELLS) + ", " if money else "WITH "
    sql += LINES.replace("<key>", KEYS[grouped_by]) + WINDOW
    if money:
        sql += MONEY.replace("<sums>", listed(money, "sum({}) AS {}", MEASURES)).replace("<arrays>", arrays(money))
    if money and with_groups:
        sql += MONEY_OF_GROUPS.replace("<sums>", listed(money, "sum(m.{}) AS {}")).replace("<arrays>", arrays(money))
    parts = [f"'rows', {part(ROWS, money, 'JOIN of_line a ON a.id = s.id')}"]
    if with_groups:
        parts.append(f"'groups', {part(GROUPS, money, 'JOIN of_group a ON a.key = s.key')}")
        parts.append("'mark', pg_snapshot_xmin(pg_current_snapshot())::text")
    return sql + f"SELECT json_build_object({', '.join(parts)})::text"


def part(sql, money, join) -> str:
    return (
        sql.replace("<plan>", TEXTS.format(months="s.months"))
        .replace("<agreed>", TEXTS.format(months="s.agreed"))
        .replace("<sums>", ", ".join(f"sum(months[{n}])" for n in range(1, 13)))
        .replace("<measures>", "".join(f", '{name}', a.{name}" for name in money))
        .replace("<join>", join if money else "")
    )


def arrays(money) -> str:
    return listed(money, "array_agg(trim_scale(coalesce(m.{}, 0))::text ORDER BY months.n) AS {}")


def listed(names, form, said=None) -> str:
    return ", ".join(form.format((said or {}).get(name, name), name) for name in names)

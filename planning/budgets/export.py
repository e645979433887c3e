"""The budget as a file: CSV, or a workbook with formulas."""

from planning.shared.exports import csv_file, sent

from .export_rows import (
    amount_heads,
    amounts,
    by_owner,
    dimensions_of,
    own_words,
    rows_of,
    signed_versions,
    text_heads,
    texts,
)
from .export_workbook import workbook


def export(request, budget):
    """The response that saves the budget as CSV or, with formulas, as a workbook."""
    rows = rows_of(budget)
    name = f"budget-{budget.year}-{request.workspace.today():%Y-%m-%d}"
    if request.GET["export"] == "xlsx":
        return sent(workbook(budget, by_owner(rows), signed_versions(budget)), f"{name}.xlsx")
    own = dimensions_of(rows)
    heads = [*text_heads(), *amount_heads(budget), *own]
    lines = ([*texts(row), *amounts(row), *own_words(row, own)] for row in rows)
    return sent(csv_file(heads, lines), f"{name}.csv")

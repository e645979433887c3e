"""Payroll in the ledger: who sees its rows and its file, and where it is booked (rules.md, Budgets: people cost).

A row of kind payroll loses vendor, name and description while it is read (`cleaning`): they are never stored. What is
left is an amount, and an amount may be one person's. So

* Postgres shows payroll rows, and every row on a line of people cost, to leads and planners of the side that owns the
  line, to finance and to auditors (0003). Lists, the queue, pivot, repeats, exports, search and the API ask the same
  table and need not think of it. Everybody else has the line's total, which budgets keep. Payroll that is on no line
  yet is seen by finance, auditors and the side that brought the file;
* payroll is booked on lines of people cost alone, which hold five people at least. On another line, the total less the
  invoices that everybody sees would be somebody's pay. Until it has such a line it waits in the queue;
* the kept file still says every name. An import that holds payroll is `private`: its page, preview, totals, rejected
  rows and file are seen by finance, auditors, and leads and planners of the side that brought it. The history says how
  many rows it had, not their sums.
"""

import re

from django.db import connection
from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .models import Kind

# A file that calls itself so is private before anybody looked at it; reading it settles the matter.
CALLED = re.compile(r"payroll|salar(y|ies)|payslip|wages\b|lohn|gehalt|stipendi|wynagrodzen|зарплат", re.IGNORECASE)
LINES = "SELECT budgets_people_lines(true), budgets_people_lines(false)"
# A Postgres expression: the line of a payroll row is one of people cost, or none.
LINE = (
    "CASE WHEN {row}.kind <> 'payroll' THEN {line}"
    " WHEN {line} = ANY ((SELECT budgets_people_lines(true))::bigint[]) THEN {line} END"
)


def is_called_payroll(name, proposed) -> bool:
    """Whether a file says itself that it is payroll: by its mapping, its name or its headings."""
    words = " ".join([name, *(str(head) for head in proposed.headers)])
    says = any(str(cell).strip().lower() == Kind.PAYROLL for row in proposed.sample for cell in row)
    return says or proposed.mapping.get("kind") == Kind.PAYROLL or bool(CALLED.search(words))


def settle_privacy(batch) -> None:
    """Once its rows are counted (`booking.tally`): the import is private when one of them is payroll, or its mapping
    says so."""
    batch.private = batch.mapping.get("kind") == Kind.PAYROLL or batch.holds_payroll


def people_lines() -> tuple[set, set]:
    """(lines of people cost whose rows whoever asks may see, those whose rows they may not). One query."""
    with connection.cursor() as cursor:
        cursor.execute(LINES)
        seen, unseen = cursor.fetchone()
    return set(seen), set(unseen)


def refuse_elsewhere(line, entries) -> None:
    """Payroll goes on a line of people cost. Call where the whole is seen."""
    if any(entry.kind == Kind.PAYROLL for entry in entries) and line.pk not in people_lines()[0]:
        raise Refused(
            _("Payroll is booked on a line of people cost: on “%(line)s” it would tell what somebody earns.")
            % {"line": line},
            "line",
        )


def amounts_told(line, entries) -> bool:
    """Whether the history, which everybody reads, may say what these rows add up to."""
    return not any(entry.kind == Kind.PAYROLL for entry in entries) and line.pk not in people_lines()[0]

"""Reading a whole file and saying what it would do, before anything is done."""

from collections import Counter
from itertools import islice

from django.utils.translation import gettext as _

from planning.files import reading
from planning.shared.delimited import column_names
from planning.shared.money import ZERO, money_text
from planning.shared.refusals import Refused

from ..models import IntakeRow, Outcome
from .cells import Reader, offset
from .columns import propose
from .judging import Judged, Plan, digest

READ_AT_ONCE = 8 * 2**20
MOST_ROWS = 20_000


def proposed(stored, budget, given=None):
    """The proposal for a stored file, from its beginning when it is long."""
    with reading.opened(stored) as file:
        data = file.read(READ_AT_ONCE)
        return propose(data, budget, given, whole=not file.read(1))


def rows_of(intake) -> list:
    """Every filled row below the heading, as its mapping reads it. Refused: too many, a column that is not there."""
    mapping = intake.mapping
    with reading.opened(intake.file) as file:
        rows = reading.rows(file, mapping)
        head = list(islice(rows, mapping["header_row"]))
        if len(head) < mapping["header_row"]:
            raise Refused(_("There are no rows below the heading."), "file")
        names = column_names([cell.strip().lstrip("\ufeff") for cell in head[-1][1]])
        reader = Reader(mapping, names, intake.budget.workspace.currency)
        found = [reader.read(number, cells) for number, cells in rows if "".join(cells).strip()]
    if not found:
        raise Refused(_("There are no rows below the heading."), "file")
    if len(found) > MOST_ROWS:
        raise Refused(_("A budget file has at most %(most)s rows.") % {"most": MOST_ROWS}, "file")
    if mapping["below_zero"] == "offset":
        offset(found)
    return found


def judged(intake) -> tuple[list[Judged], Plan]:
    """Every row's outcome against the plan as it is now."""
    plan = Plan(intake.budget, intake.mapping).load()
    return [plan.judge(row) for row in rows_of(intake)], plan


def result(outcomes: list[Judged], plan: Plan) -> dict:
    """The Intake's fields that sum the outcomes up."""
    currency = plan.workspace.currency
    counts, totals = Counter(), dict.fromkeys(("file", *Outcome.values), ZERO)
    for one in outcomes:
        counts[str(one.outcome)] += 1
        totals["file"] += one.read.amount or ZERO
        totals[str(one.outcome)] += one.read.amount or ZERO
    counts["unreadable"] = sum(one.read.amount is None for one in outcomes if one.outcome == Outcome.REFUSED)
    counts["untouched"] = len(plan.by_id.keys() - plan.used)
    return {
        "counts": {"rows": len(outcomes), **counts},
        "totals": {name: money_text(amount, currency) for name, amount in totals.items()},
        "new_categories": [category.name for category in plan.new_categories.values()],
        "digest": digest(outcomes),
    }


def as_row(intake, one: Judged) -> IntakeRow:
    return IntakeRow(
        workspace_id=intake.workspace_id,
        intake=intake,
        row=one.read.row,
        outcome=one.outcome,
        name=one.read.name,
        amount=one.read.amount,
        at=one.read.at[:120],
        reason=one.read.refusal or one.read.left_out,
        remark=" ".join(one.read.remarks),
        changes=one.changes,
        line_id=one.now.line_id if one.now else None,
    )

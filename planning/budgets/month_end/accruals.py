"""What was delivered and not billed: asked once of each line's owner at the end of a month.

An answer counts as actual of its month and, with it, as much less of the next one, where the invoice is due: an accrual
counts in variance, never uses a commitment up, and leaves the year as it was. At the end of a year the line that goes
on from it takes it back; while there is none, nobody does, and the list says so. Posting months are held as for any
posting, so a shut month refuses; the ledger's total is tied out with these bookings in it.
"""

from decimal import Decimal

from django.db.models import DecimalField, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from planning.calendar.periods import book, hold_for_posting
from planning.people.models import Side
from planning.shared.money import ZERO, clean_money
from planning.shared.refusals import Refused

from ..models import Accrual, Cell, Movement, Revision
from ..postings import post_actuals
from ..reviewing.explanations import refuse_others

MONEY = DecimalField(max_digits=20, decimal_places=3)


def to_ask(budget, month) -> list[Accrual]:
    """One unsaved question for each line in force on which something may have been delivered up to and with `month`: it
    has a plan, a promise or an actual there, or an older promise. What is still committed is suggested."""
    cells = Cell.objects.of(budget.workspace_id).filter(line__budget=budget, month__lte=month).values("line_id")
    sums = cells.annotate(
        committed_so_far=Sum("committed"),
        here=Coalesce(
            Sum(F("plan") + F("transferred") + F("committed") + F("actual"), filter=Q(month=month)), ZERO,
            output_field=MONEY,
        ),
    )  # fmt: skip
    lines = set(lines_in_force(budget))
    at = budget.workspace.now()
    return [
        Accrual(
            workspace=budget.workspace, line_id=row["line_id"], month=month, asked_at=at,
            suggested=max(row["committed_so_far"], ZERO),
        )
        for row in sums.order_by("line_id")
        if row["line_id"] in lines and (row["here"] or row["committed_so_far"])
    ]  # fmt: skip


def lines_in_force(budget):
    lines = Revision.objects.of(budget.workspace_id).in_force().filter(line__budget=budget, removed=False)
    return lines.values_list("line_id", flat=True)


def refuse_foreign(accrual, member):
    """Its owner answers, or whoever edits for the line's side; finance may write down what an owner told it."""
    if member.side == Side.FINANCE and member.can_edit:
        return
    refuse_others(accrual.line, member, _("What was delivered on “%(line)s” is for its owner to say."))


def clean_answer(accrual, amount, what) -> tuple[Decimal, str]:
    """Refused: an amount below zero, and one without a word about what was delivered."""
    field = f"amount_{accrual.line_id}"
    amount = clean_money(amount, accrual.workspace.currency, field)
    if amount < 0:
        raise Refused(_("Nothing was delivered: that is zero, not less."), field)
    if amount and not what.strip():
        raise Refused(_("Say in a few words what was delivered."), f"what_{accrual.line_id}")
    return amount, what.strip()[:200] if amount else ""


def post(accrual, member, amount):
    """Book the answer: the difference to what stood there, in its month and the other way in the next."""
    workspace, difference = accrual.workspace, amount - (accrual.amount or ZERO)
    if not difference:
        return
    accrual.step += 1
    accrual.reversal_line_id = accrual.reversal_line_id or line_that_reverses(accrual)
    bookings = [(accrual.line_id, accrual.month, difference, f"{accrual.step}")]
    if accrual.reversal_line_id:
        bookings.append((accrual.reversal_line_id, accrual.reversed_in, -difference, f"{accrual.step} reversed"))
    hold_for_posting(member, [month for _line, month, _amount, _step in bookings])
    for line, month, part, step in bookings:
        post_actuals(workspace, [(line, month, part)], accrual, step, member, Movement.Kind.ACCRUAL)
    book(workspace, {month: part for _line, month, part, _step in bookings})


def line_that_reverses(accrual) -> int | None:
    """The line itself while its year goes on; after that the agreed line that goes on from it, when there is one."""
    line = accrual.line
    line.budget.workspace = accrual.workspace
    if accrual.reversed_in in line.budget.months:
        return line.pk
    agreed = Revision.objects.of(accrual.workspace_id).in_force().filter(line=OuterRef("pk"), removed=False)
    return line.followers.filter(Exists(agreed)).values_list("pk", flat=True).order_by("pk").first()


def booked_in(workspace, months) -> dict:
    """{month: {accrued, reversed}} in the workspace's currency: what these questions booked into each month."""
    rows = (
        Movement.objects.of(workspace)
        .filter(kind=Movement.Kind.ACCRUAL, month__in=months)
        .values("month")
        .annotate(
            accrued=Coalesce(Sum("actual", filter=~Q(cause_id__endswith="reversed")), ZERO, output_field=MONEY),
            reversed=Coalesce(Sum("actual", filter=Q(cause_id__endswith="reversed")), ZERO, output_field=MONEY),
        )
    )
    return {row["month"]: {"accrued": row["accrued"], "reversed": row["reversed"]} for row in rows}

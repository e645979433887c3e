"""Month-end on one page: for each month its state, its figures and the next step. Five queries, however many lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.calendar.models import Period
from planning.calendar.periods import year_as_it_is
from planning.shared.money import ZERO
from planning.shared.periods import add_months

from ..models import Accrual, Explanation, MonthEnd
from .accruals import booked_in


@dataclass
class Month:
    """A month of the budget's year. Amounts in the workspace's currency; `ledger` is what came from elsewhere."""

    number: int
    month: date
    period: Period
    over: bool
    asked: bool = False
    asked_why: bool = False
    asked_later: bool = False  # about a later month: a variance to date is asked about with all that came before
    questions: int = 0
    answered: int = 0
    accrued: Decimal = ZERO
    reversed: Decimal = ZERO
    variances: int = 0
    explained: int = 0

    @property
    def ledger(self) -> Decimal:
        return self.period.booked - self.accrued - self.reversed

    @property
    def unanswered(self) -> int:
        return self.questions - self.answered

    @property
    def unexplained(self) -> int:
        return self.variances - self.explained

    @property
    def done(self) -> bool:
        return self.step == ""

    @property
    def step(self) -> str:
        """ask, soft_close, total, difference, close, reasons or explain; empty while it runs, and when all is done."""
        if not self.over:
            return ""
        state = self.period.state
        if state == Period.State.OPEN:
            return "soft_close" if self.asked else "ask"
        if state == Period.State.SOFT:
            if self.period.control_total is None:
                return "total"
            return "difference" if self.period.difference else "close"
        if not self.asked_why:
            return "" if self.asked_later else "reasons"
        return "explain" if self.unexplained else ""

    @property
    def says(self) -> str:
        """The next step in a sentence."""
        match self.step:
            case "ask":
                return _("Ask the owners what was delivered and not billed")
            case "soft_close":
                if self.unanswered:
                    return ngettext(
                        "%(count)s line is not answered; then soft-close", "%(count)s lines are not answered; then "
                        "soft-close", self.unanswered,
                    ) % {"count": self.unanswered}  # fmt: skip
                return _("Soft-close: from then on only finance posts")
            case "total":
                return _("Write down the ledger's total")
            case "difference":
                return _("Find the difference to the ledger")
            case "close":
                return _("Close: the difference is 0.00")
            case "reasons":
                return _("Ask why lines are away from plan")
            case "explain":
                return ngettext(
                    "%(count)s explanation is missing", "%(count)s explanations are missing", self.unexplained
                ) % {"count": self.unexplained}
        if self.over:
            return _("Done")
        return _("Runs until %(day)s") % {"day": date_format(add_months(self.month, 1), "j M")}


def months_of(budget) -> list[Month]:
    """The twelve months of the budget's year."""
    workspace, this = budget.workspace, budget.workspace.today().replace(day=1)
    ends = {one.month: one for one in MonthEnd.objects.of(workspace).filter(budget=budget)}
    questions = counted(
        Accrual.objects.of(workspace).filter(line__budget=budget), answered=Count("pk", filter=Q(amount__isnull=False))
    )
    reasons = counted(
        Explanation.objects.of(workspace).filter(line__budget=budget), answered=Count("pk", filter=Q(by__isnull=False))
    )
    booked = booked_in(workspace, budget.months)
    found = []
    for period in year_as_it_is(workspace, budget.year):
        month = period.starts_on
        end, asked, why = ends.get(month), questions.get(month, {}), reasons.get(month, {})
        found.append(
            Month(
                period.number, month, period, over=month < this,
                asked=bool(end and end.accruals_asked_at), asked_why=bool(end and end.explanations_asked_at),
                questions=asked.get("rows", 0), answered=asked.get("answered", 0),
                variances=why.get("rows", 0), explained=why.get("answered", 0), **booked.get(month, {}),
            )
        )  # fmt: skip
    asked = [one.number for one in found if one.asked_why]
    for one in found:
        one.asked_later = bool(asked) and one.number < asked[-1]
    return found


def counted(rows, **counts) -> dict:
    """{month: {rows, …}}."""
    found = rows.order_by().values("month").annotate(rows=Count("pk"), **counts)
    return {row.pop("month"): row for row in found}


def in_focus(months, number: int | None = None) -> Month:
    """The month asked for; else the first that has a next step, else the one that runs."""
    if number and 1 <= number <= len(months):
        return months[number - 1]
    waiting = [one for one in months if one.step not in ("", "explain")] or [one for one in months if one.step]
    running = [one for one in months if not one.over]
    return (waiting or running or months[-1:])[0]

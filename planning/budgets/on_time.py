"""What the clock asks: at the end of a month what was delivered, once it is shut why it was off plan, and after the
date of a business case what it brought."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.calendar.models import Period
from planning.notices.reminding import Step, remind
from planning.people.places import place
from planning.shared.periods import add_months, year_of
from planning.trail.models import subject_of

from .models import Budget, BusinessCase, MonthEnd
from .reviewing.explanations import owners_of

EVIDENCE = "budgets.evidence"


def month_to_ask_for_accruals(workspace) -> tuple[Budget, date] | None:
    """The month that ended last, while it is open and nobody was asked: with the agreed budget of its year."""
    month = add_months(workspace.today().replace(day=1), -1)
    budget = agreed_budget(workspace, month)
    shut = Period.objects.of(workspace).filter(starts_on=month).exclude(state=Period.State.OPEN)
    if budget is None or shut.exists() or asked(budget, month, "accruals_asked_at"):
        return None
    return budget, month


def month_to_ask_for_reasons(workspace) -> tuple[Budget, date] | None:
    """The newest month that is shut, when nobody was asked about it."""
    shut = Period.objects.of(workspace).exclude(state=Period.State.OPEN).order_by("-starts_on").first()
    this = workspace.today().replace(day=1)
    budget = agreed_budget(workspace, shut.starts_on) if shut and shut.starts_on < this else None
    if budget is None or asked(budget, shut.starts_on, "explanations_asked_at"):
        return None
    return budget, shut.starts_on


def agreed_budget(workspace, month) -> Budget | None:
    return Budget.objects.of(workspace).filter(year=year_of(workspace, month), state=Budget.State.AGREED).first()


def asked(budget, month, what) -> bool:
    rows = MonthEnd.objects.of(budget.workspace_id).filter(budget=budget, month=month)
    return rows.exclude(**{what: None}).exists()


def remind_of_results(workspace) -> None:
    """Remind the owners of business cases whose date has passed and whose result nobody recorded; once each."""
    late = list(
        BusinessCase.objects.of(workspace).without_result().filter(due__lt=workspace.today()).select_related("line")
    )
    owners = owners_of(workspace, [case.line_id for case in late])
    for case in late:
        facts = {
            "subject": _("What did it bring? %(case)s") % {"case": case},
            "lines": [_("Its effect was to show by %(day)s.") % {"day": date_format(case.due, "j M Y")}],
            "url": place(workspace, "budgets:case", case.line_id),
        }
        steps = [Step(member, workspace.now(), f"{case.due}", facts) for member in owners.get(case.line_id, [])]
        remind(workspace, EVIDENCE, subject_of(case), steps)

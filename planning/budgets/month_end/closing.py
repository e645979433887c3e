"""Month-end: who is asked what, once. Plain functions: actions call them and write history."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.notices.reminding import Step, remind
from planning.people.places import place
from planning.shared.refusals import Refused
from planning.trail.models import subject_of

from ..models import Accrual, Explanation, MonthEnd
from ..reviewing import explanations
from . import accruals


def month_end(budget, month) -> MonthEnd:
    """The month's row, held until the transaction ends. Refused: a month outside the budget's year, or not over yet."""
    if month not in budget.months:
        raise Refused(_("That month is not in the budget's year."), "month")
    if month >= budget.workspace.today().replace(day=1):
        raise Refused(_("%(month)s is not over yet.") % {"month": date_format(month, "F Y")}, "month")
    MonthEnd.objects.get_or_create(workspace=budget.workspace, budget=budget, month=month)
    held = MonthEnd.objects.of(budget.workspace).select_for_update(of=("self",), no_key=True)
    return held.get(budget=budget, month=month)


def ask_accruals(budget, month) -> list[Accrual]:
    """Ask every owner once what was delivered and not billed. Returns the questions; [] when they were asked before."""
    row = month_end(budget, month)
    if row.accruals_asked_at:
        return []
    asked = with_owners(budget, accruals.to_ask(budget, month))
    Accrual.objects.bulk_create(asked)
    row.accruals_asked_at = budget.workspace.now()
    row.save(update_fields=["accruals_asked_at"])
    mail(budget, month, asked, "budgets.accruals", _("What was delivered in %(month)s and not billed?"), "accruals")
    return asked


def ask_explanations(budget, month) -> list[Explanation]:
    """Ask the owners once why their lines are away from plan. Returns the questions; [] when they were asked before."""
    row = month_end(budget, month)
    if row.explanations_asked_at:
        return []
    asked = with_owners(budget, explanations.to_ask(budget, month))
    Explanation.objects.bulk_create(asked)
    row.explanations_asked_at = budget.workspace.now()
    row.save(update_fields=["explanations_asked_at"])
    mail(budget, month, asked, "budgets.explanations", _("Why was %(month)s away from plan?"), "variance")
    return asked


def with_owners(budget, asked):
    """Each question with its one owner; those that a side answers together have `owners` and no owner."""
    owners = explanations.owners_of(budget.workspace, [one.line_id for one in asked])
    for one in asked:
        one.owners = owners.get(one.line_id, [])
        one.owner = one.owners[0] if len(one.owners) == 1 else None
    return asked


def people_asked(asked) -> dict:
    """{member: how many questions are theirs}."""
    counts = {}
    for one in asked:
        for member in one.owners:
            counts[member] = counts.get(member, 0) + 1
    return counts


def mail(budget, month, asked, rule, subject, page):
    """One reminder a person and a month, however many lines it is about."""
    steps = [
        Step(
            member,
            budget.workspace.now(),
            f"{month:%Y-%m}",
            {
                "subject": subject % {"month": date_format(month, "F Y")},
                "lines": [ngettext("%(count)s line waits for your answer.", "%(count)s lines wait for your answer.",
                                   count) % {"count": count}],
                "url": address(budget, month, page),
            },
        )
        for member, count in people_asked(asked).items()
    ]  # fmt: skip
    remind(budget.workspace, rule, subject_of(budget), steps)


def address(budget, month, page) -> str:
    if page == "variance":
        return place(budget.workspace, "budgets:explanations", budget.pk)
    return place(budget.workspace, "budgets:accruals", budget.pk, budget.months.index(month) + 1)

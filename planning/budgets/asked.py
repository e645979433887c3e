"""What budgets ask of one person: reasons, what was delivered, results, and the other side's word on results."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.models import KEY_SIDES
from planning.people.places import place

from .evidence import side_of_result
from .models import Accrual, BusinessCase, Explanation, OwnerSide, Revision


@dataclass(frozen=True)
class Asked:
    """One thing that waits for an answer: `amount` in the workspace's currency, `days` since it was asked."""

    label: str
    url: str
    days: int
    amount: Decimal | None = None


def asked_of(member) -> list[Asked]:
    """What waits for `member`'s answer, the longest wait first. Three queries."""
    if not member.can_edit or member.side not in KEY_SIDES:
        return []
    found = [*reasons(member), *deliveries(member), *results(member)]
    return sorted(found, key=lambda one: -one.days)


def theirs(member) -> Q:
    """Questions to the member in person, and those to nobody named about lines of their side (joint: its leads)."""
    sides = [member.side, *([OwnerSide.JOINT] if member.is_lead else [])]
    lines = Revision.objects.of(member.workspace_id).in_force().filter(side__in=sides).values("line")
    return Q(owner=member) | Q(owner=None, line__in=lines)


def days_since(member, at) -> int:
    return (member.workspace.today() - at.astimezone(member.workspace.zone).date()).days


def reasons(member):
    name = Revision.objects.of(member.workspace_id).in_force().filter(line=OuterRef("line")).values("name")[:1]
    rows = Explanation.objects.of(member.workspace).open().filter(theirs(member)).annotate(name=Subquery(name))
    for one in rows.order_by("asked_at")[:12]:
        label = _("Why is “%(line)s” away from plan?") % {"line": one.name or ""}
        url = place(member.workspace, "budgets:explanation", one.pk)
        yield Asked(label, url, days_since(member, one.asked_at), abs(one.amount))


def deliveries(member):
    """One for each month, however many lines."""
    rows = Accrual.objects.of(member.workspace).open().filter(theirs(member)).select_related("line__budget")
    months = {}
    for one in rows:
        months.setdefault((one.line.budget_id, one.month), []).append(one)
    for (budget, month), here in sorted(months.items()):
        here[0].line.budget.workspace = member.workspace
        number = here[0].line.budget.months.index(month) + 1
        label = ngettext(
            "What was delivered in %(month)s and not billed: %(count)s line",
            "What was delivered in %(month)s and not billed: %(count)s lines",
            len(here),
        ) % {"month": date_format(month, "F"), "count": len(here)}
        url = place(member.workspace, "budgets:accruals", budget, number)
        yield Asked(label, url, days_since(member, here[0].asked_at))


def results(member):
    """Results that are due from the member's side, and those of the other side that wait for a word."""
    today = member.workspace.today()
    due, to_judge = Q(recorded_by=None, due__lte=today), Q(recorded_by__isnull=False, judged_by=None)
    said = Revision.objects.of(member.workspace_id).in_force().filter(line=OuterRef("line"))
    cases = BusinessCase.objects.of(member.workspace).filter(due | to_judge | Q(verdict="disputed"))
    cases = cases.annotate(name=Subquery(said.values("name")[:1]), side=Subquery(said.values("side")[:1]))
    for case in cases.select_related("line__owner", "recorded_by"):
        url, name = place(member.workspace, "budgets:case", case.line_id), case.name or ""
        if case.recorded_by_id and not case.judged_by_id:
            if member.is_lead and side_of_result(case, case.side) != member.side:
                label = _("Is the effect of “%(line)s” proven?") % {"line": name}
                yield Asked(label, url, days_since(member, case.recorded_at), case.cost)
        elif case.line.owner_id == member.pk or case.line.owner_id is None and answers(member, case.side):
            label = _("What did “%(line)s” bring?") % {"line": name}
            yield Asked(label, url, max((today - case.due).days, 0), case.cost)


def answers(member, side: str | None) -> bool:
    return side in (member.side, OwnerSide.JOINT)

"""A forecast is typed month by month, and kept to be looked back at: by a person, or when a month is closed."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.calendar.models import Period
from planning.notices.telling import tell
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.money import ZERO, clean_money
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .. import snapshots
from ..lines.spreading import cells
from ..models import Budget, ForecastSnapshot, Line, TypedForecast
from ..pictures import budget_of_today
from ..versions.drafts import in_force


@action(gettext_lazy("typed the forecast of the line {subject}"))
def type_forecast(line, member, months, note="") -> Line:
    """What somebody expects of the months to come: {first day of the month: text in the workspace's currency, empty
    for none}. A month falls on the sides by the line's shares; months left out stay as they were typed.

    From now on the line's forecast is the typed one; when nothing is typed any more, the remaining plan again.
    Refused: a month that is over or of another year, an amount below zero, a line that is not agreed.
    """
    line = lock(Line.objects.of(member.workspace).select_related("budget", "owner__user"), line.pk)
    line.budget.workspace = line.workspace
    revision = in_force(line)
    if revision is None or revision.removed:
        raise Refused(_("Only an agreed line has a forecast of its own."))
    amounts = {month: clean_month(line, month, text) for month, text in months.items()}
    before, method = as_text(line), line.forecast
    TypedForecast.objects.of(member.workspace).filter(line=line, month__in=amounts).delete()
    TypedForecast.objects.bulk_create(
        TypedForecast(
            workspace=member.workspace,
            line=line,
            side=side,
            month=month,
            amount=part,
            typed_by=member,
            typed_at=member.workspace.now(),
        )
        for month, amount in amounts.items()
        if amount is not None
        for (side, _row), part in cells([amount], revision.weights, revision.currency).items()
    )
    after = as_text(line)
    line.forecast = Line.Forecast.TYPED if after else Line.Forecast.PLAN
    line.save(update_fields=["forecast"])
    changed = [month for month in before.keys() | after.keys() if before.get(month) != after.get(month)]
    entry = record(
        type_forecast,
        member,
        line,
        before={"forecast by": method, **{month: before.get(month) for month in sorted(changed)}},
        after={"forecast by": line.forecast, **{month: after.get(month) for month in sorted(changed)}},
        note=note,
    )
    tell([line.owner], entry, url=place(member.workspace, "budgets:line", line.pk))
    return line


def clean_month(line, month, text):
    this, field = line.workspace.today().replace(day=1), f"month_{month:%Y_%m}"
    if month not in line.budget.months or month < this:
        raise Refused(_("A forecast is typed for the months to come of the budget's year."), field)
    if text is None or not str(text).strip():
        return None
    amount = clean_money(text, line.workspace.currency, field)
    if amount < 0:
        raise Refused(_("A month's forecast is not below zero."), field)
    return amount


def as_text(line) -> dict:
    found = {}
    for one in TypedForecast.objects.of(line.workspace_id).filter(line=line):
        key = f"{one.month:%Y-%m}"
        found[key] = found.get(key, ZERO) + one.amount
    return found


@action(gettext_lazy("kept the forecast of {subject}"))
def keep_forecast(budget, member, note="") -> ForecastSnapshot:
    """Keep the whole forecast as it stands, to compare with later. Refused: a budget that was never agreed."""
    budget = lock(Budget.objects.of(member.workspace), budget.pk)
    if not budget.agreed_count:
        raise Refused(_("There is a forecast from the first agreement on."))
    snapshot = snapshots.take(budget, member, note.strip()[:200])
    record(keep_forecast, member, budget, after={"forecast": snapshots.whole(snapshot)}, note=note)
    return snapshot


@action(gettext_lazy("kept the forecast of {subject} at the month's close"), by="clock")
def keep_closed_month(workspace) -> ForecastSnapshot | None:
    """The forecast of today's budget as it stands when finance has closed a month; once a month. None when there is
    nothing to keep. A month closed more than a week ago is past: today's forecast is not that of its close any more.
    """
    budget, now = budget_of_today(workspace), workspace.now()
    if budget is None:
        return None
    closed = Period.objects.of(workspace).filter(
        year=budget.year, state=Period.State.CLOSED, closed_at__gt=now - timedelta(days=7)
    )
    period = closed.order_by("-starts_on").first()
    budget = lock(Budget.objects.of(workspace), budget.pk)
    if period is None or budget.snapshots.filter(month=period.starts_on).exists():
        return None
    note = _("At the close of %(month)s") % {"month": f"{period.starts_on:%Y-%m}"}
    snapshot = snapshots.take(budget, note=note, month=period.starts_on)
    record(keep_closed_month, None, budget, after={"month": period.starts_on, "forecast": snapshots.whole(snapshot)})
    return snapshot

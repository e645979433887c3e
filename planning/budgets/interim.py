"""A year that begins without an agreed budget: run lines go on at a twelfth a month of last year, the rest waits.

Version 0 of the year's budget is its interim plan: a revision for each run line that was agreed last year, on the line
of the draft that goes on from it (a new one where there is none). Nobody signs it. Each month that begins books its
twelfth of last year's total as plan, so that promises can be made against it; grow and transform lines get nothing.
The first agreement ends it and books the agreed plan less what the interim plan gave.
"""

from datetime import date

from django.db.models import Func, Value
from django.utils.translation import gettext as _
from psycopg.types.range import Range

from planning.shared import periods
from planning.shared.money import ZERO
from planning.trail.models import subject_of

from .lines.people import carried
from .lines.spreading import cells, even
from .models import Budget, Line, Movement, Revision, Version
from .movements import append
from .versions.drafts import COPIED, new_version


def unagreed_year(workspace) -> int | None:
    """The fiscal year of today when it has no agreed budget and last year had one; else None."""
    year = periods.year_of(workspace, workspace.today())
    agreed = set(Budget.objects.of(workspace).filter(agreed_count__gt=0).values_list("year", flat=True))
    return year if year not in agreed and year - 1 in agreed else None


def begin(workspace, year) -> Budget:
    """The year's budget, held, with its interim version: both made when they are missing."""
    last = Budget.objects.of(workspace).get(year=year - 1)
    now = {"created_by": last.created_by, "created_at": workspace.now()}
    budgets = Budget.objects.of(workspace).select_for_update(of=("self",), no_key=True)
    budget, made = budgets.get_or_create(
        workspace=workspace, year=year, defaults={"name": _("Joint budget %(year)s") % {"year": year}, **now}
    )
    budget.workspace = workspace
    if made:
        new_version(budget, last.created_by)
    if not budget.versions.filter(state=Version.State.INTERIM).exists():
        version = Version.objects.create(
            workspace=workspace, budget=budget, number=0, state=Version.State.INTERIM, **now
        )
        for revision in run_lines(last):
            take_on(version, revision)
    return budget


def run_lines(last) -> list[Revision]:
    """What ran last year and still runs."""
    found = Revision.objects.of(last.workspace_id).agreed().filter(line__budget=last, removed=False)
    found = found.filter(purpose=Revision.Purpose.RUN, total__gt=0, line__unallocated_of=None)
    return list(found.select_related("line").order_by("line_id"))


def take_on(version, before) -> Revision:
    """Last year's line goes on: its interim revision, on the draft's line that follows it."""
    line = follower(version.budget, before)
    copied = {name: getattr(before, name) for name in COPIED} | {"months": even(before.total, before.currency)}
    copied["people_seal"] = carried(before, line)
    return Revision.objects.create(
        workspace=version.workspace,
        line=line,
        version=version,
        is_open=False,
        in_force=Range(0, None),
        **copied,
    )


def follower(budget, before) -> Line:
    """The line of this year that goes on from it, by origin or by name; else a new one, in the draft as it was."""
    lines = Line.objects.of(budget.workspace_id).filter(budget=budget)
    drafted = Revision.objects.of(budget.workspace_id).open().filter(line__in=lines, name__iexact=before.name)
    found = lines.filter(origin=before.line_id).first() or lines.filter(revisions__in=drafted, origin=None).first()
    if found:
        return found
    line = Line.objects.create(
        workspace=budget.workspace,
        budget=budget,
        origin=before.line,
        forecast=before.line.forecast,
        owner=before.line.owner,
        created_at=budget.workspace.now(),
    )
    draft = budget.versions.filter(state=Version.State.DRAFT).first()
    if draft:
        copied = {name: getattr(before, name) for name in COPIED} | {"people_seal": carried(before, line)}
        Revision.objects.create(workspace=budget.workspace, line=line, version=draft, **copied)
    return line


def due_months(budget) -> list[date]:
    """The months of the year that have begun and are not booked yet."""
    version = budget.versions.filter(state=Version.State.INTERIM).first()
    if version is None:
        return []
    booked = set(
        Movement.objects.of(budget.workspace_id).filter(cause=subject_of(version)).values_list("cause_id", flat=True)
    )
    today = budget.workspace.today()
    return [month for month in budget.months if month <= today and month.isoformat() not in booked]


def go_on(budget, months):
    """Book a twelfth of last year for each of `months`; returns the amount, in the workspace's currency."""
    version = budget.versions.get(state=Version.State.INTERIM)
    rows = [budget.months.index(month) for month in months]
    movements = [
        Movement(
            line_id=revision.line_id,
            side=side,
            month=budget.months[row],
            kind=Movement.Kind.PLAN,
            plan=amount,
            cause=subject_of(version),
            cause_id=budget.months[row].isoformat(),
        )
        for revision in version.revisions.all()
        for (side, row), amount in cells(revision.months, revision.weights, revision.currency).items()
        if row in rows
    ]
    append(budget.workspace, movements)
    return sum((movement.plan for movement in movements), ZERO)


def end_interim(version) -> None:
    """The first agreement: interim revisions end, and lines the agreed plan leaves out give back what they were given.

    Refused, by Postgres: a line left out on which money is promised or spent.
    """
    interim = version.budget.versions.filter(state=Version.State.INTERIM).first()
    if interim is None:
        return
    left_out = interim.revisions.exclude(line__in=version.revisions.values("line"))
    taken = Movement.objects.of(version.workspace_id).filter(
        cause=subject_of(interim), line__in=left_out.values("line")
    )
    back = [
        Movement(
            line_id=given.line_id,
            side=given.side,
            month=given.month,
            kind=Movement.Kind.PLAN,
            plan=-given.plan,
            cause=subject_of(interim),
            cause_id=f"{given.month.isoformat()} back",
        )
        for given in taken.filter(line__in=left_out.values("line"))
    ]
    interim.revisions.update(in_force=Func(Value(0), Value(1), function="int8range"))
    append(version.workspace, back)

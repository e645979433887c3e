"""A scenario's changed lines in the version being drafted."""

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, round_money
from planning.shared.refusals import Refused, Stale

from ..lines.people import from_people
from ..lines.spreading import HUNDRED
from ..models import Line, Revision
from ..versions.drafts import copy_of, draft_revision
from .copies import says_otherwise


def put_into(version, scenario) -> list[str]:
    """Write every changed line into the draft `version`; the names of the lines. Call with the budget held.

    Refused: nothing changed, or (Stale) a line that reads otherwise now than when it was copied.
    """
    rows = list(scenario.lines.filter(changed=True).order_by("pk"))
    if not rows:
        raise Refused(_("This scenario changes nothing yet."))
    live = revisions_now(version, rows)
    refuse_moved(rows, live)
    for row in rows:
        if row.line_id is None:
            add(version, row)
        else:
            change(version, row, live[row.line_id])
    return [row.name for row in rows]


def revisions_now(version, rows) -> dict:
    """{line id: what it says now}: an open change if there is one, else what is in force."""
    found = Revision.objects.of(version.workspace_id).filter(line__in=[row.line_id for row in rows if row.line_id])
    found = found.select_related("line", "workspace")
    now = {revision.line_id: revision for revision in found.in_force()}
    return now | {revision.line_id: revision for revision in found.open()}


def refuse_moved(rows, live):
    moved = [row for row in rows if row.line_id and says_otherwise(row, live.get(row.line_id))]
    if moved:
        raise Stale(
            _("The plan moved on since it was copied: %(lines)s. Bring it up to date, or settle that change first.")
            % {"lines": ", ".join(f"“{row.name}”" for row in moved[:5])},
            [
                {
                    "field": row.name,
                    "before": sum(row.base_months, ZERO),
                    "after": live[row.line_id].total if row.line_id in live else None,
                }
                for row in moved
            ],
            "version",
        )


def change(version, row, now):
    """The open revision of this draft, or a copy of what is in force, with the scenario's money."""
    if now.version_id == version.pk:
        revision = now
    else:
        revision = draft_revision(now.line, version) if now.is_open else copy_of(now, version)
    if now.is_people and row.months != now.months:
        raise Refused(from_people(now))
    revision.months, revision.total = row.months, sum(row.months, ZERO)
    revision.marketing_weight, revision.technology_weight = row.marketing_weight, HUNDRED - row.marketing_weight
    if row.original_currency:
        keep_original(revision, row)
    revision.edits += 1
    revision.save()


def keep_original(revision, row):
    """A line planned in another currency: the scenario's rate, and the amount there that its money stands for."""
    if row.rate != row.base_rate:
        revision.rate, revision.rate_day = row.rate, revision.workspace.today()
    same = revision.total == round_money(row.original_total * row.rate, revision.currency)
    exact = row.original_total if same else revision.total / row.rate
    revision.original_total = round_money(exact, row.original_currency)


def add(version, row):
    """A line that only the scenario had."""
    line = Line.objects.create(
        workspace_id=version.workspace_id, budget=version.budget, created_at=version.budget.workspace.now()
    )
    Revision.objects.create(
        workspace_id=version.workspace_id,
        line=line,
        version=version,
        name=row.name,
        side=row.side,
        category_id=row.category_id,
        currency=version.budget.workspace.currency,
        total=sum(row.months, ZERO),
        months=row.months,
        marketing_weight=row.marketing_weight,
        technology_weight=HUNDRED - row.marketing_weight,
        purpose=row.purpose,
    )

"""A scenario's lines: copied from the plan, worked out again from their base by the steps, kept. Plain functions."""

from decimal import Decimal

from django.db import connection

from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from ..lines.spreading import SIDES
from ..models import ScenarioLine, ScenarioStep
from ..standing import shown_revisions
from .rules import Planned, apply

MARKETING = SIDES[0]
TOTALS = """
SELECT coalesce(sum(month), 0), coalesce(sum(marketing), 0)
  FROM budgets_scenarioline CROSS JOIN unnest(months, marketing_months) AS one(month, marketing)
 WHERE workspace_id = %s AND scenario_id = %s
"""
STORE = """
UPDATE budgets_scenarioline SET months = %s, marketing_months = %s, marketing_weight = %s, rate = %s, changed = %s
 WHERE id = %s
"""


def copy_plan(scenario) -> None:
    """Take the lines that are in force (before the first agreement: as they are drafted) as the scenario's base."""
    currency = scenario.budget.workspace.currency
    rows = []
    for revision in shown_revisions(scenario.budget):
        row = ScenarioLine(
            workspace_id=scenario.workspace_id,
            scenario=scenario,
            line_id=revision.line_id,
            name=revision.name,
            side=revision.side,
            category_id=revision.category_id,
            vendor_id=revision.vendor_id,
            purpose=revision.purpose,
            original_currency=revision.original_currency,
            original_total=revision.original_total,
            base_rate=revision.rate,
            base_months=list(revision.months),
            base_weight=revision.marketing_weight,
        )
        fill(row, planned(row), currency)
        rows.append(row)
    ScenarioLine.objects.bulk_create(rows, batch_size=1000)


def copy_scenario(scenario, source) -> None:
    """Take another scenario's base and steps; the lines are what they are there."""
    for model, rows in ((ScenarioLine, source.lines.all()), (ScenarioStep, source.steps.all())):
        copies = list(rows)
        for one in copies:
            one.pk, one._state.adding, one.scenario = None, True, scenario
        model.objects.bulk_create(copies, batch_size=1000)


def planned(row) -> Planned:
    """The base of a stored line."""
    return Planned(
        key=row.line_id,
        name=row.name,
        side=row.side,
        category_id=row.category_id,
        months=list(row.base_months),
        weight=row.base_weight,
        vendor_id=row.vendor_id,
        purpose=row.purpose,
        original_currency=row.original_currency,
        original=row.original_total,
        rate=row.base_rate,
        row=row,
    )


def effect_of(kind, filters, parameters, scenario) -> tuple[list[dict], dict]:
    """([{name, before, after}], effect) of a step that is not taken yet, after those that are; nothing is written."""
    currency = scenario.budget.workspace.currency
    lines = [planned(row) for row in scenario.lines.filter(line__isnull=False).order_by("pk")]
    for step in scenario.steps.order_by("position"):
        apply(step.kind, step.filters, step.parameters, lines, currency)
    before = {id(line): (line.total, sides(line, currency)) for line in lines}
    touched = apply(kind, filters, parameters, lines, currency)
    rows = [
        {"name": line.name, "before": before.get(id(line), (ZERO, None))[0], "after": line.total} for line in touched
    ]
    return rows, effect([before[id(line)][1] for line in touched if id(line) in before], touched, currency)


def sides(line, currency) -> dict:
    return {side: sum(months, ZERO) for side, months in line.by_side(currency).items()}


def effect(before, touched, currency) -> dict:
    """{marketing, technology: what the step changes, as text; lines: how many it chose}."""
    after, total = (
        [sides(line, currency) for line in touched],
        lambda many, side: sum((one[side] for one in many), ZERO),
    )
    change = {side: total(after, side) - total(before, side) for side in SIDES}
    return {str(side): format(amount, "f") for side, amount in change.items()} | {"lines": len(touched)}


def work_out(scenario) -> None:
    """Begin at the base, take every step in its order, and keep lines and effects. Refused: a step that no longer
    finds anything to do, by its number.
    """
    currency = scenario.budget.workspace.currency
    scenario.lines.filter(line=None).delete()
    lines = [planned(row) for row in scenario.lines.order_by("pk")]
    steps = list(scenario.steps.order_by("position"))
    totals = {id(line): sides(line, currency) for line in lines} if steps else {}
    for number, step in enumerate(steps, start=1):
        try:
            touched = apply(step.kind, step.filters, step.parameters, lines, currency)
        except Refused as refused:
            raise Refused(f"{number}. {refused}", refused.field) from refused
        step.effect = effect([totals[id(line)] for line in touched if id(line) in totals], touched, currency)
        totals |= {id(line): sides(line, currency) for line in touched}
    ScenarioStep.objects.bulk_update(steps, ["effect"])
    keep(scenario, lines, currency)


def keep(scenario, lines, currency):
    stored, own = [], []
    for line in lines:
        row = line.row or ScenarioLine(
            workspace_id=scenario.workspace_id,
            scenario=scenario,
            name=line.name,
            side=line.side,
            category_id=line.category_id,
            purpose=line.purpose,
        )
        was = (row.months, row.marketing_weight, row.rate, row.changed)
        fill(row, line, currency)
        if row.pk is None:
            own.append(row)
        elif was != (row.months, row.marketing_weight, row.rate, row.changed):
            stored.append((row.months, row.marketing_months, row.marketing_weight, row.rate, row.changed, row.pk))
    ScenarioLine.objects.bulk_create(own)
    if stored:
        with connection.cursor() as cursor:
            cursor.executemany(STORE, stored)


def fill(row, line, currency):
    row.months, row.marketing_weight, row.rate = list(line.months), line.weight, line.rate
    row.marketing_months = line.by_side(currency)[MARKETING]
    row.changed = (row.months, row.marketing_weight, row.rate) != (row.base_months, row.base_weight, row.base_rate)


def changed_lines(scenario):
    """Lines that read otherwise than the plan they were copied from, the largest change first."""
    rows = list(scenario.lines.filter(changed=True).select_related("category"))
    for row in rows:
        row.before, row.after = sum(row.base_months or [], ZERO), sum(row.months, ZERO)
        row.change = row.after - row.before
    return sorted(rows, key=lambda row: (-abs(row.change), row.name.lower(), row.pk))


def moved_on(scenario) -> list[ScenarioLine]:
    """Lines whose plan is not what the scenario copied any more."""
    live = {revision.line_id: revision for revision in shown_revisions(scenario.budget)}
    rows = scenario.lines.filter(line__isnull=False)
    known = list(rows.only("line_id", "name", "base_months", "base_weight", "base_rate", "changed", "scenario_id"))
    moved = [row for row in known if says_otherwise(row, live.get(row.line_id))]
    new = live.keys() - {row.line_id for row in known}
    return moved + [ScenarioLine(line_id=line, name=live[line].name) for line in sorted(new)]


def says_otherwise(row, revision) -> bool:
    if revision is None:
        return True
    was = (list(row.base_months), row.base_weight, row.base_rate)
    return was != (list(revision.months), revision.marketing_weight, revision.rate)


def next_position(scenario) -> int:
    last = scenario.steps.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1


def total_by_side(scenario, steps) -> dict:
    """{side: {base, after, change}}: the plan that was copied, the scenario's, and what the steps made of it."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, [scenario.workspace_id, scenario.pk])
        whole, marketing = cursor.fetchone()
    found = {}
    for side, after in zip(SIDES, (marketing, whole - marketing), strict=True):
        change = sum((Decimal(step.effect[side]) for step in steps), ZERO)
        found[side] = {"base": after - change, "after": after, "change": change}
    return found

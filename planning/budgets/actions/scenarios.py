"""What if: scenarios are copied, changed, brought up to date, thrown away, and promoted to an ordinary draft.

Nothing here but the promotion touches the plan, and that only as a draft which both keys have yet to agree.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..lines.input import clean_name
from ..models import Budget, Scenario, ScenarioStep
from ..scenarios.copies import copy_plan, copy_scenario, next_position, work_out
from ..scenarios.drafts import put_into
from ..scenarios.input import cleaned
from ..versions.drafts import draft_of, hold_budget


@action(gettext_lazy("made the scenario {subject}"))
def create_scenario(budget, member, name, note="", source=None) -> Scenario:
    """Copy the plan, or with `source` another scenario of the same budget with its steps.

    Refused: a name that another scenario has, a closed budget.
    """
    budget = hold_budget(member.workspace, budget.pk)
    source = source and lock(Scenario.objects.of(member.workspace).filter(budget=budget), source.pk)
    now = member.workspace.now()
    try:
        with transaction.atomic():
            scenario = Scenario.objects.create(
                workspace=member.workspace,
                budget=budget,
                name=clean_name(name),
                note=note.strip(),
                made_by=member,
                made_at=now,
                copied_at=source.copied_at if source else now,
            )
    except IntegrityError as error:
        raise Refused(_("There is a scenario of that name already."), "name") from error
    if source:
        copy_scenario(scenario, source)
    else:
        copy_plan(scenario)
    record(
        create_scenario, member, scenario, after={"name": scenario.name, "copy of": str(source or budget)}, note=note
    )
    return scenario


@action(gettext_lazy("took a step in the scenario {subject}"))
def add_step(scenario, member, kind, **typed) -> ScenarioStep:
    """One more change after those before it. `typed` as `scenario_input.cleaned` takes it.

    Refused: a step that finds no line or no money, a cut of more than there is, a scenario that was promoted.
    """
    scenario = held(scenario, member)
    filters, parameters = cleaned(scenario, kind, typed)
    step = ScenarioStep.objects.create(
        workspace=member.workspace,
        scenario=scenario,
        position=next_position(scenario),
        kind=kind,
        filters=filters,
        parameters=parameters,
        made_by=member,
        made_at=member.workspace.now(),
    )
    work_out(scenario)
    step.refresh_from_db()
    after = {"step": step.position, "kind": kind, "filters": filters, "parameters": parameters, "effect": step.effect}
    record(add_step, member, scenario, after=after)
    return step


@action(gettext_lazy("took a step back in the scenario {subject}"))
def remove_step(step, member) -> Scenario:
    """Take one step out; those after it are worked out again without it. Refused: one of them needs it."""
    scenario = held(step.scenario, member)
    step = lock(ScenarioStep.objects.of(member.workspace), step.pk)
    before = {"step": step.position, "kind": step.kind, "filters": step.filters, "parameters": step.parameters}
    step.delete()
    work_out(scenario)
    record(remove_step, member, scenario, before=before)
    return scenario


@action(gettext_lazy("brought the scenario {subject} up to date"))
def refresh_scenario(scenario, member) -> Scenario:
    """Copy the plan again as it is now and take the same steps. Refused: a step that finds nothing to do any more."""
    scenario = held(scenario, member)
    before = {"copied": scenario.copied_at}
    scenario.lines.all().delete()
    copy_plan(scenario)
    scenario.copied_at = member.workspace.now()
    scenario.save(update_fields=["copied_at"])
    work_out(scenario)
    record(refresh_scenario, member, scenario, before=before, after={"copied": scenario.copied_at})
    return scenario


@action(gettext_lazy("threw away the scenario {subject}"))
def remove_scenario(scenario, member) -> Budget:
    """A scenario that nobody needs any more. Refused: one that became a version; it is part of that one's history."""
    scenario = held(scenario, member)
    record(remove_scenario, member, scenario, before={"name": scenario.name, "steps": scenario.steps.count()})
    scenario.delete()
    return scenario.budget


@action(gettext_lazy("put the scenario {subject} into the next version"))
def promote_scenario(scenario, member) -> Scenario:
    """Its changed lines join the version being drafted, which goes the usual way to both keys.

    Refused: nothing changed; a budget that waits for its keys; a line that changed since it was copied, or that the
    draft changes already (Stale, with the lines).
    """
    scenario = held(scenario, member)
    budget = scenario.budget
    version = draft_of(budget, member)
    changed = put_into(version, scenario)
    if not version.reason and budget.agreed_count:
        version.reason = scenario.note or scenario.name
        version.save(update_fields=["reason"])
    scenario.version, scenario.promoted_at = version, member.workspace.now()
    scenario.save(update_fields=["version", "promoted_at"])
    entry = record(promote_scenario, member, scenario, after={"version": version.number, "lines": changed})
    leads = Member.objects.of(member.workspace).leads("marketing", "technology", "finance")
    tell(leads, entry, url=place(member.workspace, "budgets:version", budget.pk, version.number))
    return scenario


def held(scenario, member) -> Scenario:
    """The scenario and its budget, held. Refused when it became a version: that one is what counts now."""
    budget = hold_budget(member.workspace, scenario.budget_id)
    scenario = lock(Scenario.objects.of(member.workspace), scenario.pk)
    scenario.budget = budget
    if scenario.version_id:
        raise Refused(_("“%(scenario)s” was put into a version. Copy it to go on from there.") % {"scenario": scenario})
    return scenario

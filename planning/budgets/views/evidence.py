"""Money against proven effect, and the business case of a line with its result."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.people.models import KEY_SIDES
from planning.trail.queries import history

from .. import actions
from ..evidence import may_write, picture, proofs, side_of_result
from ..forms_review import CaseForm, ResultForm, VerdictForm
from ..models import BusinessCase, Limits
from ..reviewing.explanations import sides_of
from ..versions.drafts import current
from .budgets import one as one_budget
from .lines import one as one_line


@door(anyone)
def evidence(request, budget_id):
    budget = one_budget(request, budget_id)
    found = proofs(budget)
    return render(
        request,
        "budgets/evidence.html",
        {
            "budget": budget,
            "proofs": found,
            "picture": picture(budget, found) if found else None,
            "limit": Limits.of(request.workspace).evidence_from,
            "tab": "evidence",
        },
    )


@door(anyone)
def case(request, line_id):
    return case_page(request, one_line(request, line_id))


@door(editors, does=actions.write_case)
def case_form(request, line_id):
    line = one_line(request, line_id)
    revision, case = current(line), of_line(request, line)
    form = CaseForm(request.workspace, request.POST or None, initial=initial(case, revision))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.write_case(line, request.member, **form.cleaned_data)
            return request.go("budgets:case", line.pk)
    facts = {"line": line, "budget": line.budget, "revision": revision, "form": form}
    return shown(request, "budgets/case_form.html", facts, form)


@door(post=editors, does=actions.record_result)
def case_result(request, line_id):
    line = one_line(request, line_id)
    case, form = get_object_or_404(BusinessCase.objects.of(request.workspace), line=line), ResultForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.record_result(case, request.member, **form.cleaned_data)
            return request.go("budgets:case", line.pk)
    return case_page(request, line, result_form=form)


@door(post=editors, does=actions.judge_result)
def case_verdict(request, line_id):
    line = one_line(request, line_id)
    case, form = get_object_or_404(BusinessCase.objects.of(request.workspace), line=line), VerdictForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.judge_result(case, request.member, **form.cleaned_data)
            return request.go("budgets:case", line.pk)
    return case_page(request, line, verdict_form=form)


def case_page(request, line, result_form=None, verdict_form=None):
    case, revision, member = of_line(request, line), current(line), request.member
    facts = {"line": line, "budget": line.budget, "revision": revision, "case": case}
    facts["may_write"] = member.can_edit and may_write(line)
    if case:
        facts["entries"] = history(case, 20)
        if may_record(case, line, member):
            facts["result_form"] = result_form or ResultForm()
        if may_judge(case, revision, member):
            facts["verdict_form"] = verdict_form or VerdictForm()
    return shown(request, "budgets/case.html", facts, result_form or verdict_form)


def may_record(case, line, member) -> bool:
    mine = line.owner_id == member.pk or member.side in sides_of(line)
    waits = case.recorded_by_id is None or case.verdict == BusinessCase.Verdict.DISPUTED
    return member.can_edit and mine and waits and member.workspace.today() >= case.due


def may_judge(case, revision, member) -> bool:
    waits = case.recorded_by_id is not None and case.judged_by_id is None
    return (
        waits
        and member.can_edit
        and member.side in KEY_SIDES
        and member.side != side_of_result(case, revision and revision.side)
    )


def of_line(request, line) -> BusinessCase | None:
    people = "written_by__user", "recorded_by__user", "judged_by__user", "kpi"
    found = BusinessCase.objects.of(request.workspace).filter(line=line).select_related(*people).first()
    if found:
        found.workspace, found.line = request.workspace, line
    return found


def initial(case, revision) -> dict:
    """What the case says; a new one takes what the line says already."""
    if case:
        names = ("argument", "effort", "cost", "kpi", "expected", "due")
        return {name: getattr(case, name) for name in names}
    return {
        "cost": revision.total,
        "kpi": revision.kpi,
        "expected": revision.kpi_effect,
        "due": revision.effect_due,
    }

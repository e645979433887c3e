"""A business case is written, its result recorded, and judged by the other side."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.reminding import drop
from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.money import clean_money
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record
from planning.trail.models import subject_of

from ..evidence import may_write, side_of_result
from ..models import BusinessCase, Line
from ..reviewing.explanations import refuse_others
from ..versions.drafts import current

RULE = "budgets.evidence"


@action(gettext_lazy("wrote the {subject}"))
def write_case(line, member, argument, effort, cost, kpi, expected, due) -> BusinessCase:
    """What the line is worth: for `cost` (workspace's currency) and `effort` days, `kpi` moves by `expected` until
    `due`. By whoever edits for one of the two sides.

    Refused: no words, an effect of nothing, amounts below zero, a date that is over, and a case both keys agreed to.
    """
    if not member.can_edit or member.side not in KEY_SIDES and line.owner_id != member.pk:
        raise NotYours(_("A business case is written by marketing or technology."))
    line = lock(Line.objects.of(member.workspace).select_related("budget"), line.pk)
    if not may_write(line):
        raise Refused(_("Both keys agreed to this line with its case; a change of the line opens it again."))
    if not argument.strip():
        raise Refused(_("Say why it is worth it."), "argument")
    expected, effort = Decimal(expected), Decimal(effort)
    if not expected:
        raise Refused(_("An effect of nothing needs no money."), "expected")
    cost = clean_money(cost, member.workspace.currency, "cost")
    if cost < 0 or effort < 0:
        raise Refused(_("Cost and effort are not below zero."), "cost")
    if due <= member.workspace.today():
        raise Refused(_("The effect is still to come: choose a later day."), "due")
    before = BusinessCase.objects.of(member.workspace).filter(line=line).first()
    terms = {"argument": argument.strip(), "effort": effort, "cost": cost, "kpi": kpi, "expected": expected, "due": due}
    case, _made = BusinessCase.objects.update_or_create(
        workspace=member.workspace, line=line,
        defaults=terms | {"written_by": member, "written_at": member.workspace.now()},
    )  # fmt: skip
    record(write_case, member, case, before=before and described(before), after=described(case), note=case.argument)
    return case


@action(gettext_lazy("recorded the result of the {subject}"))
def record_result(case, member, result, note) -> BusinessCase:
    """How far the KPI moved, by the line's owner (or whoever edits for its side), once the date has come.

    A disputed result is recorded anew. Refused: before the date, no words, a result that was confirmed or waits.
    """
    case = held(case, member)
    refuse_others(case.line, member, _("The result is for the line's owner to record."))
    if member.workspace.today() < case.due:
        raise Refused(_("The effect shows by %(day)s; record it then.") % {"day": case.due}, "result")
    if case.recorded_by_id and case.verdict != BusinessCase.Verdict.DISPUTED:
        raise Refused(_("A result is recorded already; the other side says whether it is proven."), "result")
    if not note.strip():
        raise Refused(_("Say how it was measured: the other side has to follow it."), "note")
    before = {"result": case.result, "verdict": case.verdict} if case.recorded_by_id else None
    case.result, case.result_note = Decimal(result), note.strip()
    case.recorded_by, case.recorded_at = member, member.workspace.now()
    case.verdict, case.verdict_note, case.judged_by, case.judged_at = "", "", None, None
    case.save()
    drop(case.workspace, RULE, subject_of(case))
    entry = record(record_result, member, case, before=before, after={"result": case.result}, note=case.result_note)
    others = [side for side in KEY_SIDES if side != side_of_result(case, side_of(case.line))]
    tell(Member.objects.of(case.workspace).leads(*others), entry, url=page_of(case), needs=True)
    return case


@action(gettext_lazy("judged the result of the {subject}"))
def judge_result(case, member, verdict, note="") -> BusinessCase:
    """The other side confirms the result, or disputes it with a reason.

    Refused: the side the result came from, whoever recorded it, nothing recorded, a judgement that stands, a dispute
    without a reason.
    """
    case = held(case, member)
    if case.recorded_by_id is None or case.judged_by_id:
        raise Refused(_("There is no result that waits for the other side."))
    own = side_of_result(case, side_of(case.line))
    if not member.can_edit or member.side not in KEY_SIDES or member.side == own or member.pk == case.recorded_by_id:
        raise NotYours(_("The result is for the other side to confirm."))
    if verdict not in BusinessCase.Verdict.values:
        raise Refused(_("Confirm it, or say what is wrong with it."), "verdict")
    if verdict == BusinessCase.Verdict.DISPUTED and not note.strip():
        raise Refused(_("Say what is wrong with it."), "note")
    case.verdict, case.verdict_note = verdict, note.strip()
    case.judged_by, case.judged_at = member, member.workspace.now()
    case.save(update_fields=["verdict", "verdict_note", "judged_by", "judged_at"])
    entry = record(judge_result, member, case, after={"verdict": verdict}, note=case.verdict_note)
    tell([case.recorded_by, case.line.owner], entry, url=page_of(case))
    return case


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def held(case, member) -> BusinessCase:
    rows = BusinessCase.objects.of(member.workspace).select_related("line__owner", "recorded_by", "kpi")
    return lock(rows, case.pk)


def page_of(case) -> str:
    return place(case.workspace, "budgets:case", case.line_id)


def described(case) -> dict:
    return {"effort": case.effort, "cost": case.cost, "kpi": str(case.kpi), "expected": case.expected, "due": case.due}


def side_of(line) -> str | None:
    revision = current(line)
    return revision and revision.side

"""At the end of a month: owners are asked, answer, explain; the other side comments."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member, Side
from planning.people.places import place
from planning.shared.locking import lock, lock_all
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from ..models import Accrual, Explanation
from ..month_end import accruals
from ..month_end import closing as asking
from ..reviewing import explanations


@action(gettext_lazy("asked what was delivered and not billed for {subject}"))
def ask_for_accruals(budget, month, member) -> list[Accrual]:
    """Finance asks every owner once about `month`. Refused: a month that is not over, and asking again."""
    refuse_all_but_finance(member)
    asked = asking.ask_accruals(budget, month)
    if not asked:
        raise Refused(_("The owners were asked about that month already, or there is nobody to ask."))
    tell_owners(ask_for_accruals, budget, month, member, asked, "accruals")
    return asked


@action(gettext_lazy("asked what was delivered and not billed for {subject}"), by="clock")
def ask_for_accruals_on_time(budget, month) -> list[Accrual]:
    """The same, by the clock, on the first day after the month."""
    asked = asking.ask_accruals(budget, month)
    if asked:
        tell_owners(ask_for_accruals_on_time, budget, month, None, asked, "accruals")
    return asked


@action(gettext_lazy("asked for explanations of the variances of {subject}"))
def ask_for_explanations(budget, month, member) -> list[Explanation]:
    """Finance asks for one explanation of each variance over the limits. Refused: a month not over, asking again."""
    refuse_all_but_finance(member)
    if asking.month_end(budget, month).explanations_asked_at:
        raise Refused(_("The owners were asked about that month already."))
    asked = asking.ask_explanations(budget, month)
    tell_owners(ask_for_explanations, budget, month, member, asked, "variance")
    return asked


@action(gettext_lazy("asked for explanations of the variances of {subject}"), by="clock")
def ask_for_explanations_on_time(budget, month) -> list[Explanation]:
    """The same, by the clock, when a month is soft-closed or closed."""
    asked = asking.ask_explanations(budget, month)
    if asked:
        tell_owners(ask_for_explanations_on_time, budget, month, None, asked, "variance")
    return asked


@action(gettext_lazy("said what was delivered and not billed for {subject}"))
def answer_accruals(budget, month, member, answers) -> list[Accrual]:
    """Answer questions of a month: `answers` is {line id: (amount as typed, what was delivered)}; all or none.

    A second answer corrects the first until the month is shut. Refused: a line nobody was asked about, somebody else's
    line, an amount below zero or without words, a month shut for `member`.
    """
    asked = Accrual.objects.of(member.workspace).filter(line__budget=budget, month=month, line__in=answers)
    held = lock_all(asked.select_related("line__budget", "workspace"))
    if not held or len(held) != len(answers):
        raise Refused(_("Nobody was asked about one of these lines. Reload the page."))
    after = {}
    for accrual in held:
        accruals.refuse_foreign(accrual, member)
        amount, what = accruals.clean_answer(accrual, *answers[accrual.line_id])
        accruals.post(accrual, member, amount)
        accrual.amount, accrual.what = amount, what
        accrual.answered_by, accrual.answered_at = member, member.workspace.now()
        after[accrual.number] = amount
    fields = ["amount", "what", "answered_by", "answered_at", "reversal_line", "step"]
    Accrual.objects.bulk_update(held, fields)
    entry = record(answer_accruals, member, budget, after={"month": month, "accruals": after})
    tell(Member.objects.of(member.workspace).leads(Side.FINANCE), entry, url=asking.address(budget, month, "accruals"))
    return held


@action(gettext_lazy("explained the variance of {subject}"))
def explain(explanation, member, cause, text) -> Explanation:
    """Say why: a cause (timing, price, FX, volume, scope, error) and a sentence. It may be said better until the other
    side has commented. Refused: somebody else's line, no cause, no words, a comment that stands already.
    """
    explanation = held_explanation(explanation, member)
    refusal = _("Why “%(line)s” is away from plan is for its owner to say.")
    explanations.refuse_others(explanation.line, member, refusal)
    if cause not in Explanation.Cause.values:
        raise Refused(_("Choose a cause."), "cause")
    if not text.strip():
        raise Refused(_("Explain it in a sentence: the other side reads it."), "text")
    if explanation.comment_by_id:
        raise Refused(_("The other side has commented on it; it stays as it was read."), "text")
    before = {"cause": explanation.cause} if explanation.by_id else None
    explanation.cause, explanation.text = cause, text.strip()
    explanation.by, explanation.at = member, member.workspace.now()
    explanation.save(update_fields=["cause", "text", "by", "at"])
    entry = record(explain, member, explanation, before=before, after={"cause": cause}, note=explanation.text)
    others = [side for side in KEY_SIDES if side != member.side]
    tell(Member.objects.of(member.workspace).leads(*others), entry, url=page_of(explanation))
    return explanation


@action(gettext_lazy("commented on the explanation of {subject}"))
def comment_explanation(explanation, member, comment) -> Explanation:
    """The other side's comment, once. Refused: the side that explained, nothing explained, no words, another one."""
    explanation = held_explanation(explanation, member)
    if explanation.by_id is None:
        raise Refused(_("Nothing is explained yet."))
    if not member.can_edit or member.side not in KEY_SIDES or member.side == explanation.by.side:
        raise NotYours(_("The comment is for the other side to make."))
    if explanation.comment_by_id:
        raise Refused(_("The comment is there already."), "comment")
    if not comment.strip():
        raise Refused(_("Write the comment first."), "comment")
    explanation.comment, explanation.comment_by = comment.strip(), member
    explanation.comment_at = member.workspace.now()
    explanation.save(update_fields=["comment", "comment_by", "comment_at"])
    entry = record(comment_explanation, member, explanation, note=explanation.comment)
    tell([explanation.by], entry, url=page_of(explanation))
    return explanation


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def refuse_all_but_finance(member):
    if member.side != Side.FINANCE or not member.can_edit:
        raise NotYours(_("Month-end is run by finance."))


def held_explanation(explanation, member) -> Explanation:
    rows = Explanation.objects.of(member.workspace).select_related("line__owner", "by")
    return lock(rows, explanation.pk)


def page_of(explanation) -> str:
    return place(explanation.workspace, "budgets:explanation", explanation.pk)


def tell_owners(act, budget, month, member, asked, page):
    amounts = {str(one.line_id): getattr(one, "amount", None) for one in asked}
    entry = record(act, member, budget, after={"month": month, "lines": amounts})
    tell(asking.people_asked(asked), entry, url=asking.address(budget, month, page), needs=True)

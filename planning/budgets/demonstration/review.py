"""The demonstration's reviews of the money: business cases, six closed months, two explanations.

    write_cases(story)      while the budget is drafted
    tell(story)             after spend: months one to six are closed, tied out with the ledger

Every month's ledger ties out. In month five 3.2 k of consent work was delivered before its invoice and taken back in
month six. Of month seven, which runs, finance has noted the ledger's total so far: the difference is what still waits
to be placed. The e-mail line's result waits for technology's word.
"""

from decimal import Decimal

from planning.calendar import actions as calendar
from planning.calendar.periods import ensure_year

from .. import actions
from ..models import Accrual, Explanation

HALF = 6
# line: KPI, thousands in the case, days of work, expected effect, by (month, day), argument
CASES = {
    "e-mail automation": ("email", 480, "120", "3.0", (6, 20),
        "One platform for both brands; every tenth of share is 12 k of revenue a month."),
    "analytics": ("conversion", 650, "90", "0.10", (4, 20),
        "Measuring with consent at last; we stop guessing which page loses people."),
    "web shop": ("revenue", 1100, "640", "900", (12, 20), "A checkout in two steps, and the catalogue of both brands."),
}  # fmt: skip
RESULTS = {
    "analytics": ((4, 28), "jonas", "0.09", "Conversion went from 2.05 to 2.14 in month four."),
    "e-mail automation": ((6, 27), "jonas", "3.8", "The share rose from 14.0 to 17.8; no other campaign ran."),
}
REASONS = {
    "ad technology": ("maya", "price", "Bids rose by a fifth in spring; the volume is as planned.",
                      "daniel", "The consent work should bring match rates up again; let us look in month eight."),
    "consent": ("aiko", "timing", "The audit starts in month eight, when the new banner is live.", None, None),
}  # fmt: skip
DELIVERED = (5, "consent", "3200.00", "First part of the consent audit")

WAITING = Decimal("8098.75")  # what spend's last file brings of names that no rule knows


def write_cases(story):
    """Nothing where the story's KPIs are not told, as when a test tells budgets alone."""
    for name, (kpi, thousands, effort, expected, by, argument) in CASES.items() if hasattr(story, "kpis") else ():
        actions.write_case(
            story.lines[name], story.jonas, argument=argument, effort=Decimal(effort), cost=f"{thousands}000.00",
            kpi=story.kpis[kpi], expected=Decimal(expected), due=story.day(*by),
        )  # fmt: skip


def tell(story):
    for month in range(1, HALF + 1):
        close(story, month)
    for name, (when, who, result, note) in RESULTS.items():
        with story.on(*when):
            case = story.lines[name].cases.get()
            actions.record_result(case, getattr(story, who), Decimal(result), note)
    with story.on(5, 6):
        actions.judge_result(
            story.lines["analytics"].cases.get(), story.elena, "confirmed", "Our numbers say the same."
        )
    explain(story)
    so_far(story)


def close(story, month):
    """Owners are asked, finance shuts the month, ties it out and closes it, early in the next one."""
    first = story.months[month - 1]
    with story.on(month + 1, 1, 13):
        actions.ask_for_accruals(story.budget, first, story.priya)
        answer(story, month, first)
    with story.on(month + 1, 5 if month < HALF else 1, 15):
        period = ensure_year(story.workspace, story.year)[month - 1]
        calendar.soft_close(period, story.priya)
        period.refresh_from_db()
        calendar.close(period, story.priya, f"{period.booked:.2f}")


def answer(story, month, first):
    """Technology's lines are Elena's to answer, the others Jonas's."""
    asked = Accrual.objects.of(story.workspace).filter(month=first).values_list("line_id", flat=True)
    names = {line.pk: name for name, line in story.lines.items()}
    said = dict.fromkeys(asked, ("0", ""))
    if month == DELIVERED[0]:
        said[story.lines[DELIVERED[1]].pk] = DELIVERED[2:]
    theirs = {line: text for line, text in said.items() if names[line] in ("channel security", "hosting")}
    for member, answers in ((story.elena, theirs), (story.jonas, {line: said[line] for line in said.keys() - theirs})):
        if answers:
            actions.answer_accruals(story.budget, first, member, answers)


def explain(story):
    """Asked when month six closed; one is explained and commented, one has just been explained."""
    with story.on(HALF + 1, 1, 16):
        actions.ask_for_explanations(story.budget, story.months[HALF - 1], story.priya)
    for name, (who, cause, text, other, comment) in REASONS.items():
        found = Explanation.objects.of(story.workspace).filter(line=story.lines[name]).first()
        if found:
            with story.on(HALF + 1, 1, 17):
                actions.explain(found, getattr(story, who), cause, text)
                if other:
                    actions.comment_explanation(found, getattr(story, other), comment)


def so_far(story):
    """The ledger's total of the month that runs: all its rows, placed or not."""
    with story.at(story.today, 0):
        period = ensure_year(story.workspace, story.year)[HALF]
        calendar.tie_out(period, story.priya, f"{period.booked + WAITING:.2f}")

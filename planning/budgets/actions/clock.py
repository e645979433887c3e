"""What the clock does with budgets: it reports books that do not add up, and lets a year go on without an agreement."""

from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member, Side
from planning.people.places import place
from planning.trail.acts import action, record

from ..drift import drifts
from ..interim import begin, due_months, go_on, unagreed_year

MOST = 50


@action(gettext_lazy("found balances that differ from their bookings in {subject}"), by="clock")
def report_drift(workspace):
    """Recompute every balance; where one differs, write it into the history and tell finance. Returns what it found.

    Nothing is mended: the web role cannot write balances, and the cause matters more than the number.
    """
    found = drifts(workspace)
    if found:
        after = {"differences": len(found), "first": [str(one) for one in found[:MOST]]}
        entry = record(report_drift, None, workspace, after=after)
        tell(Member.objects.of(workspace).leads(Side.FINANCE), entry, url=place(workspace, "trail:index"))
    return found


@action(gettext_lazy("let {subject} go on without an agreement"), by="clock")
def go_on_without_agreement(workspace):
    """The year has begun and its budget is not agreed: book what is due of the interim plan (`interim.py`) and tell
    both sides. None when there is nothing to do; else the budget."""
    year = unagreed_year(workspace)
    if year is None:
        return None
    budget = begin(workspace, year)
    months = due_months(budget)
    booked = go_on(budget, months)
    if not booked:
        return None
    after = {"months": ", ".join(f"{month:%Y-%m}" for month in months), "booked": booked}
    entry = record(go_on_without_agreement, None, budget, after=after)
    leads = Member.objects.of(workspace).leads(Side.MARKETING, Side.TECHNOLOGY, Side.FINANCE)
    tell(leads, entry, url=place(workspace, "budgets:budget", budget.pk), needs=True)
    return budget

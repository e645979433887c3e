"""Promises made before a year was agreed find their lines in it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..forward import lines_of_the_year, put_on, take_over
from ..models import Budget
from ..versions.drafts import hold_budget


@action(gettext_lazy("placed the promises made for {subject}"))
def place_promises(budget, member, places):
    """Say which line of this year takes each forward promise: {`forward.Ahead.key`: line id, or None for none yet}.

    In a draft they wait there, and stand on their lines when it is agreed; in an agreed budget they stand there at
    once. Refused: a line that is not of this budget, one that a side of the promise does not pay for, a budget that
    waits for its keys, and, in an agreed one, a Shortfall of the line.
    """
    budget = hold_budget(member.workspace, budget.pk)
    if budget.state == Budget.State.PROPOSED:
        raise Refused(_("“%(budget)s” is waiting for its keys. Recall it to change it.") % {"budget": budget})
    known = {revision.line_id: revision for revision in lines_of_the_year(budget)}
    for key, line_id in places.items():
        if line_id and line_id not in known:
            raise Refused(_("Choose a line of this budget."), key)
    total = put_on(budget, {key: known.get(line_id) for key, line_id in places.items()})
    if budget.agreed_count:
        take_over(budget)
    record(place_promises, member, budget, after={"placed": total})
    return total

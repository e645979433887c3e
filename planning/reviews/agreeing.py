"""G's word about an item before it is decided: they agree, or block with a reason, and after five days it goes up."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.places import place
from planning.shared.refusals import Refused
from planning.signoffs import ruling
from planning.signoffs.signing import sign
from planning.signoffs.waiting import whose_turn
from planning.trail.acts import action, record

from .meeting import LIVE, touch
from .planning import held


@action(gettext_lazy("said whether they agree with an item of {subject}"))
def agree(item, member, *, seat: str, verdict: str, note: str = "", version: int = 1, fingerprint=None):
    """Who must agree says so before the meeting ("approve"), or blocks with a reason (any other verdict); a sponsor who
    was asked rules. Who says nothing agrees with the key of the minutes.

    Refused: A's own word, which is the decision noted in the review; an item nobody is asked about; what
    `signoffs.sign` refuses.
    """
    review = held(item.review, member, *LIVE)
    row = item.paper and item.paper.seat(seat)
    if row is None:
        raise Refused(_("Nobody is asked about this item before the review."))
    if row.letter == "A":
        raise Refused(_("This is decided in the review, with an owner and a date."), "seat")
    if row.letter == "G" and row.name != ruling.SEAT and verdict != "approve":
        verdict = "block"
    sign(item.paper, member, seat, verdict, version, note, fingerprint)
    touch(review)
    entry = record(agree, member, review, after={"item": item.label, "seat": seat, "verdict": verdict}, note=note)
    others = [one for one in [item.added_by, *whose_turn(item.paper)] if one and one != member]
    tell(others, entry, url=place(member.workspace, "reviews:review", review.pk))
    return item

"""Whom the matrix asks before an item is decided, where a row governs review items and has somebody to consult.

What somebody put on then has a paper: C is asked when it comes on the agenda and has three business days, G agrees or
blocks before the meeting (and else with the key of the minutes), and A decides in the meeting once C has answered or
let it pass. Without a C there is nothing to wait for, and no paper. R carries the decision out: it becomes their
promise. What the agenda found by itself is nobody's question: a purchase, a reading or a definition asks its own.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from planning.matters.round import route_of
from planning.people.places import place
from planning.roles.routing.row import row_for
from planning.shared.refusals import Refused
from planning.signoffs import signing
from planning.signoffs.models import Duty, Paper, Seat
from planning.signoffs.papers import open_paper, withdraw

from .models import AgendaItem


def ask(review):
    """Put the questions about open items that somebody put on `review`, where nobody was asked yet."""
    by_hand = review.items.filter(state=AgendaItem.State.OPEN, paper=None, added_by__isnull=False)
    new = list(by_hand.select_related("added_by"))
    row = row_for(review.workspace, "review") if new else None
    if row is None or not row.of("C"):
        return
    for item in new:
        item.review, item.workspace = review, review.workspace
        item.paper = paper_of(item, row)
    AgendaItem.objects.bulk_update(new, ["paper"])


def paper_of(item, row) -> Paper:
    route = route_of(item.workspace, row, item.added_by)
    questions = [duty for duty in route.duties if duty.letter == "C"]
    seats = [replace(seat, due=None, required=seat.letter == "A") for seat in route.seats]
    return open_paper(
        kind="item",
        subject=item,
        version=1,
        terms={"item": item.label, "facts": item.facts},
        author=item.added_by,
        url=place(item.workspace, "reviews:review", item.review_id),
        label=item.label,
        seats=seats,
        duties=questions,
        matrix=route.matrix,
    )


def decided_by(item, member, note):
    """A's word on the item's paper. Refused: before the answers, and while somebody who must agree blocks."""
    paper = signing.held(member.workspace, item.paper_id) if item.paper_id else None
    if paper and paper.state == Paper.State.REFUSED:
        raise Refused(_("The sponsor ruled against it; record what you do not agree on."), "agreed")
    if not (paper and paper.is_open):
        return
    blocked = next((seat for seat in paper.seats.all() if seat.state == Seat.State.BLOCKED), None)
    if blocked:
        raise Refused(
            _("%(person)s must agree and blocks this: %(why)s Record what you do not agree on, or settle it first.")
            % {"person": blocked.decided_by, "why": f"“{blocked.note}”"},
            "agreed",
        )
    deciding = next((seat for seat in paper.seats.all() if seat.letter == "A" and seat.state != Seat.State.MOVED), None)
    if deciding is None:
        withdraw(paper)
    else:
        signing.speak_by_right(paper, member, deciding.name, "approve", note)


def stop_asking(items):
    """Nothing is decided about these any longer: what waits for an answer is void."""
    for item in items.filter(paper__state=Paper.State.OPEN).select_related("paper__workspace"):
        withdraw(item.paper)


def carry(item, origin):
    """An item that comes back brings its question along: nobody is asked the same twice."""
    if origin.paper_id:
        item.paper_id = origin.paper_id
        Paper.objects.filter(pk=origin.paper_id).update(url=place(item.workspace, "reviews:review", item.review_id))
    return item


def item_of(paper) -> AgendaItem:
    """The item a paper is about: the latest, when it was carried over."""
    items = AgendaItem.objects.of(paper.workspace_id).filter(paper=paper).select_related("review", "paper__workspace")
    return items.order_by("-pk").first()


def asked_in(review) -> list:
    """Who has a question about an item of this review to answer."""
    papers = review.items.filter(state=AgendaItem.State.OPEN, paper__isnull=False).values("paper")
    duties = Duty.objects.of(review.workspace_id).open().filter(paper__in=papers).exclude(holder=None)
    return list({duty.holder_id: duty.holder for duty in duties.select_related("holder__user")}.values())

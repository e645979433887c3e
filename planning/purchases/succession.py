"""Somebody else asks for a purchase from now on, because who asked for it leaves."""

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused
from planning.signoffs.models import Paper, Seat
from planning.signoffs.moving import UNDECIDED, move_seats

from .holders import House
from .models import Purchase
from .route import seat_label


def take_over(purchase, heir) -> None:
    """`heir` asks for `purchase` (held by the caller) from now on, and so decides nothing about it any more.

    A key that `heir` holds on it moves to whoever decides it instead; the paper says who asks now. A plain function:
    the caller writes the history. Refused: an heir who has turned a key on it, and a seat nobody else could decide.
    """
    papers = Paper.objects.of(purchase.workspace).filter(pk=purchase.paper_id, state=Paper.State.OPEN)
    for paper in papers:
        if paper.seats.filter(decided_by=heir, state=Seat.State.APPROVED).exists():
            raise Refused(
                _("%(person)s decided about “%(purchase)s” and cannot ask for it. Have it decided, or name another.")
                % {"person": heir, "purchase": purchase}
            )
        for seat in paper.seats.filter(state__in=UNDECIDED).select_related("paper"):
            if seat.holder_id in (None, heir.pk):
                pass_on(seat, purchase, heir)
        papers.update(author=heir)
    purchase.requester = heir
    Purchase.objects.filter(pk=purchase.pk).update(requester=heir)


def pass_on(seat, purchase, heir):
    """Who decides `seat` when `heir` asks. One that any lead decides stays, as long as there is another lead."""
    chair = House(purchase.workspace, heir).chair(seat.name, None)
    if chair.is_empty:
        raise Refused(
            _("If %(person)s asks for “%(purchase)s”, nobody can decide for %(seat)s. Decide it, or name another.")
            % {"person": heir, "purchase": purchase, "seat": seat_label(seat.name)}
        )
    if seat.holder_id == heir.pk:
        move_seats([seat], chair.holder)

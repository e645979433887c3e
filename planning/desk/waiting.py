"""Who waits for whom, as the picture across the aisle: from the one who asked to the one whose move it is."""

from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.shared.charts import Aisle, Arrow, Stand
from planning.signoffs.models import Duty, Seat

MOST_ARROWS, MOST_SEATS = 12, 400


def open_seats(workspace) -> list[Seat | Duty]:
    """What waits for somebody in the workspace: keys, tasks and questions, with the people, the longest wait first; at
    most four hundred of each."""
    found = []
    for model in (Seat, Duty):
        people = model.objects.of(workspace).open().select_related("paper__author__user", "holder__user")
        found += people.order_by("paper__opened_at", "pk")[:MOST_SEATS]
    return sorted(found, key=lambda one: one.paper.opened_at)


def who_waits_for_whom(workspace, seats) -> Aisle:
    """Of the open `seats`, those whose move is somebody else's than the author's: the twelve longest waits."""
    leads = {lead.side: lead for lead in reversed(Member.objects.of(workspace).leads().people())}
    today, arrows, people = workspace.today(), [], {}
    for seat in seats:
        start, end = seat.paper.author, seat.holder or leads.get(seat.side or getattr(seat, "name", ""))
        if start and end and start != end and len(arrows) < MOST_ARROWS:
            days = (today - seat.paper.opened_at.date()).days
            arrows.append(Arrow(str(start.pk), str(end.pk), seat.paper.amount, days, seat.paper.label))
            people |= {start.pk: start, end.pk: end}
    stands = [Stand(str(pk), one.name, one.side, note=one.title) for pk, one in people.items()]
    return Aisle(_("Who waits for whom"), unit=workspace.currency, stands=stands, arrows=arrows)

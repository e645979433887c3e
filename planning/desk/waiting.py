"""Who waits for whom, as the picture across the aisle: from the one who asked to the one whose move it is."""

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.shared.charts import Aisle, Arrow, Stand
from planning.signoffs.models import LONG, Duty, Seat

MOST_ARROWS, MOST_SEATS = 12, 60


def open_seats(member, held) -> list[Seat | Duty]:
    """What waits for somebody: keys, tasks and questions, with the people, the longest wait first. Of each the sixty
    longest waits of the workspace, and as many of those that `member` asked for or that are theirs (`held`: whose keys
    they hold), so that nobody's own is lost among ten thousand."""
    found = []
    for model in (Seat, Duty):
        waits = model.objects.of(member.workspace).open().order_by("paper__opened_at", "pk")
        mine = [Q(paper__author=member), *([Q(holder__in=held)] if model is Duty else [])]
        longest, *others = (some.values("pk")[:MOST_SEATS] for some in (waits, *map(waits.filter, mine)))
        found += (
            waits.filter(pk__in=longest.union(*others))
            .select_related("paper__author__user", "holder__user")
            .defer(*(f"paper__{name}" for name in LONG))
        )
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

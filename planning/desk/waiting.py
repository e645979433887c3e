"""Who waits for whom, as the picture across the aisle: from the one who asked to the one whose move it is."""

from types import SimpleNamespace

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.shared.charts import Aisle, Arrow, Stand
from planning.signoffs.models import LONG, Duty, Seat

MOST_ARROWS, MOST_SEATS = 12, 60
WHOSE = {Seat: Coalesce(NullIf("side", Value("")), F("name")), Duty: F("side")}  # where nobody is named


def open_seats(member, held) -> list[Seat | Duty]:
    """What waits for somebody: keys, tasks and questions, with the people, the longest wait first. Of each the sixty
    longest waits of the workspace, and as many of those that `member` asked for or that are theirs (`held`: whose keys
    they hold), so that nobody's own is lost among ten thousand. `lead` is who leads where nobody is named."""
    leads = Member.objects.of(member.workspace).leads(OuterRef("whose")).people()
    lead = leads.values(said=JSONObject(pk="pk", name="user__name", side="side", title="title"))[:1]
    found = []
    for model in (Seat, Duty):
        waits = model.objects.of(member.workspace).open().order_by("paper__opened_at", "pk")
        mine = [Q(paper__author=member), *([Q(holder__in=held)] if model is Duty else [])]
        longest, *others = (some.values("pk")[:MOST_SEATS] for some in (waits, *map(waits.filter, mine)))
        found += (
            waits.filter(pk__in=longest.union(*others))
            .annotate(whose=WHOSE[model], lead=Subquery(lead))
            .select_related("paper__author__user", "holder__user")
            .defer(*(f"paper__{name}" for name in LONG))
        )
    return sorted(found, key=lambda one: one.paper.opened_at)


def who_waits_for_whom(workspace, seats) -> Aisle:
    """Of the open `seats`, those whose move is somebody else's than the author's: the twelve longest waits."""
    today, arrows, people = workspace.today(), [], {}
    for seat in seats:
        start, end = seat.paper.author, seat.holder or (seat.lead and SimpleNamespace(**seat.lead))
        if start and end and start.pk != end.pk and len(arrows) < MOST_ARROWS:
            days = (today - seat.paper.opened_at.date()).days
            arrows.append(Arrow(str(start.pk), str(end.pk), seat.paper.amount, days, seat.paper.label))
            people |= {start.pk: start, end.pk: end}
    stands = [Stand(str(pk), one.name, one.side, note=one.title) for pk, one in people.items()]
    return Aisle(_("Who waits for whom"), unit=workspace.currency, stands=stands, arrows=arrows)

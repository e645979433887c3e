"""Who waits for whom, as the picture across the aisle: from the one who asked to the one whose move it is."""

from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.shared.charts import Aisle, Arrow, Stand
from planning.signoffs.models import Seat

MOST = 12


def who_waits_for_whom(workspace) -> Aisle:
    """Every open seat whose holder is not the one who asked; the longest wait first, at most twelve."""
    seats = list(
        Seat.objects.of(workspace)
        .open()
        .exclude(paper__author=None)
        .select_related("paper")
        .order_by("paper__opened_at")
    )
    people = {member.pk: member for member in Member.objects.of(workspace).active().people()}
    lead_of = {member.side: member for member in reversed(people.values()) if member.is_lead}
    today, arrows = workspace.today(), []
    for seat in seats:
        start, end = people.get(seat.paper.author_id), people.get(seat.holder_id) or lead_of.get(seat.side or seat.name)
        if start and end and start != end:
            arrows.append(
                Arrow(
                    str(start.pk), str(end.pk), amount=seat.paper.amount, what=seat.paper.label,
                    days=(today - seat.paper.opened_at.date()).days,
                )
            )  # fmt: skip
    arrows = arrows[:MOST]
    standing = {key for arrow in arrows for key in (arrow.start, arrow.end)}
    stands = [
        Stand(str(member.pk), member.name, member.side, note=member.title)
        for member in people.values()
        if str(member.pk) in standing
    ]
    return Aisle(_("Who waits for whom"), unit=workspace.currency, stands=stands, arrows=arrows)

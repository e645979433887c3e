"""The picture of money that renews by itself, for this room and the desk."""

from django.utils.translation import gettext as _

from planning.people.places import place
from planning.shared.runway import Contract as Strip
from planning.shared.runway import Runway

from .models import Contract

MOST = 40


def runway_picture(workspace, days: int = 365, most: int = MOST) -> Runway:
    """Contracts that renew by themselves, by opt-out date; one that was decided about is calm.

    Only contracts in the workspace's currency: amounts of different currencies have no common size.
    """
    today = workspace.today()
    rows = (
        Contract.objects.of(workspace)
        .filter(renewal="tacit", stopped_on=None, ends_on__gt=today, currency=workspace.currency)
        .select_related("vendor")
        .order_by("notice_by", "-value", "pk")[:most]
    )
    return Runway(
        _("Money that renews by itself"),
        unit=workspace.currency,
        today=today,
        days=days,
        contracts=[
            Strip(
                f"{row.vendor} – {row.title}",
                opt_out=row.notice_by,
                renews=row.ends_on,
                amount=row.value,
                url=place(workspace, "vendors:contract", row.pk),
                decided=row.kept_until == row.ends_on,
            )
            for row in rows
        ],
    )

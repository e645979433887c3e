"""One box over all rooms: what is called like this?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from planning.budgets.models import Revision
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.people.places import place
from planning.purchases.models import Purchase
from planning.vendors.models import Contract, Vendor

MOST = 8


@dataclass(frozen=True)
class Found:
    room: str
    hits: list[tuple[str, str, str]]  # (name, what it is, address)


def search(workspace, words: str) -> list[Found]:
    """Things whose name contains `words` (two letters at least), at most eight a room, one query a room."""
    words = words.strip()
    if len(words) < 2:
        return []
    found = [
        Found(_("Purchases"), [(one.title, one.code, place(workspace, "purchases:purchase", one.pk)) for one in titled(Purchase, workspace, words)]),
        Found(_("Budget lines"), [(one.name, "", place(workspace, "budgets:line", one.line_id)) for one in lines(workspace, words)]),
        Found(_("Vendors"), [(one.name, "", place(workspace, "vendors:vendor", one.pk)) for one in Vendor.objects.of(workspace).search(words).order_by("name")[:MOST]]),
        Found(_("Contracts"), [(one.title, "", place(workspace, "vendors:contract", one.pk)) for one in titled(Contract, workspace, words)]),
        Found(_("KPIs"), [(one.name, "", place(workspace, "kpis:kpi", one.pk)) for one in Kpi.objects.of(workspace).filter(name__icontains=words).order_by("name")[:MOST]]),
        Found(_("People"), [(one.name, one.get_side_display(), place(workspace, "team:index")) for one in people(workspace, words)]),
    ]  # fmt: skip
    return [room for room in found if room.hits]


def titled(model, workspace, words):
    return model.objects.of(workspace).filter(title__icontains=words).order_by("-pk")[:MOST]


def lines(workspace, words):
    return (
        Revision.objects.of(workspace).in_force().filter(name__icontains=words, removed=False).order_by("name")[:MOST]
    )


def people(workspace, words):
    return Member.objects.of(workspace).active().filter(user__name__icontains=words).people()[:MOST]

"""One box over all rooms: what is called like this?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from planning.budgets.models import Revision
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.people.places import place
from planning.purchases.models import Purchase
from planning.purchases.models.purchase import called
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
    vendors = Vendor.objects.of(workspace).search(words).order_by("name")[:MOST]
    kpis = Kpi.objects.of(workspace).filter(name__icontains=words).order_by("name")[:MOST]

    def hits(rows, page, name="name", what="", key="pk"):
        return [
            (getattr(row, name), getattr(row, what) if what else "", place(workspace, page, getattr(row, key)))
            for row in rows
        ]

    team = place(workspace, "team:index")
    purchases = Purchase.objects.of(workspace).filter(called(words.split())).order_by("-pk")[:MOST]
    found = [
        Found(_("Purchases"), hits(purchases, "purchases:purchase", name="title", what="code")),
        Found(_("Budget lines"), hits(lines(workspace, words), "budgets:line", key="line_id")),
        Found(_("Vendors"), hits(vendors, "vendors:vendor")),
        Found(_("Contracts"), hits(contracts(workspace, words), "vendors:contract", name="title")),
        Found(_("KPIs"), hits(kpis, "kpis:kpi")),
        Found(_("People"), [(one.name, one.get_side_display(), team) for one in people(workspace, words)]),
    ]
    return [room for room in found if room.hits]


def contracts(workspace, words):
    return Contract.objects.of(workspace).filter(title__icontains=words).order_by("-pk")[:MOST]


def lines(workspace, words):
    return (
        Revision.objects.of(workspace).in_force().filter(name__icontains=words, removed=False).order_by("name")[:MOST]
    )


def people(workspace, words):
    return Member.objects.of(workspace).active().filter(user__name__icontains=words).people()[:MOST]

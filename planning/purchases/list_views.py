"""Lists of purchases: all of them, what waits for me, and what was bought from a vendor."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door
from planning.shared.tables import Column, Filter, Table
from planning.signoffs.models import LONG
from planning.signoffs.waiting import seats_for
from planning.vendors.models import Vendor

from .begun_from import contract_asked
from .conditions import late_conditions
from .emergencies import counted
from .models import TONES, Purchase, State
from .models.purchase import called
from .next_step import whose_move
from .restricted import unseen
from .waiting import asked_of

SHOWN, COUNTED = 50, 1000
# What a row of the list is made of; whole, its purchase, people and paper would be five times as wide.
IN_A_ROW = (
    *("number", "title", "value", "state", "needed_by", "submitted_at", "approved", "vendor__name"),
    *("requester__side", "requester__user__name", "requester__user__email", "paper__opened_at"),
)
SENT = Column(
    "submitted_at",
    gettext_lazy("Sent"),
    kind="date",
    value=lambda row: row.submitted_at and localdate(row.submitted_at),
)


@door(anyone)
def index(request):
    exported = "export" in request.GET
    table = Table(
        request,
        Purchase.objects.of(request.workspace)
        .select_related("vendor", "requester__user", "paper", *(["category"] if exported else []))
        .only(*IN_A_ROW, *(["category__name"] if exported else []))
        .prefetch_related(*asked_of()),
        columns=[
            Column("code", _("Number"), sort="number"),
            Column("title", _("What"), link="purchases:purchase"),
            Column("vendor", _("Vendor"), sort="vendor__name"),
            *([Column("category", _("Category"), sort="category__name")] if exported else []),
            Column("value", _("Net value in all"), kind="money", total=True),
            Column("state", _("State"), kind="status", tones=TONES),
            Column("requester", _("Asked by"), kind="person", sort="requester__user__name"),
            Column("needed_by", _("Needed by"), kind="date"),
            *([SENT] if exported else []),
            Column("whose_move", _("Waits for"), value=lambda row: move(row, request.workspace), sort="submitted_at"),
        ],
        search=called,
        filters=[
            Filter("state", _("State"), State.choices),
            Filter("side", _("Asked by side"), SIDE_CHOICES, field="requester__side"),
            Filter("whose", _("Whose"), [("mine", _("my own"))], apply=lambda rows, _value: of_member(rows, request)),
            Filter("lane", _("Lane"), LANES, apply=in_lane),
        ],
        sort="-code",
        empty=_(
            "Nothing has been asked for yet. Say what you need to buy; the form shows who decides and what it leaves."
        ),
    )
    if table.wants_export:
        return table.export("purchases")
    facts = {"table": table, "emergencies": counted(request.workspace), "unseen": unseen()}
    return render(request, "purchases/purchases.html", facts)


def move(row, workspace) -> str:
    row.workspace = workspace
    return whose_move(row)


def of_member(rows, request):
    return rows.filter(requester=request.member)


def in_lane(rows, lane):
    lanes = {"emergency": rows.emergencies(), "framework": rows.filter(framework=True)}
    return lanes.get(lane, rows.exclude(call_off_of=None))


LANES = [
    ("emergency", gettext_lazy("emergency")),
    ("framework", gettext_lazy("framework orders")),
    ("call-off", gettext_lazy("call-offs")),
]
SIDE_CHOICES = [
    ("marketing", gettext_lazy("marketing")),
    ("technology", gettext_lazy("technology")),
    ("finance", gettext_lazy("finance")),
]


@door(anyone)
def waiting(request):
    """The queue: the purchases that this member can decide now, the longest waits first."""
    waits = seats_for(request.member).filter(paper__kind="purchase").select_related(None).select_related("paper")
    seats = list(waits.defer(*(f"paper__{name}" for name in LONG))[:SHOWN])
    numbers = [int(seat.paper.subject.rpartition(":")[2]) for seat in seats]
    asked_for = Purchase.objects.of(request.workspace).select_related("vendor", "requester__user").in_bulk(numbers)
    rows = [(seat, asked_for[number]) for seat, number in zip(seats, numbers, strict=True) if number in asked_for]
    for seat, purchase in rows:
        purchase.workspace, purchase.paper = request.workspace, seat.paper
        seat.choice = f"{purchase.pk}:{seat.name}:{seat.paper.version}:{seat.paper.fingerprint}"
    more = waits.order_by()[:COUNTED].count() - SHOWN if len(seats) == SHOWN else 0
    facts = {"rows": rows, "more": more, "uncounted": more == COUNTED - SHOWN}
    return render(request, "purchases/waiting.html", facts)


@door(anyone)
def of_vendor(request, vendor_id):
    """What was bought from a vendor, as a part of the vendor's page."""
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    rows = (
        Purchase.objects.of(request.workspace)
        .filter(vendor=vendor)
        .select_related("requester__user")
        .order_by("-number")
    )
    contract = contract_asked(request)
    if contract:
        rows = rows.filter(contract=contract)
    late = late_conditions(request.workspace).filter(purchase__in=rows.order_by())
    facts = {"vendor": vendor, "contract": contract, "purchases": rows[:20], "late": late}
    return render(request, "purchases/_of_vendor.html", facts)

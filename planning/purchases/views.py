"""Pages of purchases: the list, what waits for me, one request, and the form it starts with."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.calendar.models import Category, Rate
from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused
from planning.shared.tables import Column, Filter, Table
from planning.shared.templatetags.money import money
from planning.signoffs.models import LONG, Seat
from planning.signoffs.papers import duties_with_people
from planning.signoffs.waiting import seats_for
from planning.vendors.models import Vendor

from . import actions
from .begun_from import begun_from, contract_asked
from .conditions import late_conditions
from .emergencies import CAP, counted, may_rush
from .forms import RequestForm, initial_of
from .frameworks import left_of
from .held import holding_of
from .invoicing import price_in_all
from .life import life_of, still_open
from .lines import line_name, open_lines
from .models import TONES, Emergency, Price, Purchase, State
from .models.purchase import called
from .next_step import next_of, whose_move
from .overlap import overlap_of
from .preview import preview, preview_of
from .quotes import quotes_after, quotes_of
from .restricted import unseen
from .rulebook import book_of, in_force
from .told import told
from .waiting import asked_of

SUGGESTED = 200
SHOWN, COUNTED = 50, 1000
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
        .defer(*(f"paper__{name}" for name in LONG))
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
    waits = seats_for(request.member).filter(paper__kind="purchase").defer(*(f"paper__{name}" for name in LONG))
    seats = list(waits[:SHOWN])
    numbers = [int(seat.paper.subject.rpartition(":")[2]) for seat in seats]
    asked_for = Purchase.objects.of(request.workspace).select_related("vendor", "requester__user", "paper")
    purchases = asked_for.defer(*(f"paper__{name}" for name in LONG)).in_bulk(numbers)
    for row in purchases.values():
        row.workspace = request.workspace
    for seat in seats:
        seat.choice = (
            f"{seat.paper.subject.rpartition(':')[2]}:{seat.name}:{seat.paper.version}:{seat.paper.fingerprint}"
        )
    rows = [(seat, purchases[number]) for seat, number in zip(seats, numbers, strict=True) if number in purchases]
    more = waits.order_by()[:COUNTED].count() - SHOWN if len(seats) == SHOWN else 0
    facts = {"rows": rows, "more": more, "uncounted": more == COUNTED - SHOWN}
    return render(request, "purchases/waiting.html", facts)


@door(anyone)
def purchase(request, purchase_id):
    row = get_object_or_404(with_keys(request.workspace), pk=purchase_id)
    row.workspace = request.workspace
    if row.paper:
        row.paper.workspace = request.workspace
    holding, entries = holding_of(row), told(row)
    context = {
        "purchase": row,
        "items": list(row.items.annotate(line_name=line_name())),
        "paper": row.paper,
        "next_step": next_of(row),
        "holding": holding,
        "life": life_of(row, holding),
        "still_open": still_open(holding),
        "to_receive": row.is_standing and price_in_all(row) - row.received,
        "asked": row.paper and any(seat.state == Seat.State.ASKED for seat in row.paper.seats.all()),
        "may_rush": may_rush(row, request.member),
        "emergency_words": Emergency.choices,
        "emergency_cap": f"{money(CAP, request.workspace.currency)} {request.workspace.currency}",
        "call_offs": list(row.call_offs.select_related("requester__user").order_by("-number")) if row.framework else [],
        "left_to_call": row.framework and row.value is not None and left_of(row),
        "conditions": list(row.conditions.select_related("set_by__user", "settled_by__user")),
        "quotes": quotes_of(row),
        "history": entries,
        "changes": row.is_changing and next((one.said for one in entries if one.verb == "purchases.change"), ""),
        "mine": row.requester_id == request.member.pk,
    }
    return render(request, "purchases/purchase.html", context)


def with_keys(workspace):
    """Purchases with everything one page of them shows, the seats of their paper among it."""
    seats = Seat.objects.select_related("holder__user", "decided_by__user", "decided_for__user")
    return (
        Purchase.objects.of(workspace)
        .select_related(
            "vendor", "category", "contract", "call_off_of", "requester__user", "emergency_by__user", "paper__author"
        )
        .prefetch_related(Prefetch("paper__seats", seats), duties_with_people("paper__duties"))
    )


@door(anyone)
def outlook(request, purchase_id):
    """A part of its page: of a draft what it would do and who would decide, else what there is already of its vendor
    and kind; who writes a draft sees that beside the form."""
    row = get_object_or_404(
        Purchase.objects.of(request.workspace).select_related("vendor", "category__parent__parent", "requester__user"),
        pk=purchase_id,
    )
    row.workspace = request.workspace
    facts = {"seen": preview_of(row)} if row.is_draft else {"overlap": overlap_of(row)}
    return render(request, "purchases/_outlook.html", facts)


@door(editors, does=(actions.draft, actions.submit))
def new(request):
    """The one short form. "What do you need to buy?" on the desk brings its answer along."""
    typed = {name: request.GET.get(name, "") for name in ("title", "vendor")}
    start = {"price": Price.ONCE, "currency": request.workspace.currency} | typed
    form = request_form(request, initial=start | begun_from(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = actions.draft(request.member, **form.facts() | quoted(request))
            if request.POST.get("then") == "send":
                actions.submit(made, request.member)
            return request.go("purchases:purchase", made.pk)
    return shown(request, "purchases/request.html", context_of(request, form), form)


@door(editors, does=(actions.edit, actions.change, actions.submit))
def terms(request, purchase_id):
    """The same form for a request that exists: a draft, one that waits (a new version), or one that is approved."""
    row = get_object_or_404(
        Purchase.objects.of(request.workspace).select_related("vendor", "category", "paper"), pk=purchase_id
    )
    if row.requester_id != request.member.pk:
        raise PermissionDenied(_("Who asks writes it: this is %(person)s's request.") % {"person": row.requester})
    form = request_form(request, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        act = actions.change if row.is_standing else actions.edit
        with refusals_on(form):
            facts = form.facts() | quoted(request, row)
            row = act(row, request.member, version=request.POST.get("version") or None, **facts)
            if request.POST.get("then") == "send" and row.is_draft:
                actions.submit(row, request.member)
            return request.go("purchases:purchase", row.pk)
    return shown(request, "purchases/request.html", context_of(request, form, row), form)


def request_form(request, initial):
    lines, regions = open_lines(request.workspace), regions_of(request.workspace, initial.get("region"))
    return RequestForm(request.POST or None, member=request.member, lines=lines, regions=regions, initial=initial)


def regions_of(workspace, said="") -> list[str]:
    """The regions that the rules in force ask about, and the one said before; none, and the form does not ask."""
    return sorted({*book_of(in_force(workspace)).regions, *([said] if said else [])})


def context_of(request, form, row=None):
    vendors = Vendor.objects.of(request.workspace).order_by("name").values_list("name", flat=True)[:SUGGESTED]
    categories = (
        Category.objects.of(request.workspace).active().order_by("name").values_list("name", flat=True)[:SUGGESTED]
    )
    rates = Rate.objects.of(request.workspace).order_by("currency").values_list("currency", flat=True).distinct()
    currencies = [request.workspace.currency, *rates]
    said = row and row.region
    return {
        "form": form, "purchase": row, "vendors": vendors, "categories": categories, "currencies": currencies,
        "regions": regions_of(request.workspace, said), "quotes": quotes_of(row) if row else [],
    }  # fmt: skip


def quoted(request, row=None) -> dict:
    """{"quotes": files} when quotes were chosen or taken away beside the form, else nothing."""
    files = quotes_after(row, request.member, request.FILES.getlist("quotes"), request.POST.getlist("without"))
    return {} if files is None else {"quotes": files}


@door(post=editors, does=actions.jot)
def jotting(request, purchase_id=None):
    """Saved as a draft by itself while it is typed. Answers with where the draft lives, as JSON."""
    row = get_object_or_404(Purchase.objects.of(request.workspace), pk=purchase_id) if purchase_id else None
    lines = open_lines(request.workspace)
    form = RequestForm(request.POST, member=request.member, lines=lines, regions=["…"])
    form.is_valid()
    raw = {name: request.POST.get(name, "") for name in form.fields}
    said = {name: form.cleaned_data.get(name, "") for name in form.fields}
    form.cleaned_data = said | {"price": said["price"] or Price.ONCE}
    facts, unkept = form.facts(), ""
    try:
        with transaction.atomic():
            facts |= quoted(request, row)
    except Refused as refused:
        unkept = str(refused)
    row = actions.jot(row, request.member, facts, raw, request.POST.get("form", "")[:80])
    place = request.place
    return JsonResponse(
        {
            "terms": place("purchases:terms", row.pk),
            "keep": place("purchases:jotted", row.pk),
            "version": row.version,
            "quotes": render_to_string("purchases/_chosen_quotes.html", {"quotes": quotes_of(row)}, request),
            "unkept": unkept,
        }
    )


@door(editors)
def panel(request):
    """The living panel beside the form: what it does to the line and both shares, and who would decide."""
    lines, region = open_lines(request.workspace), request.GET.get("region", "")
    form = RequestForm(request.GET, member=request.member, lines=lines, regions=[region])
    form.fields["title"].required = False
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in form.fields}
    form.cleaned_data = said | {"price": said["price"] or Price.ONCE}
    facts = form.facts()
    facts["title"] = facts["title"] or "…"
    number = request.GET.get("of", "")
    mine = Purchase.objects.of(request.workspace).filter(requester=request.member)
    of = mine.filter(pk=number[:18]).first() if number.isdecimal() else None
    return render(request, "purchases/_panel.html", {"seen": preview(request.member, facts, of, lines)})


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

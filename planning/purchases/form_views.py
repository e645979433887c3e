"""The one short form, what is kept while it is typed, and the living panel beside it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from planning.calendar.models import Category, Rate
from planning.people.doors import door, editors, refusals_on, shown
from planning.shared.refusals import Refused
from planning.vendors.models import Vendor

from . import actions
from .begun_from import begun_from
from .forms import RequestForm, initial_of
from .lines import open_lines
from .models import Price, Purchase
from .preview import preview
from .quotes import quotes_after, quotes_of
from .rulebook import book_of, in_force

SUGGESTED = 200


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

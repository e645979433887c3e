"""The entries: every booked row, filtered, sorted, exported, down to one."""

from django.db import transaction
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.budgets.models import Budget
from planning.people.doors import anyone, door, editors
from planning.shared.money import clean_money
from planning.shared.periods import months
from planning.shared.refusals import Refused
from planning.shared.tables import Column, Filter, Table
from planning.trail.queries import history
from planning.vendors.finding import alike

from .. import amnesty, payroll, splitting
from ..billing import to_choose
from ..deciding_forms import AmnestyForm
from ..line_names import lines_to_choose, named
from ..models import Entry, Import, Kind, Wait
from .amnesties import owners
from .pins import pins

PARTS_OFFERED = 6
STANDING = {"posted": gettext_lazy("posted"), "queue": gettext_lazy("unmatched, for whatever reason")}


@door(anyone)
def entries(request):
    workspace = request.workspace
    live = Entry.objects.of(workspace).live().select_related("vendor")
    names, month_choices = named(workspace), months_to_choose(workspace)
    table = Table(
        request,
        live,
        columns=[
            Column("posting_date", _("Date"), "date"),
            Column("vendor_name", _("Vendor"), link="spend:entry"),
            Column("document", _("Document")),
            Column("kind", _("Kind")),
            Column("category_text", _("Category")),
            Column("department", _("Department")),
            Column("line", _("Budget line"), value=lambda entry: names.get(entry.line_id, ""), sort="line_id"),
            Column(
                "waits",
                _("State"),
                "status",
                tones={_("posted"): "green"} | {str(word): "amber" for state, word in Wait.choices if state},
                value=lambda entry: entry.get_waits_display() or _("posted"),
                sort="waits",
            ),
            Column("amount", _("Amount"), "money", currency="currency"),
            Column("converted", _("In %(currency)s") % {"currency": workspace.currency}, "money", total=True),
        ],
        search=["vendor_name", "document", "description", "category_text", "department"],
        filters=[
            Filter("kind", _("Kind"), Kind.choices),
            Filter("waits", _("State"), [*STANDING.items(), *Wait.choices[1:]], apply=standing),
            Filter("line", _("Budget line"), sorted(names.items(), key=lambda item: item[1]), field="line_id"),
            Filter("from", _("From"), month_choices, apply=booked_from),
            Filter("through", _("Up to"), month_choices, apply=booked_through),
            *pins(request),
        ],
        sort="-posting_date",
        name="entries",
        empty=_("No entry yet. They come with the first ledger file."),
    )
    if table.wants_export:
        return table.export("spend")
    line = request.GET.get("line", "")
    unlisted = line.isdecimal() and int(line) in payroll.people_lines()[1]
    return render(request, "spend/entries.html", {"table": table, "unlisted": unlisted})


def months_to_choose(workspace):
    """The months of the years that have a budget, the newest first, by their first day."""
    years = Budget.objects.of(workspace).order_by("-year").values_list("year", flat=True)
    found = [month for year in years for month in reversed(months(workspace, year))]
    return [(f"{month}", date_format(month, "M Y")) for month in found]


def booked_from(queryset, value):
    return queryset.annotate(booked_in=Coalesce("prior_in", "month")).filter(booked_in__gte=value)


def booked_through(queryset, value):
    return queryset.annotate(booked_in=Coalesce("prior_in", "month")).filter(booked_in__lte=value)


def standing(queryset, value):
    if value == "queue":
        return queryset.exclude(waits__in=[Wait.POSTED, Wait.CLOSED])
    return queryset.filter(waits="" if value == "posted" else value)


@door(anyone)
def entry(request, entry_id):
    return render(request, "spend/entry.html", described(request, found(request, entry_id)))


def found(request, entry_id):
    queryset = Entry.objects.of(request.workspace).select_related("vendor", "source", "rule", "purchase")
    return get_object_or_404(queryset, pk=entry_id)


def described(request, entry, said=()) -> dict:
    """What the page of a row shows; `said`: [(line, amount)] of a split that was refused."""
    names = named(request.workspace)
    parts = entry.parts.filter(undone_at=None).order_by("pk") if entry.waits == Wait.SPLIT else []
    facts = {
        "entry": entry,
        "batch": Import.objects.filter(pk=entry.batch_id).select_related("file", "started_by__user").first(),
        "line": names.get(entry.line_id, ""),
        "lines": names,
        "purchases": to_choose(entry),
        "parts": [(part, names.get(part.line_id, "")) for part in parts],
        "places": [*said, *[("", "")] * (PARTS_OFFERED - len(said))],
        "may_split": request.member.can_edit and not entry.split_of_id and entry.waits != Wait.SPLIT,
        "amnesty": amnesty.of_vendor(request.workspace, entry.vendor) if entry.vendor_id else None,
        "history": history(entry, 10),
        "alike": [] if entry.vendor_id or not entry.vendor_name else alike(request.workspace, entry.vendor_name, 3),
    }
    if request.member.can_edit and entry.vendor_name and not (facts["amnesty"] and facts["amnesty"].is_open):
        facts["amnesty_form"] = AmnestyForm(members=owners(request.workspace), initial={"owner": request.member.pk})
    return facts


@door(post=editors, does=splitting.split_up)
def parts(request, entry_id):
    entry = found(request, entry_id)
    said = list(zip(request.POST.getlist("line"), request.POST.getlist("amount"), strict=False))
    try:
        with transaction.atomic():
            splitting.split_up(entry, request.member, chosen(request.workspace, entry, said))
    except Refused as refused:
        facts = described(request, found(request, entry_id), said) | {"refused": refused}
        return render(request, "spend/entry.html", facts, status=422)
    return request.go("spend:entry", entry.pk)


def chosen(workspace, entry, said) -> list[tuple]:
    """[(line, amount)] of what was filled in. Refused: amounts that cannot be read."""
    lines = lines_to_choose(workspace).in_bulk()
    return [
        (lines[int(line)], clean_money(amount, entry.currency))
        for line, amount in said
        if line.isdecimal() and int(line) in lines and amount.strip()
    ]


@door(post=editors, does=splitting.join)
def joining(request, entry_id):
    entry = get_object_or_404(Entry.objects.of(request.workspace), pk=entry_id)
    splitting.join(entry, request.member)
    return request.go("spend:entry", entry.pk)

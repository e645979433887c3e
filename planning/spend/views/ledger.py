"""The entries: every booked row, filtered, sorted, exported, down to one."""

from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.budgets.models import Budget
from planning.people.doors import anyone, door
from planning.shared.periods import months
from planning.shared.tables import Column, Filter, Table

from ..billing import to_choose
from ..line_names import named
from ..models import Entry, Kind, Wait


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
                tones={"": "green"} | dict.fromkeys(Wait.values[1:], "amber"),
                value=lambda entry: entry.get_waits_display() or _("posted"),
                sort="waits",
            ),
            Column("amount", _("Amount"), "money", currency="currency"),
            Column("converted", _("In %(currency)s") % {"currency": workspace.currency}, "money", total=True),
        ],
        search=["vendor_name", "document", "description", "category_text", "department"],
        filters=[
            Filter("kind", _("Kind"), Kind.choices),
            Filter("waits", _("State"), [("posted", _("posted")), *Wait.choices[1:]], apply=standing),
            Filter("line", _("Budget line"), sorted(names.items(), key=lambda item: item[1]), field="line_id"),
            Filter("from", _("From"), month_choices, apply=booked_from),
            Filter("through", _("Up to"), month_choices, apply=booked_through),
        ],
        sort="-posting_date",
        name="entries",
        empty=_("No entry yet. They come with the first ledger file."),
    )
    if table.wants_export:
        return table.export("spend")
    return render(request, "spend/entries.html", {"table": table})


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
    return queryset.filter(waits="" if value == "posted" else value)


@door(anyone)
def entry(request, entry_id):
    queryset = Entry.objects.of(request.workspace).select_related("vendor", "batch__file", "source", "rule", "purchase")
    entry = get_object_or_404(queryset, pk=entry_id)
    names = named(request.workspace)
    facts = {"entry": entry, "line": names.get(entry.line_id, ""), "lines": names, "purchases": to_choose(entry)}
    return render(request, "spend/entry.html", facts)

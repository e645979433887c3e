"""The entries: every booked row, filtered, sorted, exported, down to one."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door
from planning.shared.tables import Column, Filter, Table

from ..billing import to_choose
from ..line_names import named
from ..models import Entry, Kind, Wait


@door(anyone)
def entries(request):
    workspace = request.workspace
    live = Entry.objects.of(workspace).live().select_related("vendor")
    names = named(workspace)
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
        ],
        sort="-posting_date",
        name="entries",
        empty=_("No entry yet. They come with the first ledger file."),
    )
    if table.wants_export:
        return table.export("spend")
    return render(request, "spend/entries.html", {"table": table})


def standing(queryset, value):
    return queryset.filter(waits="" if value == "posted" else value)


@door(anyone)
def entry(request, entry_id):
    queryset = Entry.objects.of(request.workspace).select_related("vendor", "batch__file", "source", "rule", "purchase")
    entry = get_object_or_404(queryset, pk=entry_id)
    names = named(request.workspace)
    facts = {"entry": entry, "line": names.get(entry.line_id, ""), "lines": names, "purchases": to_choose(entry)}
    return render(request, "spend/entry.html", facts)

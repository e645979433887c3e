import re
from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door
from planning.people.models import Member
from planning.shared.tables import Column, Filter, Table

from .acts import ACTIONS
from .models import Entry, Head
from .wording import changes_of, in_one_line

AMOUNT = re.compile(r"^(-?\d+\.\d\d)0$")
PERIODS = (1, 7, 30, 90, 365)


@door(anyone)
def index(request):
    """Everything that happened, newest first; the filtered list exports whole."""
    names = {one.pk: one.name for one in Member.objects.of(request.workspace).people()}
    table = Table(
        request,
        Entry.objects.of(request.workspace).newest(),
        columns=columns(request, names),
        search=["label", "verb", "person", "note__text"],
        filters=filters(request.workspace, names),
        sort="-number",
        name="history",
        empty=_("Nothing has happened yet."),
    )
    if table.wants_export:
        return table.export("history")
    head = Head.objects.filter(workspace=request.workspace).first()
    return render(request, "trail/index.html", {"table": table, "head": head})


@door(anyone)
def about(request, subject):
    """What happened to one thing."""
    entries = list(Entry.objects.of(request.workspace).about(subject).newest()[:500])
    return render(request, "trail/about.html", {"entries": entries, "thing": entries[0].thing if entries else subject})


@door(anyone)
def entry(request, number):
    """One entry with what it changed and the link of the chain that covers it."""
    found = get_object_or_404(Entry.objects.of(request.workspace).newest(), number=number)
    names = {one.pk: one.name for one in Member.objects.of(request.workspace).people()}
    changes = changes_of(found, names, request.workspace.currency)
    return render(request, "trail/entry.html", {"entry": found, "changes": changes})


def columns(request, names):
    return [
        Column("number", "#", "number", link=lambda row: request.place("trail:entry", row.number)),
        Column("at", _("When"), "moment"),
        Column("member", _("Who"), "person", sort="member__user__name"),
        Column("sentence", _("What"), value=lambda row: row.sentence),
        Column("note", _("Note"), value=lambda row: getattr(getattr(row, "note", None), "text", "")),
        Column("change", _("Change"), value=lambda row: in_one_line(row, names, request.workspace.currency)),
    ]


def filters(workspace, names):
    rooms = sorted({verb.split(".")[0] for verb in ACTIONS})
    return [
        Filter(
            "room",
            _("Room"),
            [(room, room) for room in rooms],
            apply=lambda rows, room: rows.filter(verb__startswith=f"{room}."),
        ),
        Filter("who", _("Who"), [("clock", _("The clock")), *names.items()], apply=by_person),
        Filter(
            "since",
            _("Since"),
            [(days, _("%(days)s days") % {"days": days}) for days in PERIODS],
            apply=lambda rows, days: rows.filter(at__gte=workspace.now() - timedelta(days=int(days))),
        ),
    ]


def by_person(rows, who):
    return rows.filter(member=None) if who == "clock" else rows.filter(member=who)

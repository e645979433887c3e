"""A file's way in: upload, mapping with preview, progress, result, undoing."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.files import reading
from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.exports import download
from planning.shared.refusals import Gone
from planning.shared.tables import Column, Filter, Table
from planning.shared.templatetags.money import money
from planning.trail.queries import history

from .. import actions, conflicts, mapping_page, opening, reasons
from ..bypass import bypass
from ..forms import MappingForm, UploadForm
from ..models import Entry, Import, Kind, Outcome, Source, Wait
from ..reconciling import reconciliation

REJECTED_SHOWN = 50
SOURCES_SHOWN = 12


@door(anyone)
def index(request):
    return render(request, "spend/index.html", overview(request) | {"form": UploadForm()})


def overview(request):
    workspace = request.workspace
    table = Table(
        request,
        Import.objects.of(workspace).of_files().select_related("file", "started_by__user"),
        columns=[
            Column("name", _("File"), link="spend:import", sort="file__name"),
            Column("state", _("State"), "status"),
            Column("accepted", _("Accepted"), "number", value=lambda batch: batch.counts.get("accepted"), sort=False),
            Column("rejected", _("Rejected"), "number", value=lambda batch: batch.counts.get("rejected"), sort=False),
            Column(
                "total",
                _("In the file"),
                "figures",
                value=lambda batch: written(batch.totals.get("file", {})),
                sort=False,
            ),
            Column("started_by", _("Brought by"), "person", sort="started_by__user__name"),
            Column("created_at", _("When"), "moment"),
        ],
        filters=[Filter("state", _("State"), Import.State.choices)],
        sort="-created_at",
        size=20,
        name="imports",
        empty=_("No file yet. Bring the first ledger: nothing is booked before you saw how it is read."),
    )
    waiting = (
        Entry.objects.of(workspace)
        .live()
        .exclude(waits="")
        .aggregate(rows=Count("pk", filter=~Q(waits=Wait.CLOSED)), late=Count("pk", filter=Q(waits=Wait.CLOSED)))
    )
    return {
        "table": table,
        "waiting": waiting["rows"],
        "late": waiting["late"],
        "unread": Import.objects.of(workspace).filter(state=Import.State.MAPPING).count(),
        "sources": Source.objects.of(workspace).order_by("-used_at", "-pk")[:SOURCES_SHOWN],
        "bypass": bypass(workspace, *mapping_page.this_year(workspace)),
    }


def written(totals: dict) -> str:
    return ", ".join(f"{money(amount, code)} {code}" for code, amount in totals.items())


@door(post=editors, does=actions.upload)
def imports(request):
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            given = {"kind": Kind.PAYROLL} if form.cleaned_data["payroll"] else {}
            batch = actions.upload(request.member, form.cleaned_data["file"], given, confirmed=False)
            return request.go("spend:import", batch.pk)
    return shown(request, "spend/index.html", overview(request) | {"form": form}, form)


@door(anyone)
def imported(request, import_id):
    batch = found(request, import_id)
    if batch.waits_for_mapping and request.member.can_edit:
        try:
            return render(request, "spend/mapping.html", mapping_page.described(batch, request.GET))
        except Gone as gone:
            batch.failure = str(gone)
    return render(request, "spend/import.html", result(request, batch))


def found(request, import_id):
    files = Import.objects.of(request.workspace).of_files()
    queryset = files.select_related("file", "source", "drop", "started_by__user")
    return get_object_or_404(queryset, pk=import_id)


def result(request, batch):
    rejected = batch.staged.filter(outcome=Outcome.REJECTED).order_by("row")[:REJECTED_SHOWN]
    return {
        "batch": batch,
        "beside": opening.beside(batch),
        "reconciliation": reconciliation(batch),
        "rejected": explained(batch, rejected),
        "conflicts": conflicts.documents(batch) if batch.counts.get("conflicts") else [],
        "left_out": batch.staged.filter(outcome=Outcome.KEPT).count() if batch.counts.get("conflicts") else 0,
        "history": history(batch, 10),
        "replaced": Entry.objects.of(batch.workspace).filter(batch__replaced_by=batch, split_of=None).order_by("pk"),
    } | (booked(batch) if batch.is_done else {})


def explained(batch, rejected) -> list[tuple]:
    """[(row, column, reason, the entry that a later file of the source brought for its vendor's document)]."""
    later = Entry.objects.of(batch.workspace).live().filter(source=batch.source, batch__gt=batch.pk, split_of=None)
    same = later.filter(document__in={row.document for row in rejected} - {""}).order_by("-pk")
    since = {(entry.vendor_key, entry.document): entry for entry in same}
    return [
        (
            row,
            reasons.column(row, batch.mapping),
            reasons.reason(row, batch.mapping),
            since.get((row.vendor_key, row.document)),
        )
        for row in rejected
    ]


def booked(batch) -> dict:
    """What became of its rows since, in one look at them: there may be a million. A row that was split is one row."""
    posted, late = Q(waits__in=[Wait.POSTED, Wait.SPLIT]), Q(waits=Wait.CLOSED)
    return (
        Entry.objects.of(batch.workspace)
        .filter(batch=batch, undone_at=None, split_of=None)
        .aggregate(
            placed=Count("pk", filter=posted),
            billed=Count("pk", filter=posted & Q(purchase__isnull=False)),
            late=Count("pk", filter=late),
        )
    )


@door(anyone)
def progress(request, import_id):
    """The part that asks again each second; once it is over, the whole page is asked for."""
    batch = found(request, import_id)
    if not batch.is_running:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "spend/_progress.html", {"batch": batch})


@door(post=editors, does=actions.confirm)
def confirmation(request, import_id):
    batch = found(request, import_id)
    proposed = mapping_page.proposed(batch, request.POST)
    form = MappingForm(request.POST, headers=proposed.headers)
    if form.is_valid():
        with refusals_on(form):
            actions.confirm(batch, request.member, form.mapping())
            return request.go("spend:import", batch.pk)
    return shown(request, "spend/mapping.html", mapping_page.context(batch, proposed, form), form)


@door(post=editors, does=actions.undo)
def reversal(request, import_id):
    batch = actions.undo(found(request, import_id), request.member)
    return request.go("spend:import", batch.pk)


@door(post=editors, does=conflicts.settle)
def decisions(request, import_id):
    batch = found(request, import_id)
    verdict = "book" if request.POST.get("verdict") == "book" else "keep"
    chosen = [int(row) for row in request.POST.getlist("row") if row.isdecimal()]
    conflicts.settle(batch, request.member, chosen, verdict)
    return request.go("spend:import", batch.pk)


@door(anyone)
def rejected(request, import_id):
    """The rejected rows as they stood in the file, each with its reason: to be mended and brought again."""
    batch = found(request, import_id)
    problems = {row.row: row for row in batch.staged.filter(outcome=Outcome.REJECTED)}
    with reading.opened(batch.file, batch.inside) as file:
        rows = {
            number: cells
            for number, cells in reading.rows(file, batch.mapping)
            if number in problems or number == batch.mapping["header_row"]
        }
    heads = [*rows.pop(batch.mapping["header_row"], []), _("row"), _("column"), _("reason")]
    body = (
        [*rows[number], number, reasons.column(row, batch.mapping), reasons.reason(row, batch.mapping)]
        for number, row in sorted(problems.items())
        if number in rows
    )
    return download(heads, body, f"{batch.name.rsplit('.', 1)[0]}-rejected", "csv")

"""Pages of KPIs: the list, one KPI, and what is done to it."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, leads, refusals_on, shown

from . import actions
from .forms import (
    DefinitionForm,
    DisputeForm,
    OverrideForm,
    OwnersForm,
    ReadingForm,
    TargetsForm,
    starting_from,
    targets_from,
)
from .lists import kpi_table, overview
from .models import Kpi, Reading
from .pages import kpi_facts, waiting_rows
from .queries import portfolio, portrait_of


@door(anyone)
def index(request):
    portraits = portfolio(request.workspace)
    table = kpi_table(request, portraits)
    if table.wants_export:
        return table.export("kpis")
    waiting = waiting_rows(portraits, request.member)
    return render(request, "kpis/index.html", {"table": table, "waiting": waiting, **overview(portraits)})


@door(anyone)
def kpi(request, kpi_id):
    return render(request, "kpis/kpi.html", kpi_facts(request, portrait_of(request.workspace, kpi_id)))


@door(editors, does=actions.create)
def new(request):
    form, targets = DefinitionForm(request.POST or None), TargetsForm(request.POST or None, prefix="targets")
    mine = {f"{request.member.side}_owner": request.member} if request.method == "GET" else None
    owners = OwnersForm(request.POST or None, workspace=request.workspace, initial=mine)
    if request.method == "POST" and form.is_valid() & owners.is_valid() & targets.is_valid():
        with refusals_on(form):
            made = actions.create(request.member, form.terms(targets.points()), **owners.cleaned_data)
            return request.go("kpis:kpi", made.pk)
    return filled(request, form, {"targets": targets, "owners": owners})


@door(editors, does=actions.revise)
def definition(request, kpi_id):
    shown_one = portrait_of(request.workspace, kpi_id)
    asked, last = shown_one.kpi, shown_one.definitions[-1]
    form = DefinitionForm(request.POST or None, initial=starting_from(last))
    targets = TargetsForm(request.POST or None, initial=targets_from(last), prefix="targets")
    if request.method == "POST" and form.is_valid() & targets.is_valid():
        with refusals_on(form):
            actions.revise(asked, request.member, form.terms(targets.points()))
            return request.go("kpis:kpi", asked.pk)
    return filled(request, form, {"targets": targets, "kpi": asked, "last": last})


@door(post=editors, does=actions.sign)
def signatures(request, kpi_id):
    said = request.POST
    version = int(said["version"]) if said.get("version", "").isdecimal() else 0
    actions.sign(
        found(request, kpi_id), request.member, said.get("seat", ""), said.get("verdict", ""), version,
        said.get("note", ""), said.get("fingerprint"),
    )  # fmt: skip
    return request.go("kpis:kpi", kpi_id)


@door(post=editors, does=actions.recall)
def withdrawal(request, kpi_id):
    actions.recall(found(request, kpi_id), request.member)
    return request.go("kpis:kpi", kpi_id)


@door(editors, does=actions.hand_over)
def owners(request, kpi_id):
    asked = found(request, kpi_id)
    now = {"marketing_owner": asked.marketing_owner, "technology_owner": asked.technology_owner}
    form = OwnersForm(request.POST or None, workspace=request.workspace, initial=now)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.hand_over(asked, request.member, **form.cleaned_data)
            return request.go("kpis:kpi", asked.pk)
    return asking(request, asked, form, _("Hand over"), _("Both owners see what waits, and are asked for readings."))


@door(post=leads, does=actions.retire)
def retirement(request, kpi_id):
    actions.retire(found(request, kpi_id), request.member, request.POST.get("note", ""))
    return request.go("kpis:index")


@door(editors, does=actions.enter)
def readings(request, kpi_id):
    asked = found(request, kpi_id)
    form = ReadingForm(request.POST or None, member=request.member, initial={"on": request.workspace.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.enter(asked, request.member, **form.cleaned_data)
            return request.go("kpis:kpi", asked.pk)
    told = _(
        "It counts when one person from each side has confirmed it. A day that has a value already gets a new version."
    )
    return asking(request, asked, form, _("Add reading"), told)


@door(post=editors, does=actions.confirm)
def confirmation(request, reading_id):
    reading = actions.confirm(reading_of(request, reading_id), request.member)
    return back(request, reading)


@door(editors, does=actions.dispute)
def dispute(request, reading_id):
    reading = reading_of(request, reading_id)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.dispute(reading, request.member, form.cleaned_data["reason"], form.cleaned_data["value"])
            return back(request, reading)
    told = _("A disputed value is drawn hollow and does not count. The other side reads why.")
    return asking(request, reading.kpi, form, _("Dispute the reading"), told, reading)


@door(leads, does=actions.override)
def status(request, kpi_id):
    asked = found(request, kpi_id)
    form = OverrideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.override(asked, request.member, **form.cleaned_data)
            return request.go("kpis:kpi", asked.pk)
    told = _("Shown as set by hand, with your reason, until that day or the next reading.")
    return asking(request, asked, form, _("Set the status by hand"), told)


@door(post=leads, does=actions.end_override)
def status_end(request, kpi_id):
    actions.end_override(found(request, kpi_id), request.member)
    return request.go("kpis:kpi", kpi_id)


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def found(request, kpi_id) -> Kpi:
    return get_object_or_404(Kpi.objects.of(request.workspace).owned(), pk=kpi_id)


def reading_of(request, reading_id) -> Reading:
    return get_object_or_404(Reading.objects.of(request.workspace).select_related("kpi__workspace"), pk=reading_id)


def back(request, reading):
    """To where the reading was: the list of what waits, or its KPI."""
    return request.go("kpis:index") if request.POST.get("from") == "index" else request.go("kpis:kpi", reading.kpi_id)


def filled(request, form, facts):
    every = [form, facts["targets"], *([facts["owners"]] if "owners" in facts else [])]
    refused = request.method == "POST" and any(not one.is_valid() for one in every)
    return render(request, "kpis/definition.html", {"form": form, **facts}, status=422 if refused else 200)


def asking(request, kpi, form, title, told, reading=None):
    """A small form about one KPI on a page of its own."""
    facts = {"kpi": kpi, "form": form, "title": title, "told": told, "reading": reading}
    if reading:
        facts["definition"] = portrait_of(request.workspace, kpi.pk).definition
    return shown(request, "kpis/asking.html", facts, form)

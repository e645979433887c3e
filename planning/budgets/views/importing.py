"""A spreadsheet's way into a draft: upload, mapping, preview, taking it in."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.tables import Column, Filter, Table

from .. import actions
from ..forms import IntakeForm
from ..importing.page import MappingForm, context, tried
from ..models import Intake, Outcome
from .budgets import one

TONES = {"new": "green", "changed": "amber", "unchanged": "unknown", "refused": "red", "left out": "unknown"}
WORDS = {
    "new": gettext_lazy("new lines"),
    "changed": gettext_lazy("changed"),
    "unchanged": gettext_lazy("unchanged"),
    "refused": gettext_lazy("refused"),
    "left out": gettext_lazy("left out"),
}


@door(anyone, editors, does=actions.bring_file)
def intakes(request, budget_id):
    budget = one(request, budget_id)
    form = IntakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            intake = actions.bring_file(budget, request.member, form.cleaned_data["file"])
            return request.go("budgets:intake", intake.pk)
    table = Table(
        request,
        Intake.objects.of(request.workspace).filter(budget=budget).newest(),
        columns=[
            Column("file.name", _("File"), link="budgets:intake", sort="file__name"),
            Column("state", _("State"), "status"),
            Column("brought_by", _("Brought by"), "person", sort="brought_by__user__name"),
            Column("created_at", _("When"), "moment"),
        ],
        sort="-created_at",
        size=20,
        empty=_("No file yet. Nothing touches the plan before you saw what it would do."),
    )
    return shown(request, "budgets/intakes.html", {"budget": budget, "form": form, "table": table}, form)


@door(anyone)
def intake(request, intake_id):
    intake = found(request, intake_id)
    mapping = intake.state in (Intake.State.MAPPING, Intake.State.FAILED) or (
        intake.can_be_mapped and ("mapping" in request.GET or "header_row" in request.GET)
    )
    if mapping and request.member.can_edit:
        made = tried(intake, request.GET if "header_row" in request.GET else {})
        first = MappingForm.first_of(made.mapping, intake.budget)
        form = MappingForm(initial=first, names=made.names, budget=intake.budget)
        return render(request, "budgets/mapping.html", context(intake, made, form))
    table = rows_table(request, intake)
    if table.wants_export:
        return table.export(f"{intake}".rsplit(".", 1)[0])
    return render(request, "budgets/intake.html", preview(intake) | {"table": table})


def rows_table(request, intake) -> Table:
    return Table(
        request,
        intake.rows.all(),
        columns=[
            Column("row", _("Row"), "number"),
            Column("name", _("Line")),
            Column("outcome", _("Would be"), "status", tones=TONES),
            Column("amount", _("Total for the year"), "money"),
            Column("said", _("Why, and what changes"), value=lambda row: row.said, sort=False),
            Column("at", _("Column"), sort="at"),
        ],
        search=["name", "reason"],
        filters=[Filter("outcome", _("Would be"), Outcome.choices)],
        sort="row",
        size=50,
        name="rows",
        empty=_("No row of this kind."),
    )


def preview(intake) -> dict:
    """Rows and amounts by outcome; together they are the file."""
    parts = [
        {"key": key, "word": word, "rows": intake.counts.get(key, 0), "amount": intake.totals.get(key)}
        for key, word in WORDS.items()
        if intake.counts.get(key)
    ]
    return {
        "intake": intake,
        "budget": intake.budget,
        "parts": parts,
        "can_take": intake.state == Intake.State.CHECKED
        and bool(intake.counts.get("new") or intake.counts.get("changed")),
    }


@door(anyone)
def progress(request, intake_id):
    """The part that asks again each second; once it is over, the whole page is asked for."""
    intake = found(request, intake_id)
    if not intake.is_running:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "budgets/_intake_progress.html", {"intake": intake})


@door(post=editors, does=actions.map_file)
def mapping(request, intake_id):
    intake = found(request, intake_id)
    made = tried(intake, request.POST)
    form = MappingForm(request.POST, names=made.names, budget=intake.budget)
    if form.is_valid():
        with refusals_on(form):
            actions.map_file(intake, request.member, form.mapping())
            return request.go("budgets:intake", intake.pk)
    return shown(request, "budgets/mapping.html", context(intake, made, form), form)


@door(post=editors, does=actions.take_file)
def taking(request, intake_id):
    intake = actions.take_file(found(request, intake_id), request.member)
    return request.go("budgets:intake", intake.pk)


@door(post=editors, does=actions.leave_file)
def leaving(request, intake_id):
    intake = actions.leave_file(found(request, intake_id), request.member)
    return request.go("budgets:intakes", intake.budget_id)


def found(request, intake_id) -> Intake:
    queryset = Intake.objects.of(request.workspace).select_related(
        "file", "budget", "brought_by__user", "taken_by__user"
    )
    intake = get_object_or_404(queryset, pk=intake_id)
    intake.workspace = intake.budget.workspace = request.workspace
    return intake

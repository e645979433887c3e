"""The matrix pages that read: in force, versions, who decides, my letters, everything as CSV."""

import csv
from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door
from planning.shared.exports import disarmed, sent
from planning.signoffs.papers import seats_with_people
from planning.signoffs.waiting import duties_for, seats_for
from planning.trail.queries import history

from . import agreeing
from .asking import replies, understood
from .comparing import columns_changed, compared
from .document import matrix_document
from .drafts import in_force, shown_version, version_in
from .forms import SignatureForm
from .grid import grid_of
from .letters import MEANING, ORDER
from .models import Holding, Version
from .pictures.early import early_involvement
from .pictures.heat import heat_of
from .pictures.loads import concentration, loads_in
from .pictures.vacancies import vacancies_of
from .standing_in import deputies_today
from .told import told


@door(anyone)
def index(request):
    """What is in force; before anything is, what waits for its keys, or the draft."""
    version = shown_version(request.workspace)
    if version is None:
        return render(request, "roles/begin.html")
    return render(request, "roles/matrix.html", matrix_page(request, version))


@door(anyone)
def version(request, number):
    """One version with its keys and what it changed."""
    signed = Version.objects.of(request.workspace).prefetch_related(seats_with_people("paper__seats"))
    version = get_object_or_404(signed.select_related("paper", "workspace", "matrix"), number=number)
    others = list(Version.objects.of(request.workspace).exclude(number=number).order_by("-number"))
    older = compared_with(request, number, others)
    more = {
        "changes": compared(older, version) if older else [],
        "columns": columns_changed(older, version) if older else [],
        "older": older,
        "others": others,
        "history": history(version),
    }
    return render(request, "roles/version.html", matrix_page(request, version) | more)


def compared_with(request, number, others):
    """The version that is asked for, else the one that was in force before."""
    asked = request.GET.get("against", "")
    if asked.isdigit():
        return next((one for one in others if one.number == int(asked)), None)
    return next((one for one in others if one.number < number and one.in_force_from), None)


def matrix_page(request, version, *, editable=False):
    grid = grid_of(version, editable=editable)
    return {
        "version": version,
        "grid": grid,
        "findings": told(grid),
        "meaning": [(letter, MEANING[letter]) for letter in ORDER],
        "states": {
            state.name.lower(): version_in(request.workspace, state)
            for state in (Version.State.DRAFT, Version.State.PROPOSED)
        },
    }


@door(anyone)
def versions(request):
    listed = (
        Version.objects.of(request.workspace)
        .select_related("paper")
        .prefetch_related(seats_with_people("paper__seats"))
    )
    on = day_in(request.GET.get("on", ""))
    page = {"versions": listed.order_by("-number"), "on": on, "then": in_force(request.workspace, on) if on else None}
    return render(request, "roles/versions.html", page)


def day_in(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@door(post=anyone, does=agreeing.sign_matrix)
def signatures(request):
    """One's key on the version that was read."""
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    signed = agreeing.sign_matrix(request.member, **form.cleaned_data)
    return request.go("roles:version", signed.number)


@door(anyone)
def who(request):
    """“A 40,000 martech contract”: the answer, and the row it came from."""
    version, question = in_force(request.workspace), request.GET.get("q", "").strip()[:200]
    found = replies(grid_of(version), question) if version and question else []
    amount, _words = understood(question)
    page = {"version": version, "question": question, "amount": amount, "replies": found}
    return render(request, "roles/who.html", page | {"deputies": deputies_today(request.workspace)})


@door(anyone)
def mine(request):
    """My roles, and what my letters ask of me."""
    version = in_force(request.workspace)
    holdings = (
        Holding.objects.of(request.workspace).filter(member=request.member).select_related("role").order_by("days")
    )
    today = request.workspace.today()
    held = {holding.role_id for holding in holdings if today in holding.days}
    grid = grid_of(version) if version else None
    rows = [(letter, MEANING[letter], letters_mine(grid, held, letter)) for letter in ORDER] if grid else []
    page = {"version": version, "holdings": holdings, "rows": rows, "today": today}
    return render(request, "roles/mine.html", page | waiting_by_letter(request.member))


def waiting_by_letter(member):
    """What the letters ask of somebody now: tasks and questions, then what they agree to and decide."""
    return {"duties": duties_for(member), "seats": seats_for(member).exclude(letter="")}


def letters_mine(grid, held, letter):
    """[(activity, role)] where a role I hold has this letter."""
    return [
        (row.activity, column.role)
        for row in grid.rows
        for column in grid.columns
        if column.role.pk in held and letter in row.letters.get(column.role.pk, "")
    ]


@door(anyone)
def load(request):
    """Who carries what, and where it is too much or nobody."""
    version = shown_version(request.workspace)
    if version is None:
        return render(request, "roles/load.html", {})
    grid = grid_of(version)
    loads = loads_in(grid)
    page = {
        "version": version,
        "early": early_involvement(request.workspace),
        "loads": loads,
        "concentration": concentration(grid, loads),
        "heat": heat_of(grid),
        "vacancies": vacancies_of(grid, lambda role: request.place("roles:role", role.pk)),
    }
    return render(request, "roles/load.html", page)


@door(anyone)
def document(request, number):
    """A version on one page, with its signatures."""
    version = get_object_or_404(
        Version.objects.of(request.workspace).select_related("paper")
        .prefetch_related(seats_with_people("paper__seats")), number=number,
    )  # fmt: skip
    return sent(matrix_document(version), f"raci-{version.number}.pdf")


@door(anyone)
def matrix_csv(request, number):
    """A version as a table that the import reads back."""
    version = get_object_or_404(Version.objects.of(request.workspace), number=number)
    grid = grid_of(version)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="raci-{version.number}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response)
    heads = ["Activity", "Area", "Joint", "From", "To", "Routes", "Only for"]
    sheet.writerow([*heads, *(disarmed(column.role.name) for column in grid.columns)])
    for row in grid.rows:
        facts = row.activity
        low, high = (
            format(amount.normalize(), "f") if amount is not None else "" for amount in (facts.low, facts.high)
        )
        letters = [row.letters.get(column.role.pk, "") for column in grid.columns]
        sheet.writerow(
            [
                disarmed(facts.name),
                disarmed(facts.area),
                "yes" if facts.joint else "",
                low,
                high,
                facts.routes,
                facts.domain or disarmed(facts.only_for),
                *letters,
            ]
        )
    return response

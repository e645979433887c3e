"""The matrix pages that read: in force, versions, who decides, my letters, everything as CSV."""

import csv

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door
from planning.shared.exports import disarmed
from planning.signoffs.papers import seats_with_people
from planning.trail.queries import history

from . import agreeing
from .asking import replies, understood
from .comparing import compared
from .drafts import in_force, shown_version, version_in
from .forms import SignatureForm
from .grid import grid_of
from .letters import MEANING, ORDER
from .models import Holding, Version
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
    older = (
        Version.objects.of(request.workspace)
        .filter(number__lt=number)
        .exclude(in_force_from=None)
        .order_by("-number")
        .first()
    )
    more = {"changes": compared(older, version) if older else [], "older": older, "history": history(version)}
    return render(request, "roles/version.html", matrix_page(request, version) | more)


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
    return render(request, "roles/versions.html", {"versions": listed.order_by("-number")})


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
    return render(
        request, "roles/who.html", {"version": version, "question": question, "amount": amount, "replies": found}
    )


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
    return render(request, "roles/mine.html", {"version": version, "holdings": holdings, "rows": rows, "today": today})


def letters_mine(grid, held, letter):
    """[(activity, role)] where a role I hold has this letter."""
    return [
        (row.activity, column.role)
        for row in grid.rows
        for column in grid.columns
        if column.role.pk in held and letter in row.letters.get(column.role.pk, "")
    ]


@door(anyone)
def matrix_csv(request, number):
    """A version as a table that the import reads back."""
    version = get_object_or_404(Version.objects.of(request.workspace).select_related("workspace"), number=number)
    grid = grid_of(version)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="raci-{version.number}.csv"'
    response.write("\ufeff")
    sheet = csv.writer(response)
    sheet.writerow(
        ["Activity", "Area", "Joint", "From", "To", "Routes", *(disarmed(column.role.name) for column in grid.columns)]
    )
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
                *letters,
            ]
        )
    return response

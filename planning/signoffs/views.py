from django.shortcuts import get_object_or_404, redirect, render

from planning.people.doors import anyone, door
from planning.shared.plain import difference
from planning.trail.queries import history

from .doing import answer, finish
from .models import Duty, Paper
from .papers import fresh
from .waiting import asked_by, duties_for, seats_for


@door(anyone)
def index(request):
    """What waits for me, and whom I wait for."""
    page = {
        "seats": seats_for(request.member),
        "duties": duties_for(request.member),
        "asked": asked_by(request.member),
    }
    return render(request, "signoffs/index.html", page)


@door(anyone)
def paper(request, paper_id):
    """The frozen terms as they were signed, who turned which key, and what changed since the version before."""
    found = get_object_or_404(Paper.objects.of(request.workspace), pk=paper_id)
    versions = list(Paper.objects.of(request.workspace).filter(subject=found.subject).order_by("-version"))
    other = compared(request, found, versions)
    context = {
        "paper": fresh(found),
        "versions": versions,
        "other": other,
        "changes": difference(dict(rows_of(other.terms)), dict(rows_of(found.terms))) if other else [],
        "terms": rows_of(found.terms),
        "entries": history(found.subject, limit=20),
    }
    return render(request, "signoffs/paper.html", context)


@door(post=anyone, does=(answer, finish))
def word(request, duty_id):
    """R says it is done, C answers; back to the page of the thing."""
    duty = get_object_or_404(Duty.objects.of(request.workspace).select_related("paper"), pk=duty_id)
    act = answer if duty.is_question else finish
    act(duty, request.member, request.POST.get("note", "")[:4000])
    return redirect(duty.paper.url)


def with_days(seats, workspace) -> list:
    """The seats, each with `days`: how many days of the workspace its paper has waited."""
    rows, today = list(seats), workspace.today()
    for seat in rows:
        seat.days = (today - seat.paper.opened_at.astimezone(workspace.zone).date()).days
    return rows


def compared(request, paper, versions):
    """The version asked for by `?with=`, else the one before this; None for the first."""
    asked = request.GET.get("with", "")
    earlier = [one for one in versions if one.version < paper.version]
    return next(
        (one for one in versions if str(one.version) == asked and one.pk != paper.pk), earlier[0] if earlier else None
    )


def rows_of(terms, path="") -> list[tuple[str, str]]:
    """Terms of any depth as rows of (name, value), in the order of the canonical text."""
    if isinstance(terms, dict):
        pairs = sorted(terms.items())
    elif isinstance(terms, list) and any(isinstance(one, dict | list) for one in terms):
        pairs = list(enumerate(terms, start=1))
    else:
        return [(path, ", ".join(map(str, terms)) if isinstance(terms, list) else "–" if terms is None else str(terms))]
    return [row for name, value in pairs for row in rows_of(value, f"{path} · {name}" if path else str(name))]

from django.shortcuts import get_object_or_404, redirect, render

from planning.people.doors import anyone, door
from planning.people.models import Member
from planning.shared.plain import difference
from planning.trail.queries import history
from planning.trail.wording import NOTHING

from .doing import answer, finish
from .models import Duty, Paper
from .papers import fresh
from .terms_in_words import in_words
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
    """The frozen terms in words and as they were signed, who turned which key, and what changed since the version
    before."""
    found = get_object_or_404(Paper.objects.of(request.workspace), pk=paper_id)
    versions = list(Paper.objects.of(request.workspace).filter(subject=found.subject).order_by("-version"))
    other = compared(request, found, versions)
    names = {one.pk: one.name for one in Member.objects.of(request.workspace).people()}
    terms, before = (in_words(one.terms, request.workspace.currency, names) if one else [] for one in (found, other))
    context = {
        "paper": fresh(found),
        "versions": versions,
        "other": other,
        "changes": difference(dict(before), dict(terms)) if other else [],
        "terms": [(name, value) for name, value in terms if value != NOTHING],
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

"""The page of a paper: what was frozen in it, who turned which key, and what changed since the version before."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door
from planning.people.models import Member
from planning.signoffs.models import Paper
from planning.signoffs.papers import fresh
from planning.trail.queries import history

from .terms_said import compared, terms_said


@door(anyone)
def paper(request, paper_id):
    """The frozen terms in words and as they were signed, who turned which key, and what changed since the version
    before."""
    found = get_object_or_404(Paper.objects.of(request.workspace), pk=paper_id)
    versions = list(
        Paper.objects.of(request.workspace)
        .filter(subject=found.subject)
        .select_related("workspace")
        .order_by("-version")
    )
    other = other_of(request, found, versions)
    names = {one.pk: one.name for one in Member.objects.of(request.workspace).people()}
    context = {
        "paper": fresh(found),
        "versions": versions,
        "other": other,
        "changes": compared(other, found, names) if other else [],
        "terms": terms_said(found, names),
        "entries": history(found.subject, limit=20),
    }
    return render(request, "desk/paper.html", context)


def other_of(request, paper, versions):
    """The version asked for by `?with=`, else the one before this; None for the first."""
    asked = request.GET.get("with", "")
    earlier = [one for one in versions if one.version < paper.version]
    return next(
        (one for one in versions if str(one.version) == asked and one.pk != paper.pk), earlier[0] if earlier else None
    )

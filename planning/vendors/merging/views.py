"""Pages of vendors that look like one. Merging itself is spend's (spend.one_vendor), whose typed invoices follow."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors

from ..models import Twin, Vendor
from . import acting
from .finding import open_twins

SHOWN = 20


@door(anyone)
def twins(request):
    """Pairs that look like one vendor, the largest money first."""
    found = open_twins(request.workspace)
    waiting = Vendor.objects.of(request.workspace).filter(compared_at=None).count()
    rows = list(found[:SHOWN])
    context = {"twins": rows, "more": found.count() - len(rows), "not_compared": waiting}
    return render(request, "vendors/twins.html", context)


@door(post=editors, does=acting.tell_apart)
def difference(request, twin_id):
    acting.tell_apart(get_object_or_404(Twin.objects.of(request.workspace), pk=twin_id), request.member)
    return request.go("vendors:twins")

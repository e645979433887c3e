"""Waiting for finance: rows of months that are closed."""

from django.shortcuts import get_object_or_404, render

from planning.calendar.models import Period
from planning.people.doors import anyone, door, finance

from .. import late
from ..line_names import named


@door(anyone)
def index(request):
    names = named(request.workspace)
    months = late.waiting_for_finance(request.workspace)
    for month in months:
        for row in month["lines"]:
            row["line"] = names.get(row["line_id"], "")
    return render(request, "spend/late.html", {"months": months, "may_open": finance(request.member)})


@door(post=finance, does=late.book_as_prior)
def prior_periods(request):
    number = request.POST.get("period", "")
    period = get_object_or_404(Period.objects.of(request.workspace), pk=int(number) if number.isdecimal() else 0)
    late.book_as_prior(period, request.member, request.POST.get("reason", ""))
    return request.go("spend:late")

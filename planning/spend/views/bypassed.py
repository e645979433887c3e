"""Unapproved technology spend, always for both sides: its share, its months, its vendors, and which words mean
technology."""

from datetime import date

from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors
from planning.shared.charts import Bars, Series

from .. import bypass, saying
from ..mapping_page import this_year
from ..models import CategoryKind


@door(anyone)
def index(request):
    first, last = span(request)
    months = bypass.by_month(request.workspace, first, last)
    chart = Bars(
        _("Technology spend by month"),
        request.workspace.currency,
        categories=[date_format(month, "M Y") for month, _bypassed, _asked in months],
        series=[
            Series(
                _("approved before the first payment"),
                [asked for _month, _bypassed, asked in months],
                tone="ink",
                stack="spend",
            ),
            Series(_("unapproved"), [bypassed for _month, bypassed, _asked in months], tone="red", stack="spend"),
        ],
    )
    return render(
        request,
        "spend/bypass.html",
        {
            "first": first,
            "last": last,
            "sums": bypass.bypass(request.workspace, first, last),
            "chart": chart,
            "vendors": bypass.by_vendor(request.workspace, first, last),
            "kinds": saying.kinds(request.workspace),
        },
    )


def span(request):
    first, last = this_year(request.workspace)
    return day(request.GET.get("from")) or first, day(request.GET.get("to")) or last


def day(text):
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@door(post=editors, does=saying.say)
def kind(request, kind_id):
    word = get_object_or_404(CategoryKind.objects.of(request.workspace), pk=kind_id)
    saying.say(word, request.member, request.POST.get("domain") or None)
    return request.go("spend:bypass")

"""Unapproved technology spend, always for both sides: its share and where it comes from, month by month against the
target, the vendors with what was decided about them, and which words mean technology."""

from datetime import date, timedelta

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door, editors, leads
from planning.people.models import Side
from planning.shared.charts import Line, Point, Track
from planning.shared.folding import Folded, folded
from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money, percent

from .. import aiming, amnesty, bypass, saying
from ..deciding_forms import TargetForm
from ..mapping_page import this_year
from ..models import CategoryKind

SHOWN = 100
A_YEAR = timedelta(days=366)
BY = {
    "month": gettext_lazy("Month"),
    "side": gettext_lazy("Side"),
    "department": gettext_lazy("Department"),
    "category": gettext_lazy("Category"),
}


@door(anyone)
def index(request):
    first, last = span(request)
    workspace, dimension = request.workspace, request.GET.get("by") if request.GET.get("by") in BY else "side"
    sums, months, *more = bypass.seen(workspace, first, last, *dict.fromkeys(["month", dimension]))
    rows = more[0] if more else months
    target, most = aiming.in_force(workspace), None if request.GET.get("kinds") == "all" else SHOWN
    facts = {
        "first": first,
        "last": last,
        "sums": sums,
        "behind": rows_behind(request, first, last),
        "chart": trend(months, target, workspace.today(), workspace.currency),
        "by": dimension,
        "dimensions": BY,
        "rows": where(request, first, last, dimension, rows[:SHOWN]),
        "more": max(0, len(rows) - SHOWN),
        "vendors": folded(whose := vendors(workspace, first, last), lambda row: row["amount"]),
        "more_vendors": max(0, (whose[0]["vendors"] if whose else 0) - len(whose)),
        "kinds": folded(saying.kinds(workspace, most), lambda row: row["amount"]),
        "more_kinds": max(0, CategoryKind.objects.of(workspace).count() - most) if most else 0,
        "target": target,
        "target_form": TargetForm(
            initial={"percent": target and target.percent, "reached_by": target and target.reached_by}
        ),
    }
    return render(request, "spend/bypass.html", facts)


def where(request, first, last, dimension, rows) -> Folded:
    """[(a value in words, its figures, the addresses of its rows)], the largest first; months stay in their order."""
    found = [
        (words(dimension, key), part, rows_behind(request, first, last, **{dimension: f"{key}" or "none"}))
        for key, part in rows
    ]
    if dimension == "month":
        return Folded(found, [], ZERO)
    return folded(found, lambda row: row[1].technology_spend)


def trend(months, target, today, currency) -> Line:
    """The share of each month, and where it is to be. The month that still runs is said and not drawn beside others: a
    share of the little that was paid so far would set the scale for all of them."""
    runs, alone = today.replace(day=1), len(months) == 1
    points = [
        Point(month, sums.share, word=_("still runs"), hollow=alone, aside=not alone)
        if month == runs
        else Point(month, sums.share)
        for month, sums in months
    ]
    tracks = [Track(_("Unapproved"), points, tone="red")]
    if target and months:
        near = target.reached_by and target.reached_by <= months[-1][0] + A_YEAR  # else the line is all that is seen
        days = sorted({months[0][0], months[-1][0], *([target.reached_by] if near else [])})
        tracks.append(Track(_("Target"), [Point(day, target.percent) for day in days], tone="ink", style="dashed"))
    early = None if alone else dict(months).get(runs)
    note = so_far(runs, early, currency) if early and early.share is not None else ""
    return Line(_("Share of technology spend that nobody approved first"), "%", note=note, tracks=tracks)


def so_far(month, sums, currency) -> str:
    words = _("%(month)s still runs and is not in the line yet: %(share)s of %(spend)s %(currency)s so far.")
    return words % {
        "month": date_format(month, "F Y"),
        "share": percent(sums.share, 1),
        "spend": money(sums.technology_spend, currency),
        "currency": currency,
    }


def words(dimension, key) -> str:
    if dimension == "month":
        return date_format(key, "F Y")
    if dimension == "side":
        return str(dict(Side.choices).get(key) or _("neither side alone")).capitalize()
    return key or _("not said")


def rows_behind(request, first, last, **where) -> dict[str, str]:
    """The addresses of the entries that figures are made of, by judgement."""
    entries = request.place("spend:entries")
    asked = {"since": first, "until": last} | where
    return {key: f"{entries}?{urlencode({'judged': key} | asked)}" for key in ("unapproved", "technology", "unknown")}


def vendors(workspace, first, last) -> list[dict]:
    """Each with what was decided about it: `amnesty`, or None where nobody looked yet."""
    rows = bypass.by_vendor(workspace, first, last)
    decided = amnesty.by_vendor(workspace, [row["vendor_id"] for row in rows if row["vendor_id"]])
    return [row | {"amnesty": decided.get(row["vendor_id"])} for row in rows]


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
    asked = {name: request.POST[name] for name in ("from", "to", "by", "kinds") if request.POST.get(name)}
    return redirect(f"{request.place('spend:bypass')}?{urlencode(asked)}#kind-{word.pk}")


@door(post=leads, does=aiming.aim)
def target(request):
    form = TargetForm(request.POST)
    if not form.is_valid():
        raise Refused(_("A share is between 0 and 100 percent."), "percent")
    aiming.aim(request.member, **form.cleaned_data)
    return request.go("spend:bypass")

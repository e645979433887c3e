"""What no rule placed, largest money first, name by name: placed one by one or many at once, by keyboard too."""

from django.contrib import messages
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count, Max, Min, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared import periods
from planning.shared.refusals import Refused
from planning.vendors.models import Vendor

from .. import assigning, known_names, teaching
from ..forms import AssignmentForm
from ..line_names import lines_to_choose, named
from ..models import Entry, Wait

GROUPS = 25
SUGGESTED = """
SELECT asked.key, v.id, v.name FROM unnest(%(keys)s::text[]) AS asked (key)
 CROSS JOIN LATERAL vendors_alike(asked.key, 1) AS near JOIN vendors_vendor v ON v.id = near.vendor_id
 WHERE similarity(asked.key, v.key) > 0.45
"""


@door(anyone)
def unmatched(request):
    return render(request, "spend/unmatched.html", queue(request))


def queue(request, form=None):
    waiting = Entry.objects.of(request.workspace).live().exclude(waits__in=[Wait.POSTED, Wait.CLOSED]).order_by()
    where = request.POST if request.method == "POST" else request.GET
    asked = where.get("q", "").replace("\0", "").strip()
    if asked:
        waiting = waiting.filter(vendor_name__icontains=asked)
    groups = (
        waiting.values("vendor_key")
        .annotate(
            name=Max("vendor_name"),
            vendor=Max("vendor"),
            amount=Sum("weight"),
            net=Sum("converted"),
            rows=Count("pk"),
            first=Min("posting_date"),
            last=Max("posting_date"),
            reasons=ArrayAgg("waits", distinct=True),
            currencies=ArrayAgg("currency", distinct=True),
        )
        .order_by("-amount", "vendor_key")
    )
    page = Paginator(groups, GROUPS).get_page(where.get("page"))
    words = dict(Wait.choices)
    for group in page.object_list:
        group["words"] = [words[reason] for reason in group["reasons"]]
    sums = waiting.aggregate(rows=Count("pk"), amount=Sum("weight"))
    suggested = suggestions(page.object_list)
    for group in page.object_list:
        group["suggested"] = suggested.get(group["vendor_key"]) if not group["vendor"] else None
    names = named(request.workspace)
    return {
        "page": page,
        "asked": asked,
        "sums": sums,
        "lines": names,
        "form": form,
        "late": Entry.objects.of(request.workspace).late().count(),
        "unlinked": known_names.unlinked(request.workspace).count(),
    }


def back(request):
    """To the part of the queue where the person was."""
    where = {name: request.POST[name] for name in ("q", "page") if request.POST.get(name, "1") not in ("", "1")}
    return redirect(f"{request.place('spend:unmatched')}{'?' if where else ''}{urlencode(where)}")


def suggestions(groups) -> dict:
    """{normalised name: (vendor id, its name)}: whose spelling a name that no vendor carries may be. Only suggested."""
    keys = [group["vendor_key"] for group in groups if group["vendor_key"] and not group["vendor"]]
    with connection.cursor() as cursor:
        cursor.execute(SUGGESTED, {"keys": keys})
        return {key: (vendor, name) for key, vendor, name in cursor.fetchall()}


@door(post=editors, does=assigning.assign)
def assignments(request):
    form = AssignmentForm(request.POST, lines=lines_to_choose(request.workspace))
    if form.is_valid():
        line, said = form.cleaned_data["line"], form.cleaned_data
        said["vendor_keys"] = request.POST.getlist("vendor_key")
        with refusals_on(form):
            rows = assigning.assign(request.member, line, chosen(request.workspace, line, said), said["always"])
            say_placed(request, rows)
            return request.go("spend:entry", said["entry"]) if said["entry"] else back(request)
    return shown(request, "spend/unmatched.html", queue(request, form), form)


def chosen(workspace, line, said) -> list[int]:
    """One entry, or everything that waits under names and falls into the line's year. Refused: no name, and no row."""
    entries = Entry.objects.of(workspace).live()
    if said["entry"]:
        return list(entries.filter(pk=said["entry"]).values_list("pk", flat=True))
    if not said["vendor_keys"]:
        raise Refused(_("Choose the names that belong to that line first."))
    months = periods.months(workspace, line.budget.year)
    waiting = entries.exclude(waits=Wait.POSTED).filter(vendor_key__in=said["vendor_keys"])
    found = list(waiting.filter(month__in=months).values_list("pk", flat=True))
    if not found and waiting.exists():
        raise Refused(
            _("None of these rows is of %(year)s, the year of that line.") % {"year": line.budget.year}, "line"
        )
    return found


@door(post=editors, does=assigning.ask_again)
def requests(request):
    say_placed(request, assigning.ask_again(request.member))
    return request.go("spend:unmatched")


def say_placed(request, rows: int):
    said = ngettext("%(rows)s row was placed on its line.", "%(rows)s rows were placed on their lines.", rows)
    messages.success(request, said % {"rows": rows})


@door(post=editors, does=teaching.name)
def names(request):
    chosen = request.POST.get("vendor", "")
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=int(chosen)) if chosen.isdecimal() else None
    key = request.POST.get("vendor_key", "")
    waiting = Entry.objects.of(request.workspace).live().filter(vendor_key=key).exclude(waits=Wait.POSTED)
    before = waiting.count()
    known = teaching.name(request.member, key, vendor)
    messages.success(request, _("Rows of this name are %(vendor)s from now on.") % {"vendor": known})
    if placed := before - waiting.count():
        say_placed(request, placed)
    return back(request)


@door(post=editors, does=known_names.recognise)
def matches(request):
    chosen = request.POST.get("vendor", "")
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=int(chosen)) if chosen.isdecimal() else None
    rows = known_names.recognise(request.member, vendor)
    said = ngettext("%(rows)s row has its vendor now.", "%(rows)s rows have their vendor now.", rows)
    messages.success(request, said % {"rows": rows})
    return request.go("vendors:vendor", vendor.pk) if vendor else request.go("spend:unmatched")

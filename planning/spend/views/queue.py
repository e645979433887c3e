"""What no rule placed, largest money first, name by name; and the rules people taught."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Sum
from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared import periods

from .. import assigning
from ..forms import AssignmentForm
from ..line_names import named
from ..models import Entry, Rule, Wait

GROUPS = 25


@door(anyone)
def unmatched(request):
    return render(request, "spend/unmatched.html", queue(request))


def queue(request, form=None):
    waiting = Entry.objects.of(request.workspace).live().exclude(waits__in=[Wait.POSTED, Wait.CLOSED]).order_by()
    groups = (
        waiting.values("vendor_key")
        .annotate(
            name=Max("vendor_name"),
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
    page = Paginator(groups, GROUPS).get_page(request.GET.get("page"))
    words = dict(Wait.choices)
    for group in page.object_list:
        group["words"] = [words[reason] for reason in group["reasons"]]
    sums = waiting.aggregate(rows=Count("pk"), amount=Sum("weight"))
    rules = (
        Rule.objects.of(request.workspace)
        .select_related("vendor", "learned_from__user")
        .order_by("-learned_at", "-pk")[:50]
    )
    names = named(request.workspace)
    return {
        "page": page,
        "sums": sums,
        "lines": names,
        "form": form,
        "late": Entry.objects.of(request.workspace).late().count(),
        "rules": [(rule, names.get(rule.line_id, "")) for rule in rules],
    }


@door(post=editors, does=assigning.assign)
def assignments(request):
    form = AssignmentForm(request.POST, lines=assigning.lines_to_choose(request.workspace))
    if form.is_valid():
        line, said = form.cleaned_data["line"], form.cleaned_data
        with refusals_on(form):
            assigning.assign(request.member, line, chosen(request.workspace, line, said), said["always"])
            return request.go("spend:entry", said["entry"]) if said["entry"] else request.go("spend:unmatched")
    return shown(request, "spend/unmatched.html", queue(request, form), form)


def chosen(workspace, line, said) -> list[int]:
    """One entry, or everything that waits under a name and falls into the line's year."""
    entries = Entry.objects.of(workspace).live()
    if said["entry"]:
        return [said["entry"]]
    months = periods.months(workspace, line.budget.year)
    waiting = entries.exclude(waits=Wait.POSTED).filter(vendor_key=said["vendor_key"])
    return list(waiting.filter(month__in=months).values_list("pk", flat=True))


@door(post=editors, does=assigning.ask_again)
def requests(request):
    assigning.ask_again(request.member)
    return request.go("spend:unmatched")


@door(post=editors, does=assigning.forget)
def removal(request, rule_id):
    assigning.forget(get_object_or_404(Rule.objects.of(request.workspace), pk=rule_id), request.member)
    return request.go("spend:unmatched")

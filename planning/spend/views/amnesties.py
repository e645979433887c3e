"""From a row to a request marked back-dated, and what was decided about its vendor."""

from django.db.models import Count, Min, Q, Sum
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.people.models import Member
from planning.purchases.actions import draft
from planning.shared.refusals import Refused
from planning.trail.queries import history

from .. import amnesty
from ..deciding_forms import AmnestyForm, DecisionForm
from ..models import Amnesty, Entry

SHOWN = 25


@door(post=editors, does=(amnesty.begin, draft))
def begin(request, entry_id):
    entry = get_object_or_404(Entry.objects.of(request.workspace).live().select_related("vendor", "batch"), pk=entry_id)
    form = AmnestyForm(request.POST, members=owners(request.workspace))
    if not form.is_valid():
        raise Refused(_("Who decides, and by which day?"))
    said = form.cleaned_data
    purchase = back_dated(entry, request.member, entry.vendor) if said["request"] else None
    made = amnesty.begin(entry, request.member, said["owner"], said["decide_by"], purchase)
    return request.go("spend:amnesty", made.pk)


@door(post=editors, does=(amnesty.ask, draft))
def request_for(request, amnesty_id):
    found = Amnesty.objects.of(request.workspace).select_related("vendor", "entry__batch")
    case = get_object_or_404(found, pk=amnesty_id)
    amnesty.ask(case, request.member, back_dated(case.entry, request.member, case.vendor))
    return request.go("spend:amnesty", case.pk)


def back_dated(entry, member, vendor):
    """A draft of the request that should have come first: its vendor, and what was paid so far."""
    same = {"vendor": vendor} if vendor else {"vendor_key": entry.vendor_key}
    rows = Entry.objects.of(member.workspace).live().filter(**same)
    known = rows.aggregate(sum=Sum("converted"), first=Min("posting_date"))
    paid, first = known["sum"], known["first"] or entry.posting_date
    facts = {"amount": amount_said(paid), "items": items_of(rows)} if paid and paid > 0 else {}
    return draft(
        member,
        title=_("%(vendor)s, back-dated") % {"vendor": vendor or entry.vendor_name},
        vendor=vendor or entry.vendor_name,
        reason=_("Paid before it was approved, first on %(day)s; found in %(file)s, row %(row)s.")
        % {"file": entry.batch, "row": entry.row, "day": date_format(first, "j M Y") if first else "–"},
        **facts,
    )


def items_of(rows) -> list[dict]:
    """The lines its rows lie on, with what was paid on each; none when a row lies nowhere, or a line got money back."""
    sums = list(rows.values("line").annotate(sum=Sum("converted"), unknown=Count("pk", filter=Q(converted=None))))
    if any(not row["line"] or row["unknown"] or row["sum"] <= 0 for row in sums):
        return []
    return [{"line": row["line"], "amount": amount_said(row["sum"])} for row in sums]


def amount_said(value) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")


def owners(workspace):
    return Member.objects.of(workspace).active().filter(role__in=["lead", "planner"]).select_related("user")


@door(anyone, editors, does=amnesty.decide)
def one(request, amnesty_id):
    found = Amnesty.objects.of(request.workspace).select_related(
        "vendor", "owner__user", "opened_by__user", "decided_by__user", "purchase", "entry__batch"
    )
    case = get_object_or_404(found, pk=amnesty_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            amnesty.decide(case, request.member, **form.cleaned_data)
            return request.go("spend:amnesty", case.pk)
    rows = Entry.objects.of(request.workspace).live().filter(vendor=case.vendor_id)
    late = amnesty.paid_since(case)
    facts = {
        "case": case,
        "form": form,
        "may_decide": request.member.can_edit and (request.member.is_lead or request.member.pk == case.owner_id),
        "paid": rows.aggregate(sum=Sum("converted"))["sum"],
        "entries": rows.order_by("-posting_date", "-pk")[:SHOWN],
        "since": late.aggregate(sum=Sum("converted"))["sum"],
        "history": history(case, 10),
    }
    if form.is_bound:
        return shown(request, "spend/amnesty.html", facts, form)
    return render(request, "spend/amnesty.html", facts)

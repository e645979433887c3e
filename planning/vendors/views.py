"""The register's pages: the list, one vendor, its facts."""

from django.db.models import Count, Exists, IntegerField, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.calendar.models import Category
from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.folding import folded
from planning.shared.searching import FoundBy
from planning.shared.tables import Column, Filter, Table
from planning.trail.queries import history

from . import actions
from .finding import alike
from .forms import DocumentForm, ReviewForm, SystemForm, VendorForm
from .merging.finding import open_twins, taken_in
from .merging.hanging import in_words
from .models import Contract, DataClass, Vendor
from .models.register import STANDING_TONES


@door(anyone)
def index(request):
    table = Table(
        request,
        listed(request.workspace),
        columns=[
            Column("name", _("Vendor"), link="vendors:vendor"),
            Column("category", _("Category"), sort="category__name"),
            Column("data_class", _("Customer data")),
            Column("standing", _("Standing"), kind="status", tones=STANDING_TONES),
            Column("contract_count", _("Contracts"), kind="number"),
            Column("opt_out", _("Next opt-out date"), kind="date"),
            Column("marketing_owner", _("Owner in marketing"), kind="person", sort="marketing_owner__user__name"),
            Column("technology_owner", _("Owner in technology"), kind="person", sort="technology_owner__user__name"),
        ],
        search=called,
        filters=[
            Filter("data_class", _("Customer data"), DataClass.choices),
            Filter("standing", _("Standing"), Vendor.Standing.choices),
            Filter("category", _("Category"), categories_of(request.workspace)),
        ],
        sort="name",
        empty=_("No vendor yet. Add the first, or send a request to buy: it brings its vendor along."),
    )
    if table.wants_export:
        return table.export("vendors")
    return render(request, "vendors/vendors.html", {"table": table, "twins": open_twins(request.workspace).count()})


def listed(workspace):
    """Vendors with the number of their contracts and the next day by which one of them can be stopped.

    Both are asked of the vendors shown: joined and grouped, they would be worked out for every vendor first.
    """
    contracts = Contract.objects.of(workspace).filter(vendor=OuterRef("pk")).order_by().values("vendor")
    tacit = contracts.filter(renewal="tacit", stopped_on=None, notice_by__gte=workspace.today())
    number = Subquery(contracts.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return (
        Vendor.objects.of(workspace)
        .select_related("category", "marketing_owner__user", "technology_owner__user")
        .annotate(
            contract_count=Coalesce(number, 0), opt_out=Subquery(tacit.annotate(day=Min("notice_by")).values("day"))
        )
    )


def categories_of(workspace) -> list[tuple[str, str]]:
    """The categories that vendors have, to choose from."""
    theirs = Exists(Vendor.objects.of(workspace).filter(category=OuterRef("pk")))
    rows = Category.objects.of(workspace).filter(theirs).order_by("name").values_list("pk", "name")
    return [(str(pk), name) for pk, name in rows]


def called(words) -> Q:
    """Vendors that hold each of these words in their name or in one of its spellings."""
    return Q(FoundBy("vendors_called", *words))


@door(anyone)
def vendor(request, vendor_id):
    vendor = get_object_or_404(
        Vendor.objects.ever_of(request.workspace).select_related(
            "category", "marketing_owner__user", "technology_owner__user"
        ),
        pk=vendor_id,
    )
    if vendor.merged_into_id:
        return request.go("vendors:vendor", vendor.merged_into_id)
    today = request.workspace.today()
    context = {
        "vendor": vendor,
        "aliases": folded(vendor.aliases.all()),
        "contracts": [
            (row, row.standing_on(today), row.days_left(today)) for row in vendor.contracts.order_by("notice_by")
        ],
        "reviews": list(vendor.reviews.select_related("by__user")),
        "today": today,
        "mergers": [
            (merge, in_words(merge.counts))
            for merge in vendor.taken_in.filter(undone_at=None).select_related("gone", "by__user")
        ],
        "systems": list(vendor.systems.all()),
        "documents": list(vendor.documents.select_related("file")),
        "scorecards": list(vendor.scorecards.all()[:4]),
        "system_form": SystemForm(),
        "document_form": DocumentForm(),
        "history": told(vendor),
        "tone": vendor.tone,
    }
    return render(request, "vendors/vendor.html", context)


def told(vendor) -> list:
    """The newest entries about a vendor and what it took in; a merge says whose name went, or came back (`said`)."""
    entries = list(history(vendor, 12, also=taken_in(vendor)))
    for entry in entries:
        facts = {"vendors.merge": entry.before, "vendors.unmerge": entry.after}.get(entry.verb)
        entry.said = facts["vendor"] if facts else ""
    return entries


@door(editors, does=actions.register)
def new(request):
    form = VendorForm(request.POST or None, member=request.member, initial={"name": request.GET.get("name", "")})
    form.fields["name"].widget.attrs |= {
        "hx-get": request.place("vendors:similar"),
        "hx-trigger": "input changed delay:300ms",
        "hx-target": "#similar",
    }
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            vendor = actions.register(request.member, **form.cleaned_data)
            return request.go("vendors:vendor", vendor.pk)
    return shown(request, "vendors/vendor_form.html", {"form": form}, form)


@door(editors, does=actions.amend)
def facts(request, vendor_id):
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    form = VendorForm(request.POST or None, member=request.member, instance=vendor)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.amend(vendor, request.member, **form.cleaned_data)
            return request.go("vendors:vendor", vendor.pk)
    return shown(request, "vendors/vendor_form.html", {"form": form, "vendor": vendor}, form)


@door(editors, does=actions.review)
def review(request, vendor_id):
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.review(vendor, request.member, **form.cleaned_data)
            return request.go("vendors:vendor", vendor.pk)
    return shown(request, "vendors/review_form.html", {"form": form, "vendor": vendor}, form)


@door(anyone)
def similar(request):
    """What exists already, as a name is typed: the fragment below the field."""
    found = alike(request.workspace, request.GET.get("name", "")[:200])
    return render(request, "vendors/_similar.html", {"vendors": found})

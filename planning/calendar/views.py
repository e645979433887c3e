"""Pages of the calendar: months and their closing, rates, holidays and hours, categories."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, finance, leads, refusals_on, shown
from planning.shared.periods import year_of
from planning.shared.refusals import Refused
from planning.shared.tables import Column, Table

from . import actions
from .business_time import hours_of
from .forms import CategoryForm, CloseForm, FileForm, HolidayForm, HoursForm, RateForm, ReasonForm
from .models import Category, Domain, Holiday, Period, Rate
from .periods import ensure_year, year_as_it_is


def keepers(member) -> bool:
    """Leads of any side, and finance: those who keep the calendar in order."""
    return leads(member) or finance(member)


# ── Months ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@door(anyone)
def index(request):
    return months_page(request, year_of(request.workspace, request.workspace.today()))


@door(anyone)
def periods(request, year):
    return months_page(request, year)


def after(request, year):
    """Back to the page of this workspace that the form names (month-end has one of its own), else to the months."""
    back = request.POST.get("back", "")
    inside = back.startswith(f"/{request.workspace.slug}/") and url_has_allowed_host_and_scheme(back, None)
    return redirect(back) if inside else request.go("calendar:periods", year)


def months_page(request, year):
    months = year_as_it_is(request.workspace, year)
    return render(
        request, "calendar/periods.html", {"months": months, "year": year, "may_close": finance(request.member)}
    )


@door(post=finance, does=actions.soft_close)
def soft_closing(request, year, number):
    actions.soft_close(month(request, year, number), request.member)
    return after(request, year)


@door(post=finance, does=actions.tie_out)
def tie_out(request, year, number):
    form = CloseForm(request.POST)
    if form.is_valid():
        actions.tie_out(month(request, year, number), request.member, **form.cleaned_data)
        return after(request, year)
    raise Refused(_("Type the ledger's total for the month."), "control_total")


@door(finance, does=actions.close)
def closing(request, year, number):
    period, form = month(request, year, number), CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.close(period, request.member, **form.cleaned_data)
            return after(request, year)
    told = _("It closes when the ledger's total is exactly what was posted here.")
    return asking(request, form, _("Close %(month)s") % {"month": period}, told, period=period)


@door(finance, does=actions.reopen)
def reopening(request, year, number):
    period, form = month(request, year, number), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.reopen(period, request.member, **form.cleaned_data)
            return request.go("calendar:periods", year)
    told = _("Everybody who edits can post into it again, until it is closed once more. The history keeps the reason.")
    return asking(request, form, _("Open %(month)s again") % {"month": period}, told, period=period)


# ── Rates ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@door(anyone, finance, does=actions.add_rate)
def rates(request):
    form = RateForm(request.POST or None, initial={"day": request.workspace.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_rate(request.member, **form.cleaned_data)
            return request.go("calendar:rates")
    table = rate_table(request)
    if table.wants_export:
        return table.export("rates")
    facts = {"table": table, "form": form, "file_form": FileForm(), "may_keep": finance(request.member)}
    return shown(request, "calendar/rates.html", facts, form)


@door(finance, does=actions.import_rates)
def rate_import(request):
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.import_rates(request.member, form.cleaned_data["file"])
            return request.go("calendar:rates")
    return asking(
        request, form, _("Import rates"), _("A CSV with the columns currency, date (YYYY-MM-DD), rate and source.")
    )


def rate_table(request) -> Table:
    columns = [
        Column("currency", _("Currency")),
        Column("day", _("From"), "date"),
        Column("rate", _("Rate"), "number"),
        Column("source", _("Source")),
    ]
    empty = _("No rates yet. Amounts in other currencies are refused until finance adds them.")
    stored = Rate.objects.of(request.workspace)
    return Table(request, stored, columns, search=["currency", "source"], sort="-day", name="rates", empty=empty)


# ── Holidays and hours ───────────────────────────────────────────────────────────────────────────────────────────────
@door(anyone, keepers, does=actions.add_holiday)
def holidays(request):
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_holiday(request.member, **form.cleaned_data)
            return request.go("calendar:holidays")
    business = hours_of(request.workspace)
    coming = Holiday.objects.of(request.workspace).filter(day__gte=request.workspace.today()).order_by("day")
    facts = {"holidays": coming, "form": form, "business": business, "may_keep": keepers(request.member)}
    return shown(request, "calendar/holidays.html", facts, form)


@door(post=keepers, does=actions.remove_holiday)
def holiday_removal(request, holiday_id):
    actions.remove_holiday(
        get_object_or_404(Holiday.objects.of(request.workspace), pk=holiday_id),
        request.member,
    )
    return request.go("calendar:holidays")


@door(keepers, does=actions.import_holidays)
def holiday_import(request):
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.import_holidays(request.member, form.cleaned_data["file"])
            return request.go("calendar:holidays")
    return asking(request, form, _("Import holidays"), _("An iCalendar file (.ics): its whole days become holidays."))


@door(keepers, does=actions.set_hours)
def hours(request):
    now = hours_of(request.workspace)
    initial = {"opens": now.opens, "closes": now.closes, "weekdays": sorted(now.weekdays)}
    form = HoursForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_hours(request.member, **form.cleaned_data)
            return request.go("calendar:holidays")
    return asking(
        request, form, _("Business hours"), _("Due times run in these hours. Those that were told already stay.")
    )


# ── Categories ───────────────────────────────────────────────────────────────────────────────────────────────────────
@door(anyone, keepers, does=actions.add_category)
def categories(request):
    form = CategoryForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_category(request.member, **form.cleaned_data)
            return request.go("calendar:categories")
    retired = Category.objects.of(request.workspace).filter(retired_at__isnull=False).select_related("parent")
    facts = {
        "domains": tree_of(request.workspace),
        "retired": retired.order_by("name"),
        "form": form,
        "may_keep": keepers(request.member),
    }
    return shown(request, "calendar/categories.html", facts, form)


@door(keepers, does=actions.change_category)
def category(request, category_id):
    asked = one_category(request, category_id)
    form = CategoryForm(
        request.POST or None,
        workspace=request.workspace,
        changing=asked,
        initial={"name": asked.name, "domain": asked.domain, "parent": asked.parent_id},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_category(asked, request.member, **form.cleaned_data)
            return request.go("calendar:categories")
    return shown(request, "calendar/category.html", {"form": form, "category": asked}, form)


@door(post=keepers, does=actions.retire_category)
def category_retirement(request, category_id):
    actions.retire_category(one_category(request, category_id), request.member)
    return request.go("calendar:categories")


@door(post=keepers, does=actions.restore_category)
def category_return(request, category_id):
    actions.restore_category(one_category(request, category_id), request.member)
    return request.go("calendar:categories")


def one_category(request, category_id) -> Category:
    return get_object_or_404(Category.objects.of(request.workspace), pk=category_id)


def tree_of(workspace) -> list:
    """[(domain, word, [(branch, [leaves])])] in two queries."""
    branches = Category.objects.of(workspace).filter(parent=None).prefetch_related("children").order_by("name")
    found = [
        (one, sorted((leaf for leaf in one.children.all() if not leaf.retired_at), key=lambda leaf: leaf.name))
        for one in branches
        if not one.retired_at
    ]
    return [(domain, domain.label, [pair for pair in found if pair[0].domain == domain]) for domain in Domain]


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def month(request, year, number) -> Period:
    """The month of a fiscal year, stored when it is about to change."""
    asked = (ensure_year if request.method == "POST" else year_as_it_is)(request.workspace, year)
    if not 1 <= number <= len(asked):
        raise Http404(f"A year has no month {number}.")
    return asked[number - 1]


def asking(request, form, title, told, **more):
    return shown(request, "calendar/asking.html", {"form": form, "title": title, "told": told, **more}, form)

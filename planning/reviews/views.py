"""Dates, the room, minutes."""

from datetime import date

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.roles.routing.row import row_for
from planning.shared.refusals import Refused
from planning.signoffs.models import Duty
from planning.signoffs.papers import duties_with_people, seats_with_people
from planning.trail.queries import history

from . import agreeing, feeds, meeting, minuting, planning
from .forms import (
    AgreementForm,
    DecisionForm,
    ItemForm,
    MoveForm,
    PromiseForm,
    ReviewForm,
    SeriesForm,
    SettleForm,
    SignatureForm,
)
from .invitations import invitation
from .models import AgendaItem, Promise, Review, Series


# ── Dates ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@door(anyone)
def index(request):
    """The next meeting with its agenda, the rhythm, what was promised, what was before."""
    workspace = request.workspace
    coming = list(Review.objects.of(workspace).coming().select_related("series")[:6])
    next_one = coming[0] if coming else None
    past = (
        Review.objects.of(workspace).filter(state=Review.State.CLOSED).prefetch_related("minutes", "decisions", "items")
    )
    page = {
        "next": next_one,
        "items": next_one.items.filter(state=AgendaItem.State.OPEN) if next_one else [],
        "coming": coming[1:],
        "past": past.order_by("-on", "-pk")[:12],
        "series": Series.objects.of(workspace).filter(ended_at=None).order_by("name"),
        "promises": Promise.objects.of(workspace)
        .open()
        .select_related("member__user", "review")
        .order_by("until", "pk")[:30],
        "today": workspace.today(),
    }
    return render(request, "reviews/index.html", page)


@door(editors, editors, does=planning.start_series)
def series(request):
    form = SeriesForm(request.POST or None, initial={"at": "10:00"})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            values = dict(form.cleaned_data)
            planning.start_series(request.member, starts_on=values.pop("on"), **values)
            return request.go("reviews:index")
    return shown(
        request, "reviews/form.html", {"form": form, "title": _("A rhythm of reviews"), "word": _("Start it")}, form
    )


@door(post=editors, does=planning.end_series)
def series_end(request, series_id):
    planning.end_series(get_object_or_404(Series.objects.of(request.workspace), pk=series_id), request.member)
    return request.go("reviews:index")


@door(editors, editors, does=planning.plan_review)
def new(request):
    form = ReviewForm(request.POST or None, initial={"at": "10:00", "name": _("Joint review")})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            review = planning.plan_review(request.member, **form.cleaned_data)
            return request.go("reviews:review", review.pk)
    return shown(request, "reviews/form.html", {"form": form, "title": _("Plan a review"), "word": _("Plan it")}, form)


@door(editors, editors, does=planning.move_review)
def move(request, review_id):
    review = found(request, review_id)
    form = MoveForm(request.POST or None, initial={"on": review.on, "at": review.at, "where": review.where})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            planning.move_review(review, request.member, **form.cleaned_data)
            return request.go("reviews:review", review.pk)
    title = _("Move %(review)s") % {"review": review}
    return shown(request, "reviews/form.html", {"form": form, "title": title, "word": _("Move it")}, form)


@door(post=editors, does=planning.cancel_review)
def cancellation(request, review_id):
    planning.cancel_review(found(request, review_id), request.member, note=request.POST.get("note", ""))
    return request.go("reviews:index")


@door(anyone)
def calendar(request, review_id):
    """The invitation as a file."""
    review = found(request, review_id)
    response = HttpResponse(
        invitation(review, list(planning.invited(request.workspace))), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="review-{review.on}.ics"'
    return response


@door(post=anyone, does=feeds.make_feed)
def feed(request):
    """A new calendar address, shown this once."""
    secret = feeds.make_feed(request.member)
    address = settings.SITE_URL.rstrip("/") + reverse("feed", args=[secret])
    response = render(request, "reviews/feed.html", {"address": address})
    response["Cache-Control"], response["Content-Location"] = "no-store", request.place("reviews:index")
    return response


def found(request, review_id) -> Review:
    return get_object_or_404(Review.objects.of(request.workspace).select_related("series"), pk=review_id)


# ── The room ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@door(anyone)
def review(request, review_id):
    return render(request, "reviews/review.html", room(request, found(request, review_id)))


@door(anyone)
def follow(request, review_id):
    """The room again when something changed since `seen`; nothing (204) when not, which costs one query."""
    stamp = Review.objects.of(request.workspace).filter(pk=review_id).values_list("stamp", flat=True).first()
    tag = f'"{review_id}.{stamp}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    if request.GET.get("seen") == str(stamp):
        return HttpResponse(status=204, headers={"ETag": tag})
    response = render(request, "reviews/_room.html", room(request, found(request, review_id)))
    response["ETag"], response["Cache-Control"] = tag, "no-store"
    return response


def room(request, review, form=None):
    """What the room shows."""
    items = list(
        review.items.prefetch_related("decisions__owner__user").select_related("added_by__user", "carried_from__review")
    )
    with_papers = [item for item in items if item.is_open and item.paper_id]
    prefetch_related_objects(
        with_papers, "paper", seats_with_people("paper__seats"), duties_with_people("paper__duties")
    )
    current = next((item for item in items if item.pk == review.current_id), None)
    may = request.member.can_edit and review.is_live
    return {
        "review": review,
        "items": [item for item in items if item.state != AgendaItem.State.DROPPED],
        "current": current,
        "may": may,
        "before": heard_before(current) if may and current else [],
        "row": row_for(request.workspace, "review") if may and current else None,
        "form": form
        or (
            DecisionForm(workspace=request.workspace, initial={"item_id": review.current_id})
            if may and current
            else None
        ),
        "promise_form": PromiseForm(workspace=request.workspace) if may and review.state == Review.State.OPEN else None,
        "promises": review.promises.select_related("member__user").order_by("until", "pk"),
        "minutes": review.minutes.order_by("-version").first(),
        "settled": sum(item.state in (AgendaItem.State.DECIDED, AgendaItem.State.DISAGREED) for item in items),
        "today": request.workspace.today(),
    }


def heard_before(item) -> list[str]:
    """Whose answer a decision about the item on the table waits for."""
    duties = item.paper.duties.all() if item.is_open and item.paper_id else []
    return [
        str(duty.holder or duty.role_name) for duty in duties if duty.state in (Duty.State.WAITING, Duty.State.OPEN)
    ]


@door(post=editors, does=meeting.open_review)
def opening(request, review_id):
    meeting.open_review(found(request, review_id), request.member)
    return request.go("reviews:review", review_id)


@door(post=editors, does=meeting.refresh_agenda)
def agenda(request, review_id):
    meeting.refresh_agenda(found(request, review_id), request.member)
    return request.go("reviews:review", review_id)


@door(post=editors, does=meeting.add_item)
def items(request, review_id):
    form = ItemForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say in a few words what it is about."), "label")
    meeting.add_item(found(request, review_id), request.member, **form.cleaned_data)
    return request.go("reviews:review", review_id)


@door(post=editors, does=meeting.drop_item)
def item_removal(request, item_id):
    item = item_in(request, item_id)
    meeting.drop_item(item, request.member)
    return request.go("reviews:review", item.review_id)


@door(post=editors, does=agreeing.agree)
def agreement(request, item_id):
    item, form = item_in(request, item_id), AgreementForm(request.POST)
    if not form.is_valid():
        raise Refused(_("That decision was not complete; nothing was changed."))
    agreeing.agree(item, request.member, **form.cleaned_data)
    return request.go("reviews:review", item.review_id)


@door(post=editors, does=meeting.take_up)
def turn(request, item_id):
    item = item_in(request, item_id)
    meeting.take_up(item, request.member)
    return request.go("reviews:review", item.review_id)


def item_in(request, item_id) -> AgendaItem:
    return get_object_or_404(
        AgendaItem.objects.of(request.workspace).select_related("review", "paper__workspace", "added_by__user"),
        pk=item_id,
    )


@door(post=editors, does=meeting.decide)
def decisions(request, review_id):
    review = found(request, review_id)
    form = DecisionForm(request.POST, workspace=request.workspace)
    if form.is_valid():
        with refusals_on(form):
            meeting.decide(review, request.member, **form.cleaned_data)
            return request.go("reviews:review", review_id)
    return shown(request, "reviews/review.html", room(request, review, form), form)


@door(post=editors, does=meeting.promise)
def promises(request, review_id):
    form = PromiseForm(request.POST, workspace=request.workspace)
    if not form.is_valid():
        raise Refused(_("A promise says who does what until when."), next(iter(form.errors)))
    meeting.promise(found(request, review_id), request.member, **form.cleaned_data)
    return request.go("reviews:review", review_id)


@door(post=editors, does=meeting.settle_promise)
def settlement(request, promise_id):
    promise = get_object_or_404(Promise.objects.of(request.workspace).select_related("review"), pk=promise_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say whether it was kept."), "kept")
    meeting.settle_promise(promise, request.member, **form.cleaned_data)
    return request.go("reviews:index")


# ── Minutes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@door(post=editors, does=minuting.close_review)
def closing(request, review_id):
    minuting.close_review(found(request, review_id), request.member)
    return request.go("reviews:minutes", review_id)


@door(post=editors, does=minuting.reopen_review)
def reopening(request, review_id):
    minuting.reopen_review(found(request, review_id), request.member, note=request.POST.get("note", ""))
    return request.go("reviews:review", review_id)


@door(anyone)
def minutes(request, review_id):
    review = found(request, review_id)
    written = list(review.minutes.select_related("paper").order_by("-version"))
    asked = request.GET.get("version", "")
    chosen = next((one for one in written if str(one.version) == asked), written[0] if written else None)
    page = {"review": review, "written": written, "minutes": chosen, "lines": dated(chosen), "history": history(review)}
    return render(request, "reviews/minutes.html", page)


def dated(minutes) -> list[dict]:
    """The lines of minutes with their dates as dates, to be written in the reader's way."""
    lines = minutes.lines if minutes else []
    return [worded(line) | {"decisions": [worded(one) for one in line.get("decisions", [])]} for line in lines]


def worded(line) -> dict:
    return line | {"until": date.fromisoformat(line["until"])} if line.get("until") else line


@door(post=anyone, does=minuting.sign_minutes)
def signatures(request, review_id):
    form = SignatureForm(request.POST)
    if not form.is_valid():
        raise Refused(_("That signature is incomplete; reload the page."))
    minuting.sign_minutes(found(request, review_id), request.member, **form.cleaned_data)
    return request.go("reviews:minutes", review_id)

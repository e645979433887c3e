"""When both sides meet: series, single reviews, moves and cancellations."""

from datetime import date, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .agenda import build
from .asking import stop_asking
from .models import AgendaItem, Review, Series
from .rhythm import next_date


@action(gettext_lazy("set the rhythm of {subject}"))
def start_series(member, *, name, rhythm, starts_on: date, at: time, minutes_long=60, timezone="", where=""):
    """A rhythm of joint reviews; its first meeting is planned at once.

    Wall time, in `timezone` (default the workspace's).
    """
    workspace = member.workspace
    if Series.objects.of(workspace).filter(name=name, ended_at=None).exists():
        raise Refused(_("There is a series of that name already."), "name")
    series = Series.objects.create(
        workspace=workspace, name=name, rhythm=rhythm, starts_on=starts_on, at=at, minutes_long=minutes_long,
        timezone=timezone or workspace.timezone, where=where,
    )  # fmt: skip
    review = plan_next(series)
    entry = record(start_series, member, series, after={"rhythm": rhythm, "first": review.on, "time": str(at)})
    tell(invited(workspace), entry, url=place(workspace, "reviews:review", review.pk))
    return series


@action(gettext_lazy("ended the series {subject}"))
def end_series(series, member):
    """No further meetings; the one that is planned is cancelled."""
    series = lock(Series.objects.of(member.workspace), series.pk)
    if series.ended_at:
        raise Refused(_("This series has ended already."))
    series.ended_at = member.workspace.now()
    series.save(update_fields=["ended_at"])
    for review in series.reviews.filter(state=Review.State.PLANNED):
        cancelled(review)
    stop_asking(AgendaItem.objects.filter(review__series=series, state=AgendaItem.State.CARRIED))
    record(end_series, member, series)


@action(gettext_lazy("planned {subject}"))
def plan_review(member, *, name, on: date, at: time, minutes_long=60, timezone="", where="", series=None):
    """One meeting, of a series or by itself. Its agenda builds itself at once. Refused: a day that is over."""
    workspace = member.workspace
    if on < workspace.today():
        raise Refused(_("That day is over."), "on")
    review = planned(
        workspace,
        series,
        name=name,
        on=on,
        at=at,
        minutes_long=minutes_long,
        timezone=timezone or workspace.timezone,
        where=where,
    )
    entry = record(plan_review, member, review, after={"date": on, "time": str(at)})
    tell(invited(workspace), entry, url=place(workspace, "reviews:review", review.pk))
    return review


@action(gettext_lazy("moved {subject}"))
def move_review(review, member, *, on: date, at: time, where: str | None = None):
    """Another day, time or place; the invitation's sequence rises.

    Refused: a review that began, and a day that is over.
    """
    review = held(review, member, Review.State.PLANNED)
    if on < member.workspace.today():
        raise Refused(_("That day is over."), "on")
    before = {"date": review.on, "time": str(review.at), "where": review.where}
    review.on, review.at, review.where = on, at, review.where if where is None else where
    invite_again(review)
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError as error:
        raise Refused(_("The series meets on that day already."), "on") from error
    entry = record(
        move_review, member, review, before=before, after={"date": on, "time": str(at), "where": review.where}
    )
    tell(invited(member.workspace), entry, url=place(member.workspace, "reviews:review", review.pk))
    return review


@action(gettext_lazy("cancelled {subject}"))
def cancel_review(review, member, *, note: str = ""):
    """It does not take place: calendars take it out. A series goes on with its next date."""
    review = held(review, member, Review.State.PLANNED)
    cancelled(review)
    if review.series_id and not review.series.ended_at:
        plan_next(review.series, after=review.on)
    entry = record(cancel_review, member, review, note=note)
    tell(invited(member.workspace), entry, url=place(member.workspace, "reviews:index"))


# ── Shared by the actions of this room ───────────────────────────────────────────────────────────────────────────────
def plan_next(series, after: date | None = None) -> Review:
    """The series' next meeting after a day (default yesterday): the one that is planned, else a new one."""
    waiting = series.reviews.filter(state__in=[Review.State.PLANNED, Review.State.OPEN]).order_by("on").first()
    if waiting:
        return waiting
    day = next_date(series.rhythm, series.starts_on, after or series.workspace.today() - timedelta(days=1))
    return planned(
        series.workspace, series, name=series.name, on=day, at=series.at, minutes_long=series.minutes_long,
        timezone=series.timezone, where=series.where,
    )  # fmt: skip


def planned(workspace, series, **values) -> Review:
    try:
        with transaction.atomic():
            review = Review.objects.create(workspace=workspace, series=series, changed_at=workspace.now(), **values)
    except IntegrityError as error:
        raise Refused(_("The series meets on that day already."), "on") from error
    build(review)
    return review


def cancelled(review):
    stop_asking(review.items.all())
    review.state = Review.State.CANCELLED
    invite_again(review)
    review.save()


def invite_again(review):
    review.sequence += 1
    review.stamp += 1
    review.changed_at = review.workspace.now()


def held(review, member, *states) -> Review:
    """The review, locked and read again. Refused: it is in none of `states`."""
    review = lock(Review.objects.of(member.workspace), review.pk)
    if review.state not in states:
        raise Refused(_("This review is %(state)s.") % {"state": review.get_state_display()})
    return review


def invited(workspace):
    """Who is told about reviews: leads and planners of every side."""
    return Member.objects.of(workspace).active().filter(role__in=["lead", "planner"]).exclude(side="guest").people()

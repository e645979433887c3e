"""Invitations and the calendar address."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from planning.notices.models import Reminder
from planning.people.scope import scope
from planning.reviews import feeds, meeting, minuting, planning
from planning.reviews.invitations import feed, invitation
from planning.reviews.models import Minutes, Review
from planning.reviews.tasks import tend, tend_reviews
from planning.shared import clock

from . import make


def event_in(data):
    calendar = Calendar.from_ical(data)
    return calendar, calendar.walk("VEVENT")[0]


def test_an_invitation_has_a_stable_uid_a_rising_sequence_and_local_time(inside):
    review = make.planned(inside)
    calendar, first = event_in(invitation(review, [inside.cmo]))
    assert calendar["method"] == "REQUEST"
    moved = planning.move_review(review, inside.cio, on=review.on + timedelta(days=1), at=time(9, 30))
    calendar, second = event_in(invitation(moved, [inside.cmo]))
    assert first["uid"] == second["uid"]
    assert (first["sequence"], second["sequence"]) == (0, 1)
    assert second["dtstart"].params["TZID"] == "Europe/London"
    assert second["dtstart"].dt.replace(tzinfo=None) == datetime.combine(moved.on, time(9, 30))
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]


def test_nine_o_clock_stays_nine_o_clock_in_summer_and_winter(inside):
    starts = [
        Review(
            workspace=inside.workspace,
            name="Joint",
            on=datetime(2027, month, 4).date(),
            at=time(9),
            timezone="Europe/London",
        ).starts
        for month in (1, 7)
    ]
    assert [one.astimezone(ZoneInfo("UTC")).hour for one in starts] == [9, 8]


def test_a_cancellation_says_so(inside):
    review = make.planned(inside)
    planning.cancel_review(review, inside.cmo)
    calendar, event = event_in(invitation(Review.objects.get(pk=review.pk)))
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)


def test_the_address_opens_one_workspace_and_a_new_one_ends_it(cast, client, as_):
    with scope(cast.workspace):
        make.planned(cast)
    page = as_(cast.viewer).post("/acme/reviews/feed", {"once": "only-this-time"})
    path = "/feeds/" + page.context["address"].rsplit("/feeds/")[1]
    answer = client.get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    with scope(cast.workspace):
        feeds.make_feed(cast.viewer)
    assert client.get(path).status_code == 404
    assert client.get("/feeds/nothing.ics").status_code == 404


def test_who_left_reads_no_more(cast, client):
    with scope(cast.workspace):
        secret = feeds.make_feed(cast.viewer)
        cast.viewer.left_at = cast.workspace.now()
        cast.viewer.save()
    assert client.get(f"/feeds/{secret}.ics").status_code == 404


def test_the_feed_holds_cancelled_reviews_too(inside):
    review = make.planned(inside)
    planning.cancel_review(review, inside.cmo)
    _calendar, event = event_in(feed(inside.workspace, Review.objects.all()))
    assert event["status"] == "CANCELLED"


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────────────────────────
def reminders(rule):
    return {reminder.member_id for reminder in Reminder.objects.filter(rule=rule)}


def test_before_a_review_everybody_who_works_on_it_is_reminded_once(inside):
    make.planned(inside, days=2)
    tend(inside.workspace)
    tend(inside.workspace)
    assert Reminder.objects.filter(rule="reviews.before").count() == 6
    assert inside.viewer.pk not in reminders("reviews.before")


def test_a_review_far_ahead_reminds_nobody_yet(inside):
    make.planned(inside, days=3)
    tend(inside.workspace)
    assert not Reminder.objects.exists()


def test_after_a_review_only_missing_keys_are_asked_for(inside):
    review = make.opened(inside, "First")
    minuting.sign_minutes(review, inside.cmo, version=1)
    tend(inside.workspace)
    assert reminders("reviews.minutes") == {inside.cio.pk}


def test_the_clock_lets_minutes_stand(cast):
    with scope(cast.workspace):
        minutes = minuting.close_review(make.opened(cast, "First"), cast.cmo)
    with clock.at(minutes.stands_at):
        tend_reviews()
    with scope(cast.workspace):
        assert Minutes.objects.get().state == "standing"


@pytest.mark.parametrize(("days", "reminded"), [(1, True), (2, False)])
def test_who_promised_is_reminded_the_day_before(inside, days, reminded):
    review = make.opened(inside, "First")
    meeting.promise(
        review, inside.cmo, who=inside.cio, what="Look", until=inside.workspace.today() + timedelta(days=days)
    )
    tend(inside.workspace)
    assert (inside.cio.pk in reminders("reviews.promise")) is reminded

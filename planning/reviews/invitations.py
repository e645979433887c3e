"""Reviews as calendar entries: a stable UID, a sequence that rises, local time with its zone, CANCEL when it is off."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress

from planning.people.places import place
from planning.vendors.opt_out_calendar import opt_out_events

PRODUCT = "-//Alignment//Joint reviews//EN"
LOOK_BACK = timedelta(days=400)


def invitation(review, people=()) -> bytes:
    """One review as an invitation (METHOD:REQUEST), or its cancellation. `people` are the members who are asked."""
    calendar = empty("CANCEL" if review.state == "cancelled" else "REQUEST")
    calendar.add_component(event(review, people))
    return finished(calendar)


def feed(workspace, reviews) -> bytes:
    """Reviews, and the last days to stop contracts, as a calendar to subscribe to; cancelled reviews stay in as
    cancelled, so that every reader drops them."""
    calendar = empty("PUBLISH")
    calendar.add("x-wr-calname", _("%(workspace)s: reviews and last days to stop contracts") % {"workspace": workspace})
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for review in reviews:
        calendar.add_component(event(review))
    for last_day in opt_out_events(workspace):
        calendar.add_component(last_day)
    return finished(calendar)


def empty(method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def finished(calendar) -> bytes:
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event(review, people=()) -> Event:
    url = settings.SITE_URL.rstrip("/") + place(review.workspace, "reviews:review", review.pk)
    entry = Event()
    entry.add("uid", f"{review.uid}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    entry.add("sequence", review.sequence)
    entry.add("dtstamp", review.changed_at)
    entry.add("last-modified", review.changed_at)
    entry.add("dtstart", review.starts)
    entry.add("dtend", review.ends)
    entry.add("summary", review.name)
    entry.add("status", "CANCELLED" if review.state == "cancelled" else "CONFIRMED")
    entry.add("url", url)
    entry.add("description", _("The agenda builds itself: %(url)s") % {"url": url})
    if review.where:
        entry.add("location", review.where)
    for member in people:
        entry.add("attendee", attendee(member))
    if people:
        entry.add("organizer", attendee(people[0]))
    if review.state == "planned":
        entry.add_component(reminder())
    return entry


def attendee(member) -> vCalAddress:
    address = vCalAddress(f"mailto:{member.email}")
    address.params["CN"] = member.name
    return address


def reminder() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Joint review"))
    alarm.add("trigger", timedelta(minutes=-15))
    return alarm

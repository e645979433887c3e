"""What the clock says about reviews: before one, after one, and when a promise falls due."""

from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.notices.reminding import Step, remind
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.trail.models import subject_of

from .models import AgendaItem, Minutes, Promise, Review
from .planning import invited

DAYS_BEFORE = 2
MORNING = time(8)


def remind_of_reviews(workspace):
    """Write the reminders of the coming days, each once a person and occasion. Sending is the notices' part."""
    today = workspace.today()
    people = list(invited(workspace))
    coming = Review.objects.of(workspace).filter(
        state=Review.State.PLANNED, on__range=(today, today + timedelta(days=DAYS_BEFORE))
    )
    for review in coming.order_by("on", "pk"):
        before(review, people)
    leads = list(Member.objects.of(workspace).leads(*KEY_SIDES).people())
    for minutes in (
        Minutes.objects.of(workspace).filter(state=Minutes.State.OPEN).select_related("review", "paper").order_by("pk")
    ):
        after(minutes, leads)
    near = (
        Promise.objects.of(workspace)
        .open()
        .filter(until__range=(today, today + timedelta(days=1)), member__left_at=None)
    )
    for promise in near.select_related("member__user").order_by("pk"):
        falls_due(promise)


def before(review, people):
    items = review.items.filter(state=AgendaItem.State.OPEN)
    facts = {
        "subject": _("%(review)s at %(time)s: %(count)s to settle")
        % {"review": review, "time": review.at.strftime("%H:%M"), "count": items.count()},
        "lines": list(items.values_list("label", flat=True)[:8]),
        "url": place(review.workspace, "reviews:review", review.pk),
        "at_once": True,
        "until": review.ends.isoformat(),
    }
    due = datetime.combine(review.on - timedelta(days=DAYS_BEFORE), MORNING, tzinfo=review.workspace.zone)
    occurrence = f"{review.on}:{review.sequence}"
    remind(
        review.workspace,
        "reviews.before",
        subject_of(review),
        [Step(member, due, occurrence, facts) for member in people],
    )


def after(minutes, leads):
    """Whose key is still missing is asked the morning after the minutes were written."""
    decided = set(minutes.paper.seats.exclude(decided_by=None).values_list("name", flat=True))
    facts = {
        "subject": _("Minutes of %(review)s wait for your key") % {"review": minutes.review},
        "lines": [
            _("Without a word they stand as not objected from %(day)s.")
            % {"day": date_format(minutes.stands_at, "j M")}
        ],
        "url": place(minutes.workspace, "reviews:minutes", minutes.review_id),
        "at_once": True,
        "until": minutes.stands_at.isoformat(),
    }
    morning = minutes.written_at.astimezone(minutes.workspace.zone).date() + timedelta(days=1)
    due = datetime.combine(morning, MORNING, tzinfo=minutes.workspace.zone)
    steps = [Step(member, due, str(minutes.version), facts) for member in leads if member.side not in decided]
    remind(minutes.workspace, "reviews.minutes", subject_of(minutes.review), steps)


def falls_due(promise):
    facts = {
        "subject": _("You promised: %(what)s") % {"what": promise.what},
        "lines": [_("Until %(day)s.") % {"day": date_format(promise.until, "j M Y")}],
        "url": place(promise.workspace, "reviews:review", promise.review_id),
    }
    due = datetime.combine(promise.until - timedelta(days=1), MORNING, tzinfo=promise.workspace.zone)
    remind(
        promise.workspace,
        "reviews.promise",
        subject_of(promise),
        [Step(promise.member, due, promise.until.isoformat(), facts)],
    )

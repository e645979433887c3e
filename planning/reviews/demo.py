"""Harbour & Pine's reviews: a monthly rhythm, two reviews with signed minutes, and Thursday's agenda.

`tell(story)` is the last chapter: Thursday's agenda builds itself from what the other rooms told. It leaves
`story.series` and `story.review`, the one that is coming.
"""

from datetime import time, timedelta

from django.utils.translation import gettext as _

from planning.shared.periods import add_months, month_of

from . import meeting, minuting, planning
from .models import Promise
from .rhythm import same_place

THURSDAY = 3
PAST = (
    (
        [
            (
                "Consent texts on the Italian shop",
                "Legal reads the texts once; marketing publishes after that.",
                "jonas",
                21,
            ),
            (
                "Who answers for the data platform's cost",
                "Marketing holds the line, technology the contract.",
                "elena",
                28,
            ),
        ],
        None,
    ),
    (
        [
            ("The data-platform contract", "Count who really uses it before the opt-out date.", "elena", 38),
            ("Black Friday readiness", "Load tests are ordered this month, not a week before.", "elena", 24),
        ],
        (
            "Acquisition cost: with or without returns",
            "Marketing reads 38.20 without returns.",
            "Technology and finance read 44.10 with returns; count them from the next reading on.",
        ),
    ),
)
BY_HAND = (
    ("priya", "Finance wants 300 k back this year; two scenarios are ready", "both"),
    ("daniel", "AI copy tools: 23.4 k on seven cards; monitoring bought by technology: 8.1 k", "both"),
)


def tell(story):
    thursday = coming_thursday(story.today)
    first = same_place(thursday, add_months(month_of(thursday), -2))
    with story.at(first - timedelta(days=10), 10):
        story.series = planning.start_series(
            story.maya,
            name=_("Joint review"),
            rhythm="monthly",
            starts_on=first,
            at=time(10),
            minutes_long=60,
            where=_("Room Quay"),
        )
    for outcomes, dispute in PAST:
        hold(story, outcomes, dispute)
    keep_promises(story, story.today)
    review = story.series.reviews.get(state="planned")
    if review.on != thursday:
        review = planning.move_review(review, story.maya, on=thursday, at=time(10))
    for who, label, side in BY_HAND:
        meeting.add_item(review, getattr(story, who), label=label, side=side)
    meeting.refresh_agenda(review, story.maya)
    story.review = review


def coming_thursday(today):
    return today + timedelta(days=(THURSDAY - today.weekday()) % 7 or 7)


def hold(story, outcomes, dispute):
    """A past review as it went: opened by technology, decided by marketing, signed by both that week.

    The other rooms have told the whole year by now, so what an agenda finds in them belongs to later and is taken out.
    """
    review = story.series.reviews.get(state="planned")
    keep_promises(story, review.on)
    with story.at(review.on, 10):
        for label, *_rest in outcomes:
            meeting.add_item(review, story.maya, label=label)
        if dispute:
            meeting.add_item(review, story.daniel, label=dispute[0])
        meeting.open_review(review, story.daniel)
        review.items.filter(added_by=None).delete()
        for item in review.items.all():
            settle(story, review, item, {label: rest for label, *rest in outcomes}, dispute)
        minuting.close_review(review, story.maya)
    with story.at(review.on + timedelta(days=1), 9):
        minuting.sign_minutes(review, story.maya, version=1)
    with story.at(review.on + timedelta(days=1), 15):
        minuting.sign_minutes(review, story.daniel, version=1)


def settle(story, review, item, outcomes, dispute):
    if item.label in outcomes:
        text, owner, days = outcomes[item.label]
        meeting.decide(
            review,
            story.maya,
            item_id=item.pk,
            text=text,
            owner=getattr(story, owner),
            due_on=review.on + timedelta(days=days),
        )
    elif dispute and item.label == dispute[0]:
        meeting.decide(
            review, story.daniel, item_id=item.pk, agreed=False, text=dispute[1], counter_proposal=dispute[2]
        )


def keep_promises(story, day):
    """What fell due before `day` was kept, but for the load tests, which are late by today."""
    for promise in Promise.objects.of(story.workspace).open().filter(until__lt=day).order_by("until"):
        if "Load tests" not in promise.what:
            with story.at(promise.until - timedelta(days=1), 16):
                meeting.settle_promise(promise, promise.member)

"""Two people do one thing at the same instant: it is done once, and both words count where both are asked."""

from datetime import timedelta

import pytest

from planning.kpis import actions as kpis
from planning.kpis.models import Confirmation, Reading
from planning.people.scope import scope
from planning.reviews import minuting
from planning.reviews.models import Minutes, Review
from planning.signoffs.models import Paper
from planning.trail.models import Entry
from tests.cast import member
from tests.harness.at_once import at_once
from tests.kpis import make as kpi_makers
from tests.reviews import make as review_makers


@pytest.fixture
def lasting(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        cast.second_planner = member(cast.workspace, "Ines Dahl", "marketing", "planner")
    return cast


def a_reading(cast):
    with scope(cast.workspace):
        kpi = kpi_makers.agreed(cast)
        return kpis.enter(kpi, cast.finance, cast.workspace.today() - timedelta(days=1), "2.10")


def told_of(verb) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_a_confirmation_from_each_side_confirms_once(lasting):
    reading = a_reading(lasting)
    done = at_once(
        lasting.workspace,
        lambda: kpis.confirm(reading, lasting.marketing_planner),
        lambda: kpis.confirm(reading, lasting.technology_planner),
    )
    with scope(lasting.workspace):
        kept = Reading.objects.get(pk=reading.pk)
        states = sorted(entry.after["state"] for entry in Entry.objects.filter(verb="kpis.confirm"))
        assert (done, kept.state) == (["done", "done"], "confirmed")
        assert (Confirmation.objects.count(), states) == (2, ["confirmed", "half-confirmed"])


def test_two_of_one_side_are_one_word(lasting):
    reading = a_reading(lasting)
    done = at_once(
        lasting.workspace,
        lambda: kpis.confirm(reading, lasting.marketing_planner),
        lambda: kpis.confirm(reading, lasting.second_planner),
    )
    with scope(lasting.workspace):
        kept = Reading.objects.get(pk=reading.pk)
        assert (done, Confirmation.objects.count(), told_of("kpis.confirm")) == (["done", "refused"], 1, 1)
        assert kept.state != "confirmed"


def test_a_review_closed_by_two_closes_once_with_one_text_of_minutes(lasting):
    with scope(lasting.workspace):
        review = review_makers.opened(lasting, "Pulse")
    done = at_once(
        lasting.workspace,
        lambda: minuting.close_review(review, lasting.cmo),
        lambda: minuting.close_review(review, lasting.cio),
    )
    with scope(lasting.workspace):
        assert (done, Review.objects.get().state) == (["done", "refused"], "closed")
        assert (Minutes.objects.count(), Paper.objects.filter(kind="minutes").count()) == (1, 1)
        assert told_of("reviews.close_review") == 1


def test_both_sign_in_the_room_at_once_and_the_minutes_are_signed(lasting):
    with scope(lasting.workspace):
        review = review_makers.opened(lasting, "Pulse")
    done = at_once(
        lasting.workspace,
        lambda: minuting.sign_minutes(review, lasting.cmo, version=1),
        lambda: minuting.sign_minutes(review, lasting.cio, version=1),
    )
    with scope(lasting.workspace):
        assert (done, [minutes.state for minutes in Minutes.objects.all()]) == (["done", "done"], ["signed"])

"""The agenda builds itself, and keeps what people did."""

from datetime import timedelta

import pytest

from planning.reviews import meeting, planning
from planning.reviews.agenda import Found, build, found_in
from planning.reviews.minuting import close_review
from planning.reviews.models import Review
from planning.roles import appointing
from planning.roles.models import Role
from planning.shared import clock
from tests.roles import make as matrices

from . import make


@pytest.fixture
def needs(monkeypatch):
    """What needs two people, as a list that a test fills."""
    found = []
    monkeypatch.setattr("planning.reviews.agenda.found_in", lambda workspace: list(found))
    return found


def need(source, label="Something"):
    return Found("purchase", source, label, "/somewhere", "both", [])


def labels(review, **more):
    return list(review.items.filter(**more).values_list("label", flat=True))


def test_building_twice_changes_nothing(inside, needs):
    needs[:] = [need("a", "A"), need("b", "B")]
    review = make.planned(inside)
    before = list(review.items.values_list("pk", "label"))
    assert build(review) == 0
    assert (
        list(review.items.values_list("pk", "label"))
        == before
        == [(pk, label) for (pk, _), label in zip(before, "AB", strict=True)]
    )


def test_what_settled_itself_goes_and_what_changed_reads_anew(inside, needs):
    needs[:] = [need("a", "waited 3 days"), need("b")]
    review = make.planned(inside)
    needs[:] = [need("a", "waited 4 days"), need("c", "new")]
    build(review)
    assert labels(review) == ["waited 4 days", "new"]


def test_what_people_did_stays(inside, needs):
    needs[:] = [need("a", "A"), need("b", "B"), need("c", "C")]
    review = make.planned(inside)
    meeting.add_item(review, inside.cio, label="Mine")
    meeting.drop_item(review.items.get(label="A"), inside.cmo)
    make.decided(inside, review, review.items.get(label="B"))
    needs[:] = [need("a", "A")]
    build(review)
    states = dict(review.items.values_list("label", "state"))
    assert states == {"A": "dropped", "B": "decided", "Mine": "open"}


def test_what_was_not_discussed_comes_back_once(inside, needs):
    needs[:] = [need("a", "A"), need("b", "B")]
    series = make.series(inside)
    review = series.reviews.get()
    meeting.add_item(review, inside.cio, label="Mine")
    meeting.open_review(review, inside.cmo)
    make.decided(inside, review, review.items.get(label="B"))
    needs[:] = [need("a", "A")]
    close_review(review, inside.cmo)
    following = series.reviews.get(state="planned")
    assert following.on > review.on
    assert sorted(labels(following)) == ["A", "Mine"]
    assert {item.carried_from.review_id for item in following.items.all()} == {review.pk}
    needs[:] = []
    build(following)
    assert sorted(labels(following)) == ["A", "Mine"]


def test_findings_of_the_matrix_and_broken_promises_are_asked_for(inside):
    matrices.in_force(inside)
    role = Role.objects.get(key="vendor")
    appointing.end_holding(role.holdings.get(), inside.cio, until=inside.workspace.today())
    review = make.opened(inside, "Something")
    made = meeting.promise(review, inside.cmo, who=inside.cio, what="Send the list", until=inside.workspace.today())
    with clock.at(inside.workspace.now() + timedelta(days=1)):
        found = {one.source: one for one in found_in(inside.workspace)}
        assert found[f"reviews.promise reviews.promise:{made.pk}"].side == "technology"
        assert "roles.no-holder vendor" in found
        meeting.settle_promise(made, inside.cio)
        assert not [
            source
            for source in (one.source for one in found_in(inside.workspace))
            if source.startswith("reviews.promise")
        ]


def test_a_cancelled_meeting_of_a_series_gives_way_to_the_next(inside, needs):
    series = make.series(inside, rhythm="weekly")
    review = series.reviews.get()
    planning.cancel_review(review, inside.cmo)
    assert [one.on - review.on for one in series.reviews.filter(state="planned")] == [timedelta(days=7)]
    assert Review.objects.get(pk=review.pk).sequence == 1

"""In the room: every item ends in a decision with owner and date, or in a recorded disagreement."""

import pytest

from planning.people.scope import scope
from planning.reviews import meeting, minuting
from planning.reviews.models import AgendaItem, Minutes, Promise, Review
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused, Stale
from planning.signoffs.models import Paper

from . import make


def made_for_all(cast):
    return make.opened(cast, "First", "Second")


@pytest.fixture
def review(made):
    return made


def test_a_decision_makes_a_promise_of_its_owner_and_the_room_moves_on(inside, review):
    first, second = review.items.all()
    assert review.current == first
    make.decided(inside, review, first, text="Stop the contract")
    review.refresh_from_db()
    assert review.current == second
    promise = Promise.objects.get()
    assert (promise.member, promise.what) == (inside.cio, "Stop the contract")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " "}, "text"),
        ({"owner": None}, "owner"),
        ({"due_on": None}, "due_on"),
        ({"agreed": False}, "counter_proposal"),
    ],
)
def test_half_an_outcome_is_refused_and_nothing_changed(inside, review, more, field):
    with pytest.raises(Refused) as refused:
        make.decided(inside, review, review.items.first(), **more)
    assert refused.value.field == field
    assert review.items.first().is_open
    assert not Promise.objects.exists()


def test_a_disagreement_is_recorded_with_what_the_other_side_proposes(inside, review):
    decision = make.decided(
        inside,
        review,
        review.items.first(),
        agreed=False,
        text="Marketing wants it now",
        counter_proposal="Wait a quarter",
    )
    assert (decision.owner, decision.item.state) == (None, AgendaItem.State.DISAGREED)
    assert not Promise.objects.exists()


def test_an_item_is_settled_once(inside, review):
    item = review.items.first()
    make.decided(inside, review, item)
    with pytest.raises(Refused, match="settled already"):
        make.decided(inside, review, item)


def test_who_promised_or_the_other_sides_lead_says_that_it_was_kept(inside, review):
    made = meeting.promise(
        review, inside.cmo, who=inside.technology_planner, what="Look", until=inside.workspace.today()
    )
    for bystander in (inside.cio, inside.marketing_planner):
        with pytest.raises(NotYours):
            meeting.settle_promise(made, bystander)
    with pytest.raises(Refused, match="no longer needed"):
        meeting.settle_promise(made, inside.cmo, kept=False)
    meeting.settle_promise(made, inside.cmo)
    assert Promise.objects.get().state == "kept"


# ── Minutes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def closed(inside, review):
    make.decided(inside, review, review.items.first())
    return minuting.close_review(review, inside.cmo)


def test_minutes_are_signed_by_both_keys(closed, inside):
    assert [line["state"] for line in closed.lines] == ["decided", "carried"]
    minuting.sign_minutes(closed.review, inside.cmo, version=1)
    assert Minutes.objects.get().state == "open"
    minuting.sign_minutes(closed.review, inside.cio, version=1)
    assert Minutes.objects.get().state == "signed"


def test_signing_in_the_room_closes_the_review(inside, review):
    minuting.sign_minutes(review, inside.cmo, version=1)
    assert Review.objects.get().state == "closed"
    assert minuting.sign_minutes(review, inside.cio, version=1).state == "signed"


def test_after_five_business_days_they_stand_and_are_never_called_signed(closed, inside):
    minuting.let_minutes_stand(closed)
    assert Minutes.objects.get().state == "open"
    with clock.at(closed.stands_at):
        minuting.let_minutes_stand(closed)
        assert Minutes.objects.get().state == "standing"
        assert not closed.paper.seats.filter(state="approved").exists()
        with pytest.raises(Refused):
            minuting.sign_minutes(closed.review, inside.cmo, version=1)


def test_reopening_makes_the_next_version_and_the_older_one_is_stale(closed, inside):
    minuting.sign_minutes(closed.review, inside.cmo, version=1)
    review = minuting.reopen_review(closed.review, inside.cio, note="The second item was decided too")
    make.decided(inside, review, review.items.get(label="Second"))
    assert minuting.close_review(review, inside.cio).version == 2
    with pytest.raises(Stale) as stale:
        minuting.sign_minutes(review, inside.cio, version=1)
    assert stale.value.difference
    minuting.sign_minutes(review, inside.cio, version=2)
    minuting.sign_minutes(review, inside.cmo, version=2)
    assert dict(Minutes.objects.values_list("version", "state")) == {1: "reopened", 2: "signed"}
    assert Paper.objects.filter(kind="minutes", state="open").count() == 0


def test_an_objection_is_kept_as_one(closed, inside):
    minuting.sign_minutes(closed.review, inside.cio, version=1, verdict="reject", note="That is not what we said")
    assert Minutes.objects.get().state == "objected"


# ── On the page ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def told(cast, review):
    cast.review = review
    return cast


def follow(client, review, seen):
    return client.get(f"/acme/reviews/{review.pk}/follow", {"seen": seen})


def test_the_other_screen_follows_and_asks_cheaply(told, as_):
    marketing, technology = as_(told.cmo), as_(told.cio)
    page = technology.get(f"/acme/reviews/{told.review.pk}")
    stamp = page.context["review"].stamp
    assert follow(technology, told.review, stamp).status_code == 204
    with scope(told.workspace):
        second = told.review.items.get(label="Second")
    marketing.post(f"/acme/reviews/items/{second.pk}/turn")
    changed = follow(technology, told.review, stamp)
    assert changed.status_code == 200
    assert changed.context["current"] == second


def test_asking_for_nothing_new_takes_few_queries(told, as_, django_assert_max_num_queries):
    client = as_(told.cio)
    stamp = client.get(f"/acme/reviews/{told.review.pk}").context["review"].stamp
    with django_assert_max_num_queries(7):
        follow(client, told.review, stamp)


def test_a_decision_without_an_owner_comes_back_with_the_words_kept(told, as_):
    answer = as_(told.cmo).post(
        f"/acme/reviews/{told.review.pk}/decisions",
        {"item_id": told.review.current_id, "agreed": "yes", "text": "Stop it", "due_on": "2999-01-01"},
    )
    assert answer.status_code == 422
    assert "Stop it" in answer.content.decode()
    assert "owner" in answer.context["form"].errors


@pytest.mark.parametrize("path", ["", "new", "series", "{id}", "{id}/minutes", "{id}/invitation.ics"])
def test_pages_answer(told, as_, path):
    assert as_(told.cmo).get(f"/acme/reviews/{path.format(id=told.review.pk)}").status_code == 200


def test_the_first_page_takes_a_constant_number_of_queries(told, as_, django_assert_max_num_queries):
    client = as_(told.cmo)
    for path in ("", told.review.pk):
        with django_assert_max_num_queries(15):
            client.get(f"/acme/reviews/{path}")


def test_the_minutes_page_turns_both_keys(told, as_):
    as_(told.cmo).post(f"/acme/reviews/{told.review.pk}/closing")
    for lead in (told.cmo, told.cio):
        as_(lead).post(f"/acme/reviews/{told.review.pk}/signatures", {"version": 1, "verdict": "approve"})
    page = as_(told.viewer).get(f"/acme/reviews/{told.review.pk}/minutes").content.decode()
    assert "signed by both sides" in page

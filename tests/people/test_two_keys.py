"""Both keys never meet in one person: not by place, deputy, chain, leaving and returning, or changing sides."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from planning.desk.leaving import leave
from planning.people.deputies import acting_for
from planning.people.models import Deputy, Member
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.models import Seat
from planning.signoffs.signing import sign
from planning.signoffs.waiting import seats_for
from planning.team.deputising import appoint, end_deputy
from planning.team.inviting import accept, invite
from planning.team.membership import change_place
from tests.cast import member
from tests.signoffs.make import a_paper


@pytest.fixture
def days(cast):
    today = cast.workspace.today()
    return today, today + timedelta(days=10)


@pytest.fixture
def more(inside):
    """Planners enough for a chain."""
    return [member(inside.workspace, f"{name} Deputy", "marketing", "planner") for name in ("Ann", "Ben", "Cyd", "Dee")]


def raw_deputy(holder, deputy, side, days):
    return Deputy.objects.create(
        workspace=holder.workspace, member=holder, deputy=deputy, side=side, days=DateRange(*days)
    )


# ── One place ──
def test_one_person_has_one_place(inside):
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(workspace=inside.workspace, user=inside.cmo.user, side="technology", role="lead")


# ── Deputies ──
@pytest.mark.parametrize("deputy", ["cio", "technology_planner", "finance", "viewer", "guest", "cmo"])
def test_who_cannot_stand_in(inside, days, deputy):
    with pytest.raises(Refused):
        appoint(inside.cmo, inside.cmo, getattr(inside, deputy), *days)
    assert not Deputy.objects.exists()


def test_a_deputy_is_appointed_by_the_own_side(inside, days):
    with pytest.raises(NotYours):
        appoint(inside.cmo, inside.cio, inside.marketing_planner, *days)
    with pytest.raises(NotYours):
        appoint(inside.cmo, inside.marketing_planner, inside.marketing_planner, *days)


def test_days_are_half_open(inside, days):
    appoint(inside.cmo, inside.cmo, inside.marketing_planner, *days)
    held = [acting_for(inside.marketing_planner, days[0] + timedelta(days=after)) for after in (-1, 0, 9, 10)]
    assert held == [[], [inside.cmo.pk], [inside.cmo.pk], []]


def test_the_database_keeps_a_deputy_on_the_side_of_the_key(inside, days):
    for side in ("marketing", "technology"):
        with pytest.raises(IntegrityError), transaction.atomic():
            raw_deputy(inside.cio, inside.marketing_planner, side, days)


def test_nobody_stands_in_for_both_sides_even_past_the_trigger(inside, days, owner):
    """The exclusion constraint is a lock of its own, behind the trigger."""
    assert owner.execute(
        "SELECT 1 FROM pg_constraint WHERE conname = 'deputy_of_one_side' AND contype = 'x'"
    ).fetchone()


def test_a_chain_ends_after_three(inside, days, more):
    chain = [inside.cmo, *more]
    for holder, deputy in zip(chain, chain[1:], strict=False):
        appoint(holder, inside.cmo, deputy, *days)
    holds = [inside.cmo.pk in acting_for(one, days[0]) for one in more]
    assert holds == [True, True, True, False]
    paper = a_paper(inside)
    with pytest.raises(NotYours):
        sign(paper, more[3], "marketing", "approve", 1)
    paper = sign(paper, more[2], "marketing", "approve", 1)
    seat = paper.seat("marketing")
    assert (seat.decided_by, seat.decided_for) == (more[2], inside.cmo)


def test_an_ended_deputy_decides_nothing(inside, days):
    row = appoint(inside.cmo, inside.cmo, inside.marketing_planner, *days)
    end_deputy(row, inside.cmo)
    assert not seats_for(inside.marketing_planner).exists()
    with pytest.raises(NotYours):
        sign(a_paper(inside), inside.marketing_planner, "marketing", "approve", 1)


# ── Changing sides ──
def turned_marketing(cast):
    """A paper on which the planner, standing in for the CMO, turned marketing's key."""
    today = cast.workspace.today()
    appoint(cast.cmo, cast.cmo, cast.marketing_planner, today, today + timedelta(days=2))
    return sign(a_paper(cast), cast.marketing_planner, "marketing", "approve", 1)


def free_technology(cast):
    """Let the CMO staff technology for a moment: its lead is away for good."""
    Member.objects.filter(pk=cast.cio.pk).update(left_at=cast.workspace.now())


def test_who_changes_sides_leaves_the_keys_behind(inside):
    paper = turned_marketing(inside)
    free_technology(inside)
    change_place(inside.marketing_planner, inside.cmo, side="technology", role="lead")
    moved = Member.objects.get(pk=inside.marketing_planner.pk)
    assert acting_for(moved, inside.workspace.today()) == []
    with pytest.raises(NotYours):
        sign(paper, moved, "technology", "approve", 1)


def test_the_database_refuses_a_change_of_side_with_a_key_in_hand(inside, days):
    appoint(inside.cmo, inside.cmo, inside.marketing_planner, *days)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=inside.marketing_planner.pk).update(side="technology")
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=inside.cmo.pk).update(side="technology")


# ── Leaving and returning ──
def test_who_returns_on_the_other_side_is_the_same_person(inside):
    paper = turned_marketing(inside)
    planner = inside.marketing_planner
    leave(planner, inside.cmo)
    free_technology(inside)
    back = accept(invite(inside.cmo, planner.email, "technology", "lead"), planner.user)
    assert back.pk == planner.pk
    with pytest.raises(NotYours):
        sign(paper, back, "technology", "approve", 1)


def test_standing_in_does_not_come_back_with_the_person(inside, days):
    appoint(inside.cmo, inside.cmo, inside.marketing_planner, *days)
    leave(inside.marketing_planner, inside.cmo)
    back = accept(
        invite(inside.cmo, inside.marketing_planner.email, "marketing", "planner"), inside.marketing_planner.user
    )
    assert acting_for(back, days[0]) == []


# ── The database alone ──
def test_postgres_refuses_one_person_on_both_keys(inside):
    paper = turned_marketing(inside)
    other = paper.seat("technology")
    with pytest.raises(IntegrityError, match="seat_two_people"), transaction.atomic():
        Seat.objects.filter(pk=other.pk).update(
            state="approved",
            decided_by=inside.marketing_planner,
            decided_at=inside.workspace.now(),
            read_fingerprint=paper.fingerprint,
        )

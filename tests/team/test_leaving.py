"""Leaving never leaves a side without a lead, nor a seat without somebody to decide it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from planning.desk.leaving import leave
from planning.people.models import ApiToken, Deputy, Member
from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.models import Seat
from planning.signoffs.signing import sign
from planning.team.deputising import appoint
from planning.team.membership import change_place
from planning.team.tokens import make_token
from planning.trail.models import Entry
from tests.signoffs.make import a_paper, key


def later(workspace, days):
    return workspace.today() + timedelta(days=days)


def test_the_last_lead_needs_a_successor(inside):
    with pytest.raises(Refused):
        leave(inside.cmo, inside.cmo)
    assert Member.objects.get(pk=inside.cmo.pk).is_lead
    leave(inside.cmo, inside.cmo, successor=inside.marketing_planner)
    assert Member.objects.get(pk=inside.marketing_planner.pk).is_lead
    assert Member.objects.get(pk=inside.cmo.pk).left_at


@pytest.mark.parametrize("successor", ["technology_planner", "viewer", "cmo"])
def test_not_everybody_can_follow(inside, successor):
    with pytest.raises(Refused):
        leave(inside.cmo, inside.cmo, successor=getattr(inside, successor))


def test_the_last_lead_is_not_demoted_either(inside):
    with pytest.raises(Refused):
        change_place(inside.cmo, inside.cmo, side="marketing", role="planner")


def test_the_other_side_does_not_send_people_away(inside):
    with pytest.raises(NotYours):
        leave(inside.marketing_planner, inside.cio)


def test_open_seats_move_and_stay_visible(inside):
    paper = a_paper(inside, seats=[key("marketing", inside.marketing_planner), key("technology")])
    leave(inside.marketing_planner, inside.cmo)
    seats = {(seat.name, seat.state): seat.holder_id for seat in Seat.objects.filter(paper=paper)}
    assert seats[("marketing", "moved")] == inside.marketing_planner.pk
    assert seats[("marketing", "open")] is None
    sign(paper, inside.cmo, "marketing", "approve", 1)


def test_a_named_seat_goes_to_somebody_else_who_decides_such(inside):
    change_place(inside.technology_planner, inside.cio, side="technology", role="planner", holds=["security"])
    paper = a_paper(inside, seats=[key("marketing"), key("technology"), key("security", inside.technology_planner)])
    leave(inside.technology_planner, inside.cio)
    seat = paper.seats.get(name="security", state="open")
    assert (seat.holder, seat.side) == (None, "technology")
    sign(paper, inside.cio, "security", "approve", 1)


def test_a_seat_that_only_the_asker_could_decide_keeps_people_here(inside):
    paper = a_paper(
        inside,
        author=inside.cmo,
        author_decides=False,
        seats=[key("marketing", inside.marketing_planner), key("technology")],
    )
    with pytest.raises(Refused, match="marketing"):
        leave(inside.marketing_planner, inside.marketing_planner)
    assert paper.seats.get(name="marketing").holder == inside.marketing_planner


def test_keys_of_every_kind_end(inside):
    make_token(inside.marketing_planner, "script")
    appoint(inside.cmo, inside.cmo, inside.marketing_planner, later(inside.workspace, 0), later(inside.workspace, 9))
    leave(inside.marketing_planner, inside.cmo, note="new job")
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert not Deputy.objects.filter(ended_at=None).exists()
    entry = Entry.objects.get(verb="desk.leave")
    assert (entry.member, entry.note.text) == (inside.cmo, "new job")


def test_who_left_finds_the_door_shut(cast, as_):
    client = as_(cast.marketing_planner)
    assert client.get("/acme/team/").status_code == 200
    with scope(cast.workspace):
        leave(cast.marketing_planner, cast.cmo)
    assert client.get("/acme/team/").status_code == 404


def test_the_page_asks_the_last_lead_for_a_successor(cast, as_):
    client, address = as_(cast.cmo), f"/acme/team/members/{cast.cmo.pk}/departure"
    refused = client.post(address, {"successor": "", "note": ""})
    assert refused.status_code == 422
    assert b"last lead" in refused.content
    assert client.post(address, {"successor": cast.marketing_planner.pk, "note": ""}).status_code == 302


def test_two_leads_leaving_at_one_moment_leave_one(cast, transactional_db):
    """Each sees the other as the one who stays; the held rows let only one of them go."""
    with scope(cast.workspace):
        Member.objects.filter(pk=cast.marketing_planner.pk).update(role="lead")
    start, outcomes = Barrier(2), []

    def go(member):
        start.wait()
        try:
            with scope(cast.workspace):
                leave(member, member)
            outcomes.append("left")
        except Refused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=go, args=[one]) for one in (cast.cmo, cast.marketing_planner)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["left", "refused"]
    with scope(cast.workspace):
        assert Member.objects.of(cast.workspace).leads("marketing").count() == 1
        assert Seat.objects.count() == 0

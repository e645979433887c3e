"""Who decides what: conditions, many in one sitting, and the people who may not, at every door."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from planning.desk.leaving import leave
from planning.people.models import ApiToken, Member
from planning.people.secrets import fingerprint, mailed_secret
from planning.purchases import actions
from planning.purchases.conditions import asked_of, late_conditions
from planning.purchases.models import Condition, Purchase
from planning.roles.importing import put_matrix
from planning.roles.sheets import RoleRow, Sheet
from planning.roles.tasks import follow_holders
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs import mail_keys
from planning.signoffs.models import Paper, Seat
from planning.signoffs.tasks import end_waiting
from planning.team import deputising, membership
from tests.cast import member, signed_in
from tests.purchases import make


def made_for_all(cast):
    office = make.office(cast)
    office.line = make.agreed_line(office, "1000.00", side="joint", shares={"marketing": "50", "technology": "50"})
    return office


@pytest.fixture
def office(made):
    return made


@pytest.fixture
def line(office):
    return office.line


# ── Conditions ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_approval_on_a_condition_is_a_promise_with_a_date(office, line):
    purchase, due = make.asked(office.marketing_planner, line), office.workspace.today() + timedelta(days=9)
    said = {"condition": "Sign the processing agreement", "condition_due": due}
    actions.decide(purchase, office.cio, "technology", "approve", 1, **said)
    one = Condition.objects.get()
    with clock.at(clock.now() + timedelta(days=11)):
        assert list(late_conditions(office.workspace)) == [one]
        for member, words in ((office.marketing_planner, "it is late"), (office.cio, "not kept")):
            assert [words in asked.label for asked in asked_of(member)] == [True]
        assert not asked_of(office.cmo)
        with pytest.raises(NotYours):
            actions.settle_condition(one, office.cmo)
        with pytest.raises(Refused, match="Say why"):
            actions.settle_condition(one, office.cio, waived=True)
        with pytest.raises(NotYours):
            actions.settle_condition(one, office.marketing_planner, waived=True)
        assert actions.settle_condition(one, office.marketing_planner, note="Signed.").settled_at
        assert not late_conditions(office.workspace)
    one.refresh_from_db()
    assert one.note == "Signed."
    with pytest.raises(Refused):
        actions.settle_condition(one, office.cio, waived=True)


@pytest.mark.parametrize(
    ("verdict", "days", "text"), [("reject", 3, "Sign it"), ("approve", -1, "Sign it"), ("approve", None, "Sign it")]
)
def test_a_condition_needs_an_approval_and_a_day(office, line, verdict, days, text):
    purchase = make.asked(office.marketing_planner, line)
    due = None if days is None else office.workspace.today() + timedelta(days=days)
    with pytest.raises(Refused):
        actions.decide(purchase, office.cio, "technology", verdict, 1, "No", condition=text, condition_due=due)


# ── Many in one sitting ──────────────────────────────────────────────────────────────────────────────────────────────
def test_many_are_decided_in_one_sitting_each_on_the_version_that_was_read(office, line):
    first, second = (make.asked(office.marketing_planner, line, title=title) for title in ("Tags", "Maps"))
    cmo = signed_in(office.cmo)
    read = [seat.choice for seat, _purchase in cmo.get("/acme/purchases/waiting/").context["rows"]]
    actions.edit(second, office.marketing_planner, amount="120.00")
    page = cmo.post("/acme/purchases/waiting/decisions/", {"chosen": read}, follow=True).text
    assert "1 key is turned." in page
    assert f"{second.code} Maps" in page
    keys = {row.title: row.paper.seat("marketing").state for row in Purchase.objects.select_related("paper")}
    assert keys == {"Tags": "approved", "Maps": "open"}
    assert first.pk


# ── Who may not, at every door ───────────────────────────────────────────────────────────────────────────────────────
def by_page(person, purchase):
    facts = {"seat": "marketing", "verdict": "approve", "version": 1}
    return signed_in(person).post(f"/acme/purchases/{purchase.pk}/decision/", facts)


def by_sitting(person, purchase):
    chosen = f"{purchase.pk}:marketing:1:{purchase.paper.fingerprint}"
    return signed_in(person).post("/acme/purchases/waiting/decisions/", {"chosen": chosen})


def by_desk(person, purchase):
    facts = {"seat": "marketing", "verdict": "approve", "version": 1}
    return signed_in(person).post(f"/acme/papers/{purchase.paper_id}/decision", facts)


def by_api(person, purchase):
    secret = f"al_{person.pk}"
    ApiToken.objects.create(workspace=person.workspace, member=person, label="door", secret_hash=fingerprint(secret))
    facts = {"seat": "marketing", "verdict": "approve", "version": 1}
    return Client().post(
        f"/api/v1/acme/purchases/{purchase.pk}/decisions", facts, "application/json",
        headers={"Authorization": f"Bearer {secret}", "Idempotency-Key": "door"},
    )  # fmt: skip


def by_mail(person, purchase):
    seat = purchase.paper.seat("marketing")
    mail_keys.make(person.workspace, [(seat, person)])
    return Client().post(f"/decisions/{mailed_secret(mail_keys.sealed(seat, person))}", {"verdict": "approve"})


DOORS = [by_page, by_sitting, by_desk, by_api, by_mail]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_whoever_may_not_decide_may_not_at_any_door(office, line, door):
    second = member(office.workspace, "Mila Zwei", "marketing", "lead")
    purchase = make.asked(second, line)
    gone = member(office.workspace, "Gone Lead", "marketing", "lead")
    gone.left_at = office.workspace.now()
    gone.save()
    for person in (second, gone, office.viewer, office.auditor, office.cio, office.marketing_planner, office.guest):
        door(person, purchase)
        state = Purchase.objects.get(pk=purchase.pk).paper.seat("marketing").state
        assert state == "open", person
    door(office.cmo, purchase)
    assert Purchase.objects.get(pk=purchase.pk).paper.seat("marketing").decided_by == office.cmo


# ── Absence, and whoever comes to a seat by another road ─────────────────────────────────────────────────────────────
def as_a_deputy(office, person, seat):
    deputising.appoint(office.cmo, office.cmo, person, office.workspace.today(), clock.now().date() + timedelta(days=9))


def by_promotion(office, person, seat):
    membership.change_place(person, office.cmo, side="marketing", role="lead", holds=["security", "legal"])


def by_command(office, person, seat):
    call_command("add_member", "acme", person.email, "--side", "marketing", "--role", "lead", stdout=StringIO())


def by_the_matrix(office, person, seat):
    sheet = Sheet(activities=[], roles=[RoleRow(key="buyer", name="Buyer", side="marketing")])
    put_matrix(office.cmo, sheet=sheet, holders={"buyer": [(person, None, None)]})
    Seat.objects.filter(pk=seat.pk).update(role="buyer", letter="A")
    follow_holders()


def by_the_clock(office, person, seat):
    Seat.objects.filter(pk=seat.pk).update(letter="G", climbs_at=clock.now())
    membership.change_place(person, office.cmo, side="marketing", role="lead")
    end_waiting()


ROADS = [as_a_deputy, by_promotion, by_command, by_the_matrix, by_the_clock]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_no_road_brings_who_asks_to_a_key_of_their_own_request(office, line, road):
    purchase = make.asked(office.marketing_planner, line)
    road(office, office.marketing_planner, purchase.paper.seat("marketing"))
    person = Member.objects.get(pk=office.marketing_planner.pk)
    for door in DOORS:
        door(person, Purchase.objects.select_related("paper").get(pk=purchase.pk))
    seats = Paper.objects.get(pk=purchase.paper_id).seats
    assert not seats.filter(decided_by=person).exists()
    assert not seats.filter(holder=person, state__in=["open", "waiting"]).exists()
    assert seats.get(name="marketing", state="open")
    by_page(office.cmo, purchase)
    assert seats.get(name="marketing", state="approved").decided_by == office.cmo


def by_place(office, person, side, role):
    membership.change_place(person, office.cio, side=side, role=role)


def by_operator(office, person, side, role):
    call_command("add_member", "acme", person.email, "--side", side, "--role", role, stdout=StringIO())


@pytest.mark.parametrize("road", [by_place, by_operator], ids=lambda road: road.__name__)
def test_nobody_takes_a_key_along_to_the_other_side(office, line, road):
    person = member(office.workspace, "Tomas Both", "technology", "lead")
    purchase = make.asked(office.marketing_planner, line)
    by_page_for(person, purchase, "technology")
    if road is by_place:
        with pytest.raises(NotYours):
            road(office, person, "marketing", "lead")
        Member.objects.filter(pk=person.pk).update(side="marketing")
    else:
        road(office, person, "marketing", "lead")
    person.refresh_from_db()
    for door in DOORS:
        door(person, Purchase.objects.select_related("paper").get(pk=purchase.pk))
    seats = {seat.name: (seat.state, seat.decided_by) for seat in Seat.objects.filter(paper=purchase.paper)}
    assert seats == {"marketing": ("open", None), "technology": ("approved", person)}


def by_page_for(person, purchase, seat):
    facts = {"seat": seat, "verdict": "approve", "version": 1}
    return signed_in(person).post(f"/acme/purchases/{purchase.pk}/decision/", facts)


def by_leaving_page(office, person):
    signed_in(office.cmo).post(f"/acme/team/members/{person.pk}/departure", {"successor": ""})


def by_own_leaving(office, person):
    leave(person, person)


def by_demotion(office, person):
    signed_in(office.cmo).post(f"/acme/team/members/{person.pk}", {"side": "marketing", "role": "viewer"})


def by_operators_demotion(office, person):
    by_operator(office, person, "marketing", "viewer")


GONE = [by_leaving_page, by_own_leaving, by_demotion, by_operators_demotion]


@pytest.mark.parametrize("road", GONE, ids=lambda road: road.__name__)
def test_what_waits_for_who_goes_moves_with_their_going(office, line, road):
    person = member(office.workspace, "Lea Ver", "marketing", "lead")
    purchase = make.asked(office.marketing_planner, line)
    Seat.objects.filter(pk=purchase.paper.seat("marketing").pk).update(holder=person)
    road(office, person)
    person.refresh_from_db()
    assert person.left_at or person.role == "viewer"
    seats = purchase.paper.seats.filter(name="marketing").order_by("pk")
    assert [seat.state for seat in seats] == ["moved", "open"]
    for door in DOORS:
        door(person, Purchase.objects.select_related("paper").get(pk=purchase.pk))
    assert not seats.filter(state="approved").exists()
    by_page(office.cmo, purchase)
    assert seats.get(state="approved").decided_by == office.cmo


# ── Leaving ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_leavers_purchases_go_to_a_successor_who_then_decides_nothing_about_them(office, line):
    heir = member(office.workspace, "Ines Dahl", "marketing", "lead")
    leaver = member(office.workspace, "Lea Ver", "marketing", "planner")
    waiting = make.asked(leaver, line)
    draft, ended = make.draft(leaver, line), actions.withdraw(make.asked(leaver, line), leaver)
    with pytest.raises(Refused, match="Tag manager"):
        leave(leaver, office.cmo)
    leave(leaver, office.cmo, successor=heir)
    askers = {row.pk: row.requester for row in Purchase.objects.all()}
    assert askers == {waiting.pk: heir, draft.pk: heir, ended.pk: leaver}
    with pytest.raises(NotYours):
        actions.decide(waiting, heir, "marketing", "approve", 1)
    assert (
        actions.decide(waiting, office.cmo, "marketing", "approve", 1).paper.seat("marketing").decided_by == office.cmo
    )
    assert actions.submit(draft, heir).state == "submitted"


def test_the_last_lead_who_could_decide_is_no_successor(office, line):
    leaver = member(office.workspace, "Lea Ver", "marketing", "planner")
    make.asked(leaver, line)
    with pytest.raises(Refused, match="nobody can decide for Marketing"):
        leave(leaver, office.cmo, successor=office.cmo)

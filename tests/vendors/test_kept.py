"""Marks, promises kept, prices that rise, systems and what both sides say before a contract renews."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.notices.models import Reminder
from planning.purchases import actions as purchases
from planning.reviews.invitations import feed
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from planning.trail.models import Entry
from planning.vendors import actions, assessing, contracts, expiring, keeping, promises, renewals, scoring
from planning.vendors.cost_forecast import cost_forecast
from planning.vendors.models import Contract, Vendor
from planning.vendors.notice_dates import Terms, months_after, standing
from tests.purchases import make

GOOD, POOR = (dict.fromkeys(scoring.QUESTIONS, mark) for mark in (5, 1))


@pytest.fixture
def contract(inside):
    """It renews by itself; notice is due in twenty days."""
    vendor = actions.register(
        inside.cio, "Tidewater", data_class="internal", technology_owner=inside.technology_planner
    )
    ends_on = months_after(inside.workspace.today(), 1)
    notice = (ends_on - inside.workspace.today()).days - 20
    return contracts.add_contract(
        vendor, inside.cio, title="Platform", starts_on=months_after(ends_on, -12), term_months=12, renewal="tacit",
        renewal_months=12, notice_count=notice, notice_unit="days", value="1200", currency="GBP",
    )  # fmt: skip


def test_neither_side_reads_the_others_marks_before_both_are_in(inside, contract, as_):
    card = scoring.ask_marks(contract.vendor, inside.cio)
    page = f"/acme/vendors/scorecards/{card.pk}/"
    scoring.give_marks(card, inside.technology_planner, POOR, "A secret for now.")
    said = lambda: "A secret for now." in as_(inside.marketing_planner).get(page).text  # noqa: E731
    assert (scoring.shown_to(card, inside.cmo)["technology"], said()) == (None, False)
    assert "quality" not in Entry.objects.filter(verb="vendors.give_marks").last().text
    scoring.give_marks(card, inside.cio, GOOD, "A secret for now.")
    with pytest.raises(Refused, match="open already"):
        scoring.ask_marks(contract.vendor, inside.cmo)
    with pytest.raises(NotYours):
        scoring.give_marks(card, inside.finance, GOOD)
    with pytest.raises(Refused, match="every question"):
        scoring.give_marks(card, inside.cmo, GOOD | {"time": 6})
    scoring.give_marks(card, inside.cmo, POOR)
    card.refresh_from_db()
    assert [scoring.mean(score) for score in scoring.shown_to(card, inside.viewer).values()] == [1, 5]
    assert said()
    with pytest.raises(Refused, match="Both sides"):
        scoring.give_marks(card, inside.cmo, GOOD)


def test_a_promise_is_kept_month_by_month_and_a_gap_is_no_failure(inside, contract):
    today = inside.workspace.today()
    level = promises.add_service_level(contract, inside.cio, "Available", "least", Decimal("99.9"))
    for back, value in ((-1, "99.9"), (-2, "99.89"), (-4, "100")):
        promises.note_attainment(level, inside.cio, months_after(today.replace(day=15), back), Decimal(value))
    (kept,) = promises.kept(contract, today)
    assert (kept.met, kept.measured, kept.percent, len(kept.months)) == (2, 3, 67, 12)
    promises.note_attainment(level, inside.cio, months_after(today.replace(day=1), -2), Decimal("99.95"))
    assert promises.kept(contract, today)[0].percent == 100
    assert '"before":{"value":"99.89' in Entry.objects.last().text.replace(" ", "")
    for month, said in ((today, "not over"), (months_after(today, -30), "not cover")):
        with pytest.raises(Refused, match=said):
            promises.note_attainment(level, inside.cio, month, Decimal(1))


@pytest.mark.parametrize(
    ("terms", "costs"),
    [
        ({}, ["1200", "1200", "1200"]),
        ({"indexation": "fixed", "index_percent": 5}, ["1200", "1260", "1323"]),
        ({"indexation": "index", "index_percent": 8, "index_cap": 2}, ["1200", "1224", "1248.48"]),
        ({"indexation": "fixed", "index_percent": 10, "renewal_months": 6}, ["1200", "660", "660"]),
        ({"renewal": "express"}, ["1200"]),
    ],
)
def test_what_it_will_cost(inside, contract, terms, costs):
    changed = contracts.amend_contract(contract, inside.cio, **terms)
    forecast = cost_forecast(changed, inside.workspace.today())
    assert [term.cost for term in forecast] == [Decimal(cost) for cost in costs]
    assert all(one.ends_on == after.starts_on for one, after in zip(forecast, forecast[1:], strict=False))


def test_a_first_term_may_end_on_a_day_the_paper_names():
    terms = Terms(date(2018, 7, 31), 11, True, 12, 1, "months", first_end=date(2019, 7, 1))
    assert standing(terms, date(2019, 6, 1)).notice_by == date(2019, 6, 1)
    now = standing(terms, date(2021, 1, 5))
    assert (now.ends_on, now.notice_by, now.renewals) == (date(2021, 7, 1), date(2021, 6, 1), 2)


def heard(inside, contract):
    """Both sides say what they think of it, as they do before they decide."""
    assessing.assess(contract, inside.technology_planner, {"use": "41 %"})
    assessing.assess(contract, inside.marketing_planner, {"effect": "None that we see."})


def ladder(inside):
    renewals.remind_of_renewals(inside.workspace)
    return Reminder.objects.of(inside.workspace).exclude(state="dropped").count()


def test_the_ladder_rests_while_somebody_is_asked_and_goes_on_when_it_came_to_nothing(inside, contract):
    assert ladder(inside) == 3
    line = make.agreed_line(inside, "5000.00", side="marketing")
    asked = make.asked(inside.marketing_planner, line, vendor=contract.vendor_id, contract=contract)
    assert ladder(inside) == 0
    purchases.withdraw(asked, inside.marketing_planner)
    assert (ladder(inside), Contract.objects.on_the_ladder().count()) == (3, 1)
    heard(inside, contract)
    contracts.propose_renewal(contract, inside.technology_planner, "stop")
    assert (ladder(inside), Contract.objects.on_the_ladder().count()) == (0, 0)
    contracts.decide_renewal(contract, inside.cio, "technology", "reject", 1, "Not yet.")
    assert (ladder(inside), Contract.objects.on_the_ladder().count()) == (3, 1)


def test_what_ends_soon_is_told_once_a_rung(inside, contract):
    inside.cio.holds = ["security"]
    inside.cio.save()
    actions.review(contract.vendor, inside.cio, "personal", inside.workspace.today() + timedelta(days=20))
    for _again in range(2):
        assert expiring.remind_of_endings(inside.workspace) == 1
    told = Reminder.objects.of(inside.workspace).filter(rule="vendors.expires")
    assert {one.member for one in told} == {inside.cio, inside.technology_planner}
    actions.review(contract.vendor, inside.cio, "personal", inside.workspace.today() + timedelta(days=400))
    assert expiring.remind_of_endings(inside.workspace) == 0


def test_the_opt_out_date_is_in_the_calendar_until_somebody_decided(inside, contract):
    shown = feed(inside.workspace, []).decode()
    assert "X-WR-CALNAME:Acme: reviews and last days to stop contracts" in shown
    assert f"DTSTART;VALUE=DATE:{contract.notice_by:%Y%m%d}" in shown
    assert "Last day to stop Tidewater" in shown
    heard(inside, contract)
    contracts.propose_renewal(contract, inside.cio, "keep")
    for member, seat in ((inside.cmo, "marketing"), (inside.cio, "technology")):
        contracts.decide_renewal(contract, member, seat, "approve", 1)
    assert "VEVENT" not in feed(inside.workspace, []).decode()


def test_both_keys_read_what_each_side_said(inside, contract):
    assessing.assess(contract, inside.technology_planner, {"use": "41 %"})
    with pytest.raises(Refused, match="marketing has not said"):
        contracts.propose_renewal(contract, inside.cmo, "stop")
    with clock.at(clock.now() + timedelta(days=contract.days_left(inside.workspace.today()) - 5)):
        contracts.refuse_unheard(contract, inside.workspace.today())
    assessing.assess(contract, inside.marketing_planner, {"effect": "None that we see."})
    with pytest.raises(Refused, match="at least one"):
        assessing.assess(contract, inside.cmo, {"use": "not ours to say"})
    proposed = contracts.propose_renewal(contract, inside.cmo, "stop")
    said = proposed.paper.terms["before_deciding"]["said"]
    assert (said["technology"]["use"], said["marketing"]["effect"]) == ("41 %", "None that we see.")


def test_a_system_with_personal_data_makes_security_ask_next_time(inside, contract):
    system = keeping.add_system(contract.vendor, inside.cio, "Profiles", "personal")
    vendor = Vendor.objects.get(pk=contract.vendor_id)
    assert vendor.data_class == "personal"
    with pytest.raises(Refused, match="already"):
        keeping.add_system(vendor, inside.cio, "profiles", "none")
    keeping.remove_system(system, inside.cio)
    vendor.refresh_from_db()
    assert (vendor.data_class, vendor.systems.count()) == ("personal", 0)


def test_a_paper_is_kept_once_and_by_what_its_bytes_are(inside, contract):
    paper = lambda: SimpleUploadedFile("terms.txt", b"Signed.")  # noqa: E731
    made = keeping.file_document(contract.vendor, inside.cio, paper(), "contract", contract=contract)
    with pytest.raises(Refused, match="here already"):
        keeping.file_document(contract.vendor, inside.cio, paper(), "other")
    with pytest.raises(Refused, match="not what its name says"):
        keeping.file_document(contract.vendor, inside.cio, SimpleUploadedFile("a.pdf", b"Signed."), "other")
    keeping.remove_document(made, inside.cio)
    assert not contract.vendor.documents.exists()

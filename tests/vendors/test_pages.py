"""The register and its contracts through the doors; the renewal decided by two people; the clock's part."""

from datetime import timedelta

import pytest

from planning.notices.models import Reminder
from planning.people.scope import scope
from planning.vendors import actions, contracts
from planning.vendors.models import Contract, Vendor
from planning.vendors.notice_dates import months_after
from planning.vendors.renewals import ended_or_renewed, remind_of_renewals, renewals_near, silent_renewals


@pytest.fixture
def contract(cast):
    """It renews by itself unless stopped within twelve days."""
    with scope(cast.workspace):
        vendor = actions.register(cast.technology_planner, "Tidewater Data", technology_owner=cast.technology_planner)
        ends_on = cast.workspace.today() + timedelta(days=42)
        return contracts.add_contract(
            vendor, cast.technology_planner, title="Data platform", starts_on=months_after(ends_on, -12),
            term_months=12,
            renewal="tacit", renewal_months=12, notice_count=30, notice_unit="days", value="312000", currency="GBP",
        )  # fmt: skip


def test_both_sides_stop_it_and_nobody_is_reminded_any_more(cast, contract, as_):
    with scope(cast.workspace):
        assert list(renewals_near(cast.workspace, 30)) == [contract]
        remind_of_renewals(cast.workspace)
        remind_of_renewals(cast.workspace)
        assert Reminder.objects.of(cast.workspace).filter(rule="vendors.opt_out").count() == 3
    page = f"/acme/vendors/contracts/{contract.pk}/"
    as_(cast.technology_planner).post(f"{page}assessment/", {"use": "41 % of its seats."})
    as_(cast.marketing_planner).post(f"{page}assessment/", {"value": "Little."})
    as_(cast.technology_planner).post(f"{page}renewal/", {"decision": "stop", "note": "41 % of its seats are used."})
    key = {"verdict": "approve", "version": 1}
    as_(cast.cmo).post(f"{page}decision/", key | {"seat": "technology"})
    as_(cast.cmo).post(f"{page}decision/", key | {"seat": "marketing"})
    with scope(cast.workspace):
        assert Contract.objects.get().stopped_on is None
    as_(cast.cio).post(f"{page}decision/", key | {"seat": "technology"})
    with scope(cast.workspace):
        assert Contract.objects.get().stopped_on == cast.workspace.today()
        assert not renewals_near(cast.workspace, 365)
        assert set(Reminder.objects.of(cast.workspace).values_list("state", flat=True)) == {"dropped"}
    assert "Next: Tidewater Data needs the notice by" in as_(cast.cio).get(page).text
    with scope(cast.workspace):
        old = {"starts_on": months_after(cast.workspace.today(), -30), "term_months": 12, "renewal": "express"}
        contracts.add_contract(contract.vendor, cast.cio, title="Old licence", value="1", currency="GBP", **old)
    every = b"".join(as_(cast.viewer).get("/acme/vendors/contracts/?export=csv")).decode()
    assert "Data platform,Tidewater Data,312000.00" in every
    assert every.index("Data platform") < every.index("Old licence")
    form = as_(cast.technology_planner).get(f"/acme/purchases/new/?contract={contract.pk}").text
    assert 'value="Data platform, renewed"' in form


def test_a_renewal_nobody_decided_is_a_visible_miss(cast, contract):
    with scope(cast.workspace):
        Contract.objects.update(starts_on=months_after(cast.workspace.today(), -12), ends_on=cast.workspace.today())
        (row,) = ended_or_renewed(cast.workspace)
        row = contracts.renew_by_itself(row)
        assert (row.silent_renewals, row.ends_on) == (1, months_after(row.starts_on, 24))
        assert list(silent_renewals(cast.workspace)) == [row]
        assert contracts.renew_by_itself(row).silent_renewals == 1


def test_a_vendor_is_added_amended_and_found(cast, as_, django_assert_max_num_queries):
    elena = as_(cast.technology_planner)
    facts = {"name": "Fjordshop", "data_class": "personal", "standing": "allowed", "aliases": "Fjordshop AB\nFJRD*SHOP"}
    page = elena.post("/acme/vendors/new/", facts)["Location"]
    taken = elena.post("/acme/vendors/new/", facts | {"name": "FJORDSHOP LTD", "aliases": ""})
    assert taken.status_code == 422
    assert "in the register already" in taken.text
    with django_assert_max_num_queries(15):
        assert "FJRD*SHOP" in elena.get(page).text
    assert "Fjordshop" in elena.get("/acme/vendors/similar/", {"name": "Fjordshopp"}).text
    with scope(cast.workspace):
        assert Vendor.objects.of(cast.workspace).named("fjordshop").get().aliases.count() == 1


def test_only_security_notes_a_review(cast, contract, as_):
    review = {"data_class": "personal", "valid_until": cast.workspace.today() + timedelta(days=300), "note": ""}
    answer = as_(cast.technology_planner).post(f"/acme/vendors/{contract.vendor_id}/reviews/", review)
    assert answer.status_code == 422

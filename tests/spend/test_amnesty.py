"""Bought before it was approved: counted by where it came from, given a way back, and watched once it was stopped."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db.models import F

from planning.calendar.models import Period
from planning.notices.models import Notice, Reminder
from planning.people.scope import scope
from planning.purchases import actions
from planning.purchases.models import Purchase
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from planning.spend import aiming, amnesty, assigning, bypass, known_names, pivot, tasks, undecided
from planning.spend.models import Amnesty, Entry
from planning.trail.models import Entry as Told
from planning.vendors.actions import amend
from planning.vendors.models import Vendor
from tests.budgets import make as budgets
from tests.harness.at_once import at_once
from tests.purchases import make as purchases

from . import make
from .test_bypass import approve, told


def test_the_share_comes_from_somewhere_and_its_rows_add_up(inside):
    told(inside)
    Entry.objects.filter(document="C").update(department="Technology")
    for dimension in ("month", "side", "department", "category"):
        rows = bypass.by(dimension, inside.workspace)
        assert sum(sums.bypassed for _key, sums in rows) == 60
        assert sum(sums.technology_spend for _key, sums in rows) == 100
        assert sum(sums.unknown for _key, sums in rows) == 5
        for key, sums in rows:
            behind = bypass.narrowed(Entry.objects.live(), inside.workspace, "unapproved", **{dimension: key})
            assert sum(behind.values_list("converted", flat=True)) == sums.bypassed
    at_once = bypass.seen(inside.workspace, None, None, "month", "side")
    assert at_once == [
        bypass.bypass(inside.workspace),
        *(bypass.by(name, inside.workspace) for name in ("month", "side")),
    ]
    sides = {key: sums.bypassed for key, sums in bypass.by("side", inside.workspace)}
    assert sides == {"technology": 20, "": 40}
    assert (
        sum(pivot.of_side(Entry.objects.live(), inside.workspace, "technology").values_list("amount", flat=True)) == 20
    )


def opened(cast, purchase=None):
    told(cast)
    row = Entry.objects.get(document="B")
    return amnesty.begin(row, cast.technology_planner, cast.cio, cast.workspace.today() + timedelta(days=9), purchase)


def test_from_a_row_to_an_owner_a_day_and_a_decision(inside):
    case = opened(inside)
    assert (case.state, case.owner, case.vendor.name, str(case.first_paid)) == (
        "review", inside.cio, "Unasked Ltd", "2026-05-14")  # fmt: skip
    assert Notice.objects.filter(member=inside.cio, entry__verb="spend.begin").get().needs
    with pytest.raises(Refused, match="in review already"):
        amnesty.begin(Entry.objects.get(document="C"), inside.cio, inside.cio, inside.workspace.today())
    with pytest.raises(NotYours):
        amnesty.decide(case, inside.marketing_planner, "stopped", "no")
    for state, until, sentence in [("adopted", None, "request is approved"), ("tolerated", None, "Until which day")]:
        with pytest.raises(Refused, match=sentence):
            amnesty.decide(case, inside.cio, state, "because", until)
    decided = amnesty.decide(case, inside.cio, "tolerated", "till the tender", inside.workspace.today() + timedelta(30))
    assert decided.said.startswith("tolerated until")


def reminded(cast, days) -> list:
    """Who is mailed for the first time when the clock looks `days` from now, twice."""
    with scope(cast.workspace):
        seen = set(Reminder.objects.values_list("pk", flat=True))
    with clock.at(cast.workspace.now() + timedelta(days=days)):
        tasks.remind_of_decisions()
        tasks.remind_of_decisions()
    with scope(cast.workspace):
        fresh = Reminder.objects.filter(rule=undecided.RULE).exclude(pk__in=seen)
        return sorted(one.member.name for one in fresh.select_related("member__user"))


def test_what_waits_for_a_decision_is_on_its_owners_desk_and_reminded_of(cast):
    with scope(cast.workspace):
        case = opened(cast)
        assert [one.url for one in undecided.asked_of(cast.cio)] == [f"/acme/spend/amnesties/{case.pk}/"]
        assert not undecided.asked_of(cast.cmo)
    rungs = {days: reminded(cast, days) for days in (0, 1, 2, 5, 8, 9, 10, 15)}
    both = sorted([cast.cio.name, cast.cmo.name])
    assert rungs == {0: [], 1: [], 2: [cast.cio.name], 5: [], 8: [cast.cio.name], 9: [], 10: both, 15: []}
    with scope(cast.workspace):
        notices = Notice.objects.filter(entry__verb="spend.remind_of_decision", needs=True)
        assert sorted(notices.values_list("member", flat=True)) == sorted([cast.cio.pk] * 3 + [cast.cmo.pk])
        assert not notices.filter(mailed_at=None), "its mail is the reminder's own"
        until = cast.workspace.today() + timedelta(days=20)
        amnesty.decide(case, cast.cmo, "tolerated", "till the tender", until)
        assert not Reminder.objects.filter(rule=undecided.RULE, state="waiting"), "what was decided is asked no more"
        assert not undecided.asked_of(cast.cio)
        with clock.at(cast.workspace.now() + timedelta(days=20)):
            assert "decide what comes after" in undecided.asked_of(cast.cio)[0].label
    assert (reminded(cast, 13), reminded(cast, 21)) == ([cast.cio.name], both)
    with scope(cast.workspace):
        amnesty.decide(case, cast.cio, "stopped", "over")
    assert reminded(cast, 30) == []


def test_spend_at_a_stopped_vendor_raises_an_alert(inside):
    case = amnesty.decide(opened(inside), inside.cio, "stopped", "we have one already")
    after = (inside.workspace.today() + timedelta(days=1)).isoformat()
    row = make.row("70.00", "UA Cards Ltd", "LATE", after, category="Software")
    make.brought(inside.finance, make.ledger(row, make.row("5.00", "Unasked", "OLD", "2026-05-20")))
    case.refresh_from_db()
    assert case.alerted_on == inside.workspace.today()
    assert amnesty.paid_since(case).get().amount == 70
    told_to = Notice.objects.filter(entry__verb="spend.alert").values_list("member", flat=True)
    assert set(told_to) == {inside.cio.pk, inside.cmo.pk}
    assert Entry.objects.get(document="LATE").vendor_id == case.vendor_id

    make.brought(inside.finance, make.ledger(make.row("9.00", "Unasked by another name", "LATER", after)))
    assert Told.objects.filter(verb="spend.alert").count() == 1
    amend(case.vendor, inside.finance, aliases=["UA Cards", "Unasked by another name"])
    assert known_names.recognise(inside.finance, case.vendor) == 1
    assert Told.objects.filter(verb="spend.alert").count() == 2


def test_what_is_paid_after_adoption_was_asked_for(inside):
    case = opened(inside)
    approve(inside, case.vendor, inside.workspace.now(), number=2)
    Amnesty.objects.filter(pk=case.pk).update(purchase=Purchase.objects.get(number=2))
    amnesty.decide(case, inside.cio, "adopted", "useful")
    after = (inside.workspace.today() + timedelta(days=1)).isoformat()
    make.brought(inside.finance, make.ledger(make.row("40.00", "Unasked", "NEW", after, category="Software")))
    sums = bypass.bypass(inside.workspace)
    assert (sums.technology_spend, sums.bypassed) == (140, 60)


def test_what_was_paid_before_is_the_invoice_of_the_request_that_was_adopted(inside):
    office = purchases.office(inside)
    line = purchases.agreed_line(office, "1000.00")
    rows = [make.row(amount, "Inkfinch AI", amount, "2026-05-14", category="Software") for amount in ("40.00", "50.00")]
    make.brought(inside.finance, make.ledger(*rows))
    assigning.assign(inside.finance, line, Entry.objects.values_list("pk", flat=True))
    row = Entry.objects.get(document="40.00")
    case = amnesty.begin(row, inside.cio, inside.cio, inside.workspace.today())
    asked = purchases.asked(inside.marketing_planner, line, "100.00", vendor="Inkfinch AI")
    amnesty.ask(case, inside.cio, asked)
    with pytest.raises(Refused, match="request stands"):
        amnesty.ask(case, inside.cio, asked)
    purchases.approve(asked, office)
    assert budgets.standing(line) == {"plan": 1000, "actual": 90, "committed": 100, "available": 810}, "counted twice"
    Period.objects.of(inside.workspace).filter(starts_on__lt="2026-06-01").update(
        state=Period.State.CLOSED, closed_at=inside.workspace.now(), control_total=F("booked")
    )
    amnesty.decide(case, inside.cio, "adopted", "useful")
    assert budgets.standing(line) == {"plan": 1000, "actual": 90, "committed": 10, "available": 900}
    assert set(Entry.objects.values_list("purchase", flat=True)) == {asked.pk}
    amnesty.decide(case, inside.cio, "adopted", "still useful")
    assert budgets.standing(line)["committed"] == 10


def test_the_back_dated_request_takes_the_lines_of_its_rows_and_leads_on_to_adopting(cast, as_):
    with scope(cast.workspace):
        line = purchases.agreed_line(purchases.office(cast), "1000.00")
        rows = [make.row(amount, "Inkfinch AI", amount, category="Software") for amount in ("40.00", "50.00")]
        make.brought(cast.finance, make.ledger(*rows, make.row("9.00", "Elsewhere", "E")))
        assigning.assign(
            cast.finance, line, Entry.objects.filter(vendor_name="Inkfinch AI").values_list("pk", flat=True)
        )
        row, other = Entry.objects.get(document="40.00"), Entry.objects.get(document="E")
        day = (cast.workspace.today() + timedelta(days=3)).isoformat()
    planner, owner = as_(cast.technology_planner), as_(cast.cio)
    for entry in (row, other):
        said = {"owner": cast.cio.pk, "decide_by": day, "request": "on"}
        assert planner.post(f"/acme/spend/entries/{entry.pk}/amnesty", said).status_code == 302
    with scope(cast.workspace):
        drafted, nowhere = Purchase.objects.order_by("number")
        assert list(drafted.items.values_list("line", "amount")) == [(line.pk, 90)]
        assert not nowhere.items.exists(), "a row that lies on no line says nothing of one"
        purchases.approve(actions.submit(actions.edit(drafted, cast.technology_planner, data_class="none"),
                                         cast.technology_planner), cast)  # fmt: skip
    page = owner.get(f"/acme/purchases/{drafted.pk}/")
    case = page.context["to_adopt"]
    assert "adopts Inkfinch AI" in page.context["next_step"]
    assert "order it" not in page.context["next_step"]
    assert page.content.decode().index(f"/acme/spend/amnesties/{case.pk}/") < page.content.decode().index("order-it")
    with scope(cast.workspace):
        amnesty.decide(case, cast.cio, "adopted", "useful")
    shown = owner.get(f"/acme/purchases/{drafted.pk}/")
    assert "Its last invoice is in" in shown.context["next_step"]
    assert shown.context["to_adopt"] is None


def test_a_name_nobody_registered_joins_the_register_with_its_rows(inside):
    make.brought(
        inside.finance, make.ledger(make.row("9.00", "Inkfinch AI", "1"), make.row("8.00", "INKFINCH AI", "2"))
    )
    case = amnesty.begin(Entry.objects.first(), inside.cio, inside.cio, inside.workspace.today())
    assert set(Entry.objects.values_list("vendor", flat=True)) == {case.vendor_id}


def test_the_target_is_said_by_a_person(inside):
    aiming.aim(inside.cmo, D("5.00"))
    assert str(aiming.in_force(inside.workspace)) == "5.00 %"
    with pytest.raises(Refused, match="between 0 and 100"):
        aiming.aim(inside.cmo, D(101))


def test_the_pages(cast, as_):
    with scope(cast.workspace, cast.cmo.user):
        told(cast)
        row, vendor = Entry.objects.get(document="B"), Vendor.objects.get(name="Unasked Ltd")
    cio = as_(cast.cio)
    page = cio.get("/acme/spend/bypass/?from=2026-01-01&to=2026-12-31&by=department").content.decode()
    assert "60.0%" in page
    rows = cio.get(f"/acme/spend/entries/?judged=unapproved&vendor={vendor.pk}&since=2026-01-01").content.decode()
    assert "60.00" in rows, "the sum below the rows is the figure that was clicked"
    day = (cast.workspace.today() + timedelta(days=3)).isoformat()
    answer = cio.post(
        f"/acme/spend/entries/{row.pk}/amnesty", {"owner": cast.cio.pk, "decide_by": day, "request": "on"}
    )
    assert answer.status_code == 302, answer.content.decode()
    case = cio.get(answer["Location"]).content.decode()
    assert "Unasked Ltd, back-dated" in case
    assert cio.post(answer["Location"], {"state": "stopped", "reason": "no"}).status_code == 302
    with scope(cast.workspace):
        purchase = Purchase.objects.get(title__contains="back-dated")
        assert (purchase.amount, purchase.amnesties.get().state) == (74, "stopped")
    assert "Back-dated" in cio.get(f"/acme/spend/of-purchase/{purchase.pk}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_follow_each_other(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        case = opened(cast)
    done = at_once(
        cast.workspace,
        lambda: amnesty.decide(case, cast.cmo, "stopped", "Nobody asked."),
        lambda: amnesty.decide(case, cast.cio, "tolerated", "Till the tender.", cast.workspace.today() + timedelta(9)),
    )
    with scope(cast.workspace):
        first, second = Told.objects.filter(verb="spend.decide").order_by("number")
        assert (done, first.before["state"], second.before["state"]) == (["done"] * 2, "review", first.after["state"])
        case.refresh_from_db()
        assert (case.state, bool(case.tolerated_until)) == (second.after["state"], case.state == "tolerated")

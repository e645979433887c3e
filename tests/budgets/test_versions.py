"""Several versions may wait at once; any two can be read beside each other."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from planning.budgets import actions
from planning.budgets.models import Revision
from planning.budgets.versions.comparing import compared
from planning.budgets.versions.page import read
from planning.people.scope import scope
from planning.shared.refusals import Refused, Stale

from . import make


def made_for_all(cast):
    plan = make.budget(cast)
    plan.made = {
        "events": make.line(cast, plan, "events", "1200.00"),
        "hosting": make.line(cast, plan, "hosting", "600.00", side="technology"),
        "shop": make.line(cast, plan, "shop", "1000.01", side="joint"),
    }
    make.agree(cast, plan)
    return plan


@pytest.fixture
def plan(made):
    return made


def proposed(plan, member, line, **fields):
    actions.edit_line(plan.made[line], member, **fields)
    return actions.propose(plan, member, "A change of plan")


def sign(cast, plan, version):
    for member in (cast.cmo, cast.cio, cast.finance):
        if version.paper.seat(member.side):
            actions.decide(plan, member, version.number, "approve")


def test_two_versions_wait_at_once_and_are_agreed_in_any_order(inside, plan):
    first = proposed(plan, inside.cmo, "events", total="1300.00")
    second = proposed(plan, inside.cio, "hosting", total="700.00")
    with pytest.raises(Refused, match="being changed by version 2"):
        actions.edit_line(plan.made["events"], inside.cio, total="1.00")
    sign(inside, plan, second)
    sign(inside, plan, first)
    assert [make.standing(plan.made[name])["plan"] for name in ("events", "hosting")] == [D(1300), D(700)]
    ranges = {str(one): one.in_force.lower for one in Revision.objects.in_force()}
    assert ranges == {"hosting": 2, "events": 3, "shop": 1}


def test_a_returned_version_goes_on_in_the_draft_that_is_there(inside, plan):
    first = proposed(plan, inside.cmo, "events", total="1300.00")
    actions.edit_line(plan.made["hosting"], inside.cio, total="700.00")
    actions.decide(plan, inside.cio, first.number, "reject", "Not now")
    draft = plan.versions.get(state="draft")
    assert set(draft.revisions.values_list("name", flat=True)) == {"events", "hosting"}


def test_two_versions_that_fit_an_envelope_alone_do_not_fit_it_together(inside, plan):
    plan.made["ads"] = make.line(inside, plan, "ads", "100.00")
    make.agree(inside, plan)
    actions.set_envelopes(plan, inside.finance, marketing="1900.00")
    plan.refresh_from_db()
    first = proposed(plan, inside.cmo, "events", total="1260.00")
    second = proposed(plan, inside.cmo, "ads", total="160.00")
    sign(inside, plan, first)
    with pytest.raises(Refused, match="more than finance's envelope"):
        sign(inside, plan, second)


def test_signing_an_old_version_names_the_one_that_has_its_lines(inside, plan):
    first = proposed(plan, inside.cmo, "events", total="1300.00")
    other = proposed(plan, inside.cio, "hosting", total="700.00")
    actions.recall(plan, inside.cmo, first.number)
    with pytest.raises(Refused, match="Version 2 is not waiting"):
        actions.decide(plan, inside.cio, first.number, "approve")
    again = proposed(plan, inside.cmo, "events", total="1400.00")
    with pytest.raises(Stale, match=f"version {again.number} is the one"):
        actions.decide(plan, inside.cio, first.number, "approve")
    assert other.state == "proposed"


def changes(plan, one, other):
    plan.refresh_from_db()
    number = {version.number: version for version in plan.versions.select_related("paper")}
    found = compared(plan, number[one], number[other])
    said = {
        change["revision"].name: {row["label"]: (row["before"], row["after"]) for row in change["rows"]}
        for change in found["changes"]
    }
    return said, {side: (row["before"], row["after"]) for side, row in found["totals"].items()}


def test_any_two_versions_are_compared_field_by_field(inside, plan):
    actions.remove_line(plan.made["hosting"], inside.cio)
    make.agree(inside, plan)
    sign(inside, plan, proposed(plan, inside.cmo, "events", name="fairs", total="1300.00"))
    actions.edit_line(plan.made["shop"], inside.cmo, total="2000.00")
    said, totals = changes(plan, 1, 3)
    assert set(said) == {"fairs", "hosting"}
    assert said["fairs"]["Name"] == ("events", "fairs")
    assert said["fairs"]["Total of the year"] == ("1,200.00", "1,300.00")
    assert said["hosting"]["Taken out"] == ("no", "yes")
    assert totals == {"marketing": (D("1700.01"), D("1800.01")), "technology": (D(1100), D(500))}
    back, _totals = changes(plan, 3, 1)
    assert back["events"]["Total of the year"] == ("1,300.00", "1,200.00")
    drafted, totals = changes(plan, 1, 4)
    assert set(drafted) == {"fairs", "hosting", "shop"}
    assert totals["marketing"][1] == D(2300)
    assert changes(plan, 2, 2) == ({}, {"marketing": (D("1700.01"),) * 2, "technology": (D(500),) * 2})


def test_a_recalled_version_is_compared_with_the_plan_of_its_day(inside, plan, monkeypatch):
    recalled = proposed(plan, inside.cmo, "events", total="1300.00")
    actions.recall(plan, inside.cmo, recalled.number)
    actions.edit_line(plan.made["events"], inside.cmo, total="1200.00")
    later = inside.workspace.now() + timedelta(days=1)
    monkeypatch.setattr(type(inside.workspace), "now", lambda workspace: later)
    sign(inside, plan, proposed(plan, inside.cio, "hosting", total="700.00"))
    said, _totals = changes(plan, 1, recalled.number)
    assert set(said) == {"events"}


def test_the_pages_say_which_keys_before_anything_is_saved(cast, as_):
    with scope(cast.workspace):
        plan = make.budget(cast)
        line, other = make.line(cast, plan, "events", "1200.00"), make.line(cast, plan, "ads", "600.00")
        make.agree(cast, plan)
        actions.edit_line(line, cast.cmo, total="1000.00")
        actions.edit_line(other, cast.cmo, name="Search ads")
    client, page = as_(cast.cmo), f"/acme/budgets/{plan.pk}/proposal/"
    both = client.get(page).content.decode()
    assert "Its name changes" in both
    assert "Propose to both keys" in both
    alone = client.get(f"{page}?lines={line.pk}").content.decode()
    assert "200.00 GBP goes to this side" in alone
    assert "Put in force" in alone
    totals = client.get(f"{page}?lines={line.pk}").context["totals"]
    assert totals["marketing"]["change"] == 0
    done = client.post(page, {"reason": "Less", "lines": [line.pk]})
    shown = client.get(done["Location"]).content.decode()
    assert "carried from the version before, unaffected" in shown
    comparison = f"/acme/budgets/{plan.pk}/comparison/?from=1&to=2"
    assert "Unallocated, marketing" in as_(cast.auditor).get(comparison).content.decode()
    file = b"".join(as_(cast.auditor).get(f"{comparison}&export=csv").streaming_content).decode("utf-8-sig")
    assert 'events,Total of the year,"1,200.00","1,000.00"' in file


def test_a_lines_form_says_which_keys_before_it_is_saved(cast, as_):
    with scope(cast.workspace):
        plan = make.budget(cast)
        line = make.line(cast, plan, "events", "1200.00")
        make.agree(cast, plan)
    client = as_(cast.cmo)
    form = client.get(f"/acme/budgets/lines/{line.pk}/change/").context["form"]
    typed = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    page = f"/acme/budgets/lines/{line.pk}/clearing/"
    says = {
        words: client.get(page, typed | change).content.decode()
        for words, change in {
            "": {},
            "200.00 GBP goes to this side": {"total": "1000.00"},
            "Its amount goes up": {"total": "1300.00"},
            "Its name changes": {"name": "Fairs"},
            "Its scope changes": {"category": "Nobody knows it yet"},
            "Its KPI": {"total": "not an amount"},
        }.items()
    }
    assert says.pop("").strip() == says.pop("Its KPI").strip() == ""
    assert all(words in said for words, said in says.items()), says


def test_months_of_a_new_line_that_say_the_same_are_one_row(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan, total="1201.00")
    [change] = read(plan, line.revisions.get().version)["changes"]
    months = {row["label"]: row["after"] for row in change["rows"] if "20" in row["label"]}
    assert months == {"Apr 2026 – Jul 2026": "100.09 a month", "Aug 2026 – Mar 2027": "100.08 a month"}

"""Who leaves leaves nothing behind: each thing they hold goes to somebody named, or nobody goes."""

from datetime import timedelta

import pytest

from planning.budgets.models import Line
from planning.desk.handing_on import held_by
from planning.desk.leaving import leave
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.reviews import meeting
from planning.reviews.models import Promise
from planning.roles.appointing import appoint
from planning.roles.models import Holding, Role
from planning.shared.refusals import Refused
from planning.signoffs.models import Duty
from planning.trail.models import Entry
from planning.vendors.models import Vendor
from tests.budgets.make import agreed_line
from tests.cast import member
from tests.kpis import make as kpis
from tests.matters import make as matters
from tests.reviews import make as reviews

THINGS = ["Deliver the brief", "Web shop", "Northwind", "Conversion rate", "Head of CRM"]


def made_for_all(cast):
    """Marketing's planner holds one thing of every kind; Ines, of the same side, may take them."""
    cast.ines = member(cast.workspace, "Ines Dahl", "marketing", "planner")
    leaver, today = cast.marketing_planner, cast.workspace.today()
    line = agreed_line(cast)
    Line.objects.filter(pk=line.pk).update(owner=leaver)
    kpis.agreed(cast)
    Vendor.objects.create(workspace=cast.workspace, name="Northwind", key="northwind", marketing_owner=leaver)
    role = Role.objects.create(workspace=cast.workspace, key="crm", name="Head of CRM", side="marketing")
    appoint(role, cast.cmo, holder=leaver, since=today - timedelta(days=9))
    review = reviews.opened(cast, "Pulse")
    meeting.promise(review, cast.cmo, who=leaver, what="Deliver the brief", until=today + timedelta(days=5))
    return cast


@pytest.fixture
def full_hands(made):
    return made


def holders():
    """The name of who holds each thing now."""
    found = [
        Promise.objects.get().member,
        Line.objects.get().owner,
        Vendor.objects.get().marketing_owner,
        Kpi.objects.get().marketing_owner,
        Holding.objects.get(days__contains=Member.objects.first().workspace.today()).member,
    ]
    return [str(person) for person in found]


def test_everything_goes_to_the_successor_in_one_entry(full_hands):
    leaver = full_hands.marketing_planner
    assert [held.label for held in held_by(leaver)] == THINGS
    leave(leaver, full_hands.cmo, successor=full_hands.ines)
    assert holders() == ["Ines Dahl"] * 5
    assert held_by(leaver) == []
    said = Entry.objects.get(verb="desk.leave").after["handed over"]
    assert [(one["what"], one["holder"]) for one in said] == [(thing, full_hands.ines.pk) for thing in THINGS]


def test_tasks_and_questions_go_to_the_successor_and_on_with_their_role(full_hands):
    leaver, ines = full_hands.marketing_planner, full_hands.ines
    matter = matters.matter(full_hands)
    by_role = matters.duty(matter, "R")
    by_name = Duty.objects.create(
        workspace=full_hands.workspace, paper=matter.paper, letter="C", role="", role_name="Who wrote it",
        side="marketing", holder=leaver, due_at=full_hands.workspace.now() + timedelta(days=3),
    )  # fmt: skip
    leave(leaver, full_hands.cmo, successor=ines)
    followed = Entry.objects.get(verb="desk.leave").after["moved"]
    assert followed == [{"what": "Test the sale", "to": ines.pk}]
    assert set(Duty.objects.filter(state="moved")) == {by_role, by_name}
    now = Duty.objects.filter(paper=matter.paper, holder=ines)
    assert [(one.letter, one.state, one.due_at) for one in now.order_by("-letter")] == [
        ("R", "open", None), ("C", "open", by_name.due_at)
    ]  # fmt: skip
    assert not Duty.objects.open().filter(holder=leaver).exists()


def test_without_somebody_named_nobody_goes(full_hands):
    with pytest.raises(Refused, match="Deliver the brief"):
        leave(full_hands.marketing_planner, full_hands.cmo)
    assert Member.objects.get(pk=full_hands.marketing_planner.pk).left_at is None
    heirs = {held.key: full_hands.cio for held in held_by(full_hands.marketing_planner)}
    with pytest.raises(Refused, match="same side"):
        leave(full_hands.marketing_planner, full_hands.cmo, heirs=heirs)
    assert holders() == ["Jonas Weber"] * 5


def test_the_page_lists_each_thing_and_gives_it_to_whom_it_names(full_hands, as_):
    leaver, client = full_hands.marketing_planner, as_(full_hands.cmo)
    address = f"/acme/team/members/{leaver.pk}/departure"
    page = client.get(address).content.decode()
    assert [thing for thing in THINGS if thing not in page] == []
    kpi = next(held for held in held_by(leaver) if held.label == "Conversion rate")
    refused = client.post(address, {"successor": "", kpi.key: full_hands.ines.pk})
    assert (refused.status_code, "Say who takes it over" in refused.content.decode()) == (422, True)
    gone = client.post(address, {"successor": full_hands.cmo.pk, kpi.key: full_hands.ines.pk})
    assert gone.status_code == 302
    assert holders() == ["Maya Lindgren", "Maya Lindgren", "Maya Lindgren", "Ines Dahl", "Maya Lindgren"]

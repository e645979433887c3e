"""Who does what: ready activities, pasted letters, a finding mended by a click, two keys, in force."""

import pytest
from playwright.sync_api import expect

from planning.people.models import Member, Workspace
from planning.people.scope import scope, workspace_id
from planning.roles.appointing import hold
from planning.roles.models import Role

from .people import sign_in, workspace
from .test_grid import CLIPBOARD

pytestmark = pytest.mark.browser

SLUG = "sandbank"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "daniel": ("Daniel Osei", "technology", "lead")}


def test_from_ready_activities_to_a_matrix_in_force(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    maya, daniel = (sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE)
    page = maya.goes("roles/draft/starters")
    page.locator("[name=keys]:checked").evaluate_all(
        "boxes => boxes.forEach(box => { box.checked = box.value === 'define-kpi'; })"
    )
    maya.presses("Take these into the draft")
    page.wait_for_url("**/roles/draft")
    named(stack)
    page.reload()
    pastes(page)
    mends(page)
    maya.follows("Propose to both sides")
    maya.fills(comment="Two people for five roles until spring.")
    maya.presses("Propose")
    maya.presses("Approve for marketing")
    daniel.goes("roles/versions/1")
    daniel.presses("Approve for technology")
    daniel.sees("in force from")
    daniel.goes("roles/who?q=a+new+kpi")
    daniel.sees("Define a shared KPI", "decides, and answers for the outcome", "Maya Lindgren")


def named(stack):
    """Each side's lead holds its roles, and marketing's the finance partner too; made from here, as the page does."""
    with stack.database_here(), scope(workspace_id(SLUG)):
        there = Workspace.objects.get(slug=SLUG)
        leads = {member.side: member for member in Member.objects.of(there)}
        for role in Role.objects.of(there):
            hold(role, leads.get(role.side, leads["marketing"]), there.today(), None)


def pastes(page):
    """The data lead's R stays, and the chief information officer's G beside it becomes a C: a block of one row."""
    cell = page.get_by_role("button", name="Define a shared KPI, Data lead: R")
    cell.focus()
    page.evaluate(CLIPBOARD, ["paste", "R\tConsulted"])
    expect(page.locator("#findings")).to_contain_text("technology does not have to agree")
    expect(cell).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Chief information officer: C")).to_be_focused()


def mends(page):
    page.locator("#findings").get_by_role("button", name="Chief information officer → G").click()
    expect(page.get_by_role("button", name="Chief information officer: G")).to_be_visible()
    expect(page.locator("#findings")).not_to_contain_text("no-agree")

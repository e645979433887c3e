"""Harbour & Pine's matrix: seventeen activities by ten roles, signed by both keys at the start of the year.

`tell(story)` needs the workspace and its people, and leaves `story.matrix`, the version in force. Two things are to
talk about: Jonas carries more than the others, and his time as content lead ends within the month.
"""

from datetime import timedelta

from planning.calendar.models import Category
from planning.signoffs.doing import answer, finish
from planning.signoffs.papers import fresh

from . import agreeing, appointing, importing
from .models import Role
from .sheets import ActivityRow, RoleRow, Sheet
from .starters import ROLES, STARTERS

HOLDERS = {
    "cmo": "maya",
    "martech-lead": "jonas",
    "campaign-manager": "jonas",
    "content-lead": "jonas",
    "cio": "daniel",
    "platform-lead": "elena",
    "vendor-manager": "elena",
    "security": "aiko",
    "data-lead": "aiko",
    "finance-partner": "priya",
}
AGENCIES = {"cmo": "A", "campaign-manager": "R", "finance-partner": "I"}


def tell(story):
    with story.on(0, 12):
        sheet = Sheet(
            [RoleRow(name, side, key) for key, (name, side) in ROLES.items()],
            [*(starter.row() for starter in STARTERS), agencies(story)],
        )
        importing.put_matrix(story.jonas, sheet=sheet, holders={})
        for key, who in HOLDERS.items():
            name_holder(story, key, getattr(story, who), ending=key == "content-lead")
        draft = agreeing.propose(
            story.jonas,
            comment="Jonas stands in for the content lead until somebody is hired; we look again at half-year.",
        )
    with story.on(0, 15):
        agreeing.sign_matrix(story.maya, version=draft.number, note="Agreed. The breach statement stays with us.")
    with story.on(0, 16):
        story.matrix = agreeing.sign_matrix(story.daniel, version=draft.number)


def agencies(story) -> ActivityRow:
    """What the agencies' budget buys is marketing's alone; the rows about technology are for technology only."""
    category = Category.objects.of(story.workspace).get(name="Agencies")
    return ActivityRow(
        "Buy from agencies", AGENCIES, "buy-from-agencies", "Contracts", routes="purchase", category=category
    )


def name_holder(story, key, member, *, ending):
    role = Role.objects.of(story.workspace).get(key=key)
    until = story.today + timedelta(days=24) if ending else None
    holding = appointing.appoint(role, story.jonas, holder=member, since=story.day(0, 12), until=until)
    appointing.accept_holding(holding, member)


def heard(thing, said="Nothing speaks against it."):
    """Whoever the matrix lets work or answer first on the paper of `thing` has done so, at the moment of the story."""
    if thing.paper is None:
        return thing
    for duty in list(thing.paper.duties.open().exclude(holder=None).select_related("holder__user").order_by("pk")):
        (answer(duty, duty.holder, said) if duty.is_question else finish(duty, duty.holder))
    thing.paper = fresh(thing.paper)
    return thing

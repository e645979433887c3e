"""The demonstration's joint budget: 6.00 m, marketing 3.498, technology 2.502, agreed before month one by both keys
and finance. What was spent, committed and reserved of it (`POSITION`) is told by spend and purchases.

    tell(story)     leaves story.budget and story.lines, {name as in POSITION: Line}
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from . import actions
from .demonstration import change as a_change_waits
from .demonstration import outlook as demo_outlook
from .demonstration import people as demo_people
from .demonstration.details import aim, details_of, in_its_currency, settle
from .demonstration.position import POSITION, THOUSAND
from .demonstration.review import write_cases
from .models import Revision

__all__ = ["POSITION", "tell"]

Purpose, Treatment = Revision.Purpose, Revision.Treatment
KINDS = {
    "customer data platform": (Purpose.GROW, Treatment.OPEX),
    "web shop": (Purpose.GROW, Treatment.CAPEX),
    "Black Friday readiness": (Purpose.TRANSFORM, Treatment.OPEX),
    "consent": (Purpose.TRANSFORM, Treatment.OPEX),
}


def tell(story):
    with story.on(-1, 9):
        settle(story)
    with story.on(-1, 10):
        story.budget = actions.create_budget(story.jonas, story.year, f"Joint budget {story.year}")
        story.lines = {name: draw(story, name, **facts) for name, facts in POSITION.items()}
        aim(story)
        write_cases(story)
    with story.on(0, 4):
        version = actions.propose(story.budget, story.maya)
    for member, month, day in ((story.maya, 0, 6), (story.daniel, 0, 9), (story.priya, 0, 12)):
        with story.on(month, day):
            actions.decide(story.budget, member, version.number, "approve")
    story.budget.refresh_from_db()
    there_and_back(story)
    demo_outlook.tell(story)
    a_change_waits.tell(story)
    a_spreadsheet_waits(story)
    demo_people.tell(story)


def a_spreadsheet_waits(story):
    """The events agency's wishes, brought yesterday and compared with the plan: not taken in yet."""
    text = "\n".join(
        [
            "Line,Category,Side,Total,Vendor,Region",
            "Consent,Consent and privacy,joint,252000.00,,Group",
            "Spring pop-up shops,Events,marketing,36000.00,,United Kingdom",
            "Design week stand,Events,marketing,24 thousand,,United Kingdom",
        ]
    )
    with story.ago(1):
        file = SimpleUploadedFile("Events wishes.csv", text.encode())
        intake = actions.bring_file(story.budget, story.jonas, file)
        actions.map_file(intake, story.jonas, intake.mapping)


def there_and_back(story):
    """A small move inside marketing that was not needed after all: two transfers, and every line is where it was."""
    with story.on(3, 9):
        moved = actions.move(
            story.budget, story.jonas, story.lines["ad technology"], story.lines["agency retainer"], "4000.00",
            "A second shoot for the spring catalogue",
        )  # fmt: skip
    with story.on(4, 2):
        actions.reverse_transfer(moved, story.jonas, "The first shoot was enough")


def draw(story, name, *, category, side, shares, months, steady, **_later):
    purpose, treatment = KINDS.get(name, (Purpose.RUN, Treatment.OPEX))
    money = in_its_currency(name, [month * THOUSAND for month in months])
    marketing, technology = shares
    return actions.add_line(
        story.budget,
        story.elena if side == "technology" else story.jonas,
        name=name[0].upper() + name[1:],
        side=side,
        category=category,
        **money,
        shares={"marketing": marketing, "technology": technology},
        purpose=purpose,
        treatment=treatment,
        forecast="steady" if steady else "plan",
        **details_of(story, name),
    )

"""Harbour & Pine's joint work: a launch that was tested and let go, a statement that waits for marketing's decision
after security did not answer in time, and a test that has just begun."""

from datetime import timedelta

from planning.roles.models import Activity
from planning.shared import clock
from planning.signoffs.doing import answer, finish, write_no_answer
from planning.signoffs.models import Duty

from . import actions


def tell(story):
    tested(story)
    statement(story)
    begun(story)


def tested(story):
    """Decided three weeks ago: technology tested the back end, marketing agreed, the CIO let it go."""
    with story.ago(26):
        matter = start(story, story.jonas, "test-back-end", "Test the spring sale: stock and prices", 9)
    with story.ago(24):
        finish(duty(matter, "R"), story.elena, "Twelve thousand prices checked against the ledger, two mended.")
    with story.ago(23):
        actions.decide(matter, story.jonas, "marketing", "approve")
    with story.ago(22):
        actions.decide(matter, story.daniel, "technology", "approve", note="Go, with the old price list ready.")


def statement(story):
    """Written by marketing, read by technology; security was asked and let three business days pass."""
    with story.ago(9):
        matter = start(
            story, story.jonas, "breach-statement", "Statement: an agency saw newsletter addresses", 12,
            "An agency had 1,140 newsletter addresses in a shared folder for two days. What do we say, and when?",
        )  # fmt: skip
    with story.ago(8):
        finish(duty(matter, "R"), story.jonas, "Two paragraphs: what happened, what we did, whom to write to.")
    asked = duty(matter, "C")
    with clock.at(asked.due_at + timedelta(minutes=5)):
        write_no_answer(asked)
    with story.ago(1):
        actions.decide(matter, story.daniel, "technology", "approve", note="The facts are right.")
    story.matter = matter


def begun(story):
    """Under way since this week: what to buy for consent, with technology's and security's view still to come."""
    with story.ago(2):
        matter = start(story, story.maya, "choose-technology", "Choose a consent tool for all four shops", 20)
    with story.ago(1):
        finish(duty(matter, "R"), story.jonas, "Three offers compared; two keep the data in the country.")
        first = duty(matter, "C")
        answer(first, first.holder, "Any of the two that keep the logs with us.")


def start(story, member, key, title, days, text=""):
    row = Activity.objects.of(story.workspace).get(key=key, version=story.matrix)
    until = story.workspace.today() + timedelta(days=days)
    return actions.start(member, activity=row.pk, title=title, until=until, text=text)


def duty(matter, letter):
    waits = Duty.objects.of(matter.workspace).open().filter(paper=matter.paper, letter=letter)
    return waits.select_related("workspace", "holder__user").first()

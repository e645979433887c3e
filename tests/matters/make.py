"""Joint work to start a test from: a matrix in force with a launch row, and a piece of work by it."""

from datetime import timedelta

from planning.matters import actions
from planning.roles.models import Activity
from planning.roles.sheets import ActivityRow
from planning.signoffs.doing import finish
from tests.roles import make as roles

LETTERS = {"planner": "R", "vendor": "C", "cio": "G", "cmo": "A", "finance": "I"}


def rows(letters=None):
    return [
        ActivityRow("Test a launch", letters or LETTERS, "test", "Launches", True, routes="launch"),
        ActivityRow("Buy technology", LETTERS, "buy", "Technology", True, routes="purchase"),
    ]


def ready(cast, letters=None):
    roles.in_force(cast, *rows(letters))


def matter(cast, letters=None, member=None):
    ready(cast, letters)
    return start(cast, member)


def asked(cast, matter):
    """Its work is done: the question is out."""
    finish(duty(matter, "R"), cast.marketing_planner, "Forty cases, all green.")
    return matter


def start(cast, member=None, key="test"):
    row = Activity.objects.of(cast.workspace).get(key=key, version__state="in force")
    until = cast.workspace.today() + timedelta(days=10)
    return actions.start(member or cast.sponsor, activity=row.pk, title="Test the sale", until=until)


def duty(matter, letter):
    return matter.paper.duties.filter(letter=letter).exclude(state="moved").get()


def seat(matter, name):
    return matter.paper.seats.filter(name=name).exclude(state="moved").get()

"""The demonstration: Harbour & Pine, home furnishings, 38 shops and a web shop, told through the actions themselves.

Today is always month seven of its year; months one to six are closed. Its people, companies and vendors are invented.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from planning.people.models import Member, Workspace
from planning.shared import clock, periods
from planning.team.accounts import make_account

SLUG = "harbour-pine"
NAME = "Harbour & Pine"
PASSWORD = "harbour-and-pine"  # noqa: S105 - printed on the first start, for a demonstration that holds nothing real
MONTH_OF_TODAY = 7
CAST = {
    "maya": ("Maya Lindgren", "marketing", "lead", "Chief marketing officer", []),
    "daniel": ("Daniel Osei", "technology", "lead", "Chief information officer", []),
    "priya": ("Priya Raman", "finance", "lead", "Finance partner", []),
    "jonas": ("Jonas Weber", "marketing", "planner", "Marketing planner", []),
    "elena": ("Elena Rossi", "technology", "planner", "Vendor manager", []),
    "aiko": ("Aiko Tanaka", "technology", "planner", "Security", ["security"]),
    "ruth": ("Ruth Adler", "sponsor", "lead", "Chief executive", ["legal"]),
    "sam": ("Sam Novak", "finance", "auditor", "Auditor", []),
}


class Story:
    """What the rooms tell their part with: the workspace, its people by first name, and days of its year.

    Rooms leave what later rooms need as attributes: `lines`, `vendors`, `kpis`, `purchases`.
    """

    def __init__(self, workspace: Workspace):
        self.workspace = workspace
        self.today = workspace.stands_on
        self.year = periods.year_of(workspace, self.today)
        self.months = periods.months(workspace, self.year)

    def join(self, key: str):
        name, side, role, title, holds = CAST[key]
        user = make_account(email_of(key), PASSWORD, name=name)
        member = Member.objects.create(
            workspace=self.workspace, user=user, side=side, role=role, title=title, holds=holds
        )
        setattr(self, key, member)

    def day(self, month: int, day: int) -> date:
        """A day of the demonstration's year; month 0 is the one before it."""
        return periods.add_months(self.months[0], month - 1) + timedelta(days=day - 1)

    @contextmanager
    def on(self, month: int, day: int, hour: int = 10) -> Iterator[date]:
        """Let it be that day of the story, at `hour` in the workspace's time zone."""
        with self.at(self.day(month, day), hour) as on:
            yield on

    @contextmanager
    def ago(self, days: int, hour: int = 10) -> Iterator[date]:
        """Let it be that many days before the story's today."""
        with self.at(self.today - timedelta(days=days), hour) as on:
            yield on

    @contextmanager
    def at(self, on: date, hour: int = 10) -> Iterator[date]:
        with clock.at(datetime.combine(on, time(hour), tzinfo=self.workspace.zone)):
            yield on


def email_of(key: str) -> str:
    return f"{key}@harbourpine.example"


def fiscal_start(today: date) -> int:
    """The first month of a year whose month seven holds `today`."""
    return (today.month - MONTH_OF_TODAY) % 12 + 1

"""The demonstration's calendar: two days on which nobody at Harbour & Pine works, finance's rate, and whose kind of
spend its plan's categories are."""

from datetime import date
from decimal import Decimal

from . import actions

CATEGORIES = {
    "technology": [
        "Data platform", "Web and commerce", "Marketing automation", "Analytics", "Consent and privacy", "Hosting",
        "Peak readiness",
    ],
    "marketing": ["Agencies"],
}  # fmt: skip
CLOSED_DAYS = {(12, 25): "Christmas Day", (1, 1): "New Year's Day"}


def tell(story):
    """Finance keeps the days and the rate; the days fall into the story's year wherever that begins."""
    with story.on(-1, 4):
        for domain, names in CATEGORIES.items():
            for name in names:
                actions.add_category(story.elena, name, domain)
        for month in story.months:
            for (month_number, day), name in CLOSED_DAYS.items():
                if month.month == month_number:
                    actions.add_holiday(story.priya, date(month.year, month_number, day), name)
        actions.add_rate(story.priya, "EUR", story.day(1, 1), Decimal("0.86"), "Plan rate")

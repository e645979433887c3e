"""The demonstration's calendar: two days on which nobody at Harbour & Pine works, and finance's rate."""

from datetime import date
from decimal import Decimal

from . import actions

CLOSED_DAYS = {(12, 25): "Christmas Day", (1, 1): "New Year's Day"}


def tell(story):
    """Finance keeps both. The days fall into the story's year wherever that begins."""
    with story.on(-1, 4):
        for month in story.months:
            for (month_number, day), name in CLOSED_DAYS.items():
                if month.month == month_number:
                    actions.add_holiday(story.priya, date(month.year, month_number, day), name)
        actions.add_rate(story.priya, "EUR", story.day(1, 1), Decimal("0.86"), "Plan rate")

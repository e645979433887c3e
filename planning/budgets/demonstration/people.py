"""Next year's plan is begun with its people, one line a side: the sides see each other's totals, not each other's
teams.

A draft counts nothing, so the story's year keeps its numbers.
"""

from .. import actions

TEAMS = {
    "jonas": ("Marketing team", "marketing", [
        {"group": "Brand and campaigns", "fte": "6", "rate": "58000.00"},
        {"group": "Content studio", "fte": ["4"] * 5 + ["5"] * 7, "rate": "49500.00"},
        {"group": "Customer insight", "fte": "2.5", "rate": "63500.00"},
    ]),
    "elena": ("Technology team", "technology", [
        {"group": "Web engineering", "fte": "9", "rate": "78000.00"},
        {"group": "Data platform", "fte": "5", "rate": "84000.00"},
        {"group": "Service desk", "fte": ["3"] * 8 + ["4"] * 4, "rate": "51000.00"},
    ]),
}  # fmt: skip


def tell(story):
    year = story.year + 1
    with story.ago(5):
        budget = actions.create_budget(story.maya, year, f"Joint budget {year}")
    for who, (name, side, people) in TEAMS.items():
        with story.ago(2):
            planner = getattr(story, who)
            actions.add_line(budget, planner, name=name, side=side, category="People", people=people)

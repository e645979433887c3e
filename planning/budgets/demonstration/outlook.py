"""The demonstration's outlook: the year's first forecast was kept, and finance wants 300 k back, so two scenarios are
ready. Neither touches the plan, and no forecast is typed: the story's forecast stays what the books say.
"""

from .. import actions, snapshots

TO_COME = "6-11"


def tell(story):
    with story.on(0, 20):
        snapshots.take(story.budget, story.priya, "When the year began")
    with story.ago(4):
        evenly = actions.create_scenario(
            story.budget,
            story.jonas,
            "A little from everybody",
            "Finance wants 300 k back: every line gives its share.",
        )
        actions.add_step(evenly, story.jonas, "amount", direction="down", amount="300000.00", span=TO_COME)
    with story.ago(3):
        chosen = actions.create_scenario(
            story.budget,
            story.elena,
            "The shop and Black Friday untouched",
            "Finance wants 300 k back: the reserve goes first, then what moves customers least.",
        )
        for name, amount in (
            ("unallocated", "140000.00"),
            ("agency retainer", "60000.00"),
            ("ad technology", "60000.00"),
            ("customer data platform", "40000.00"),
        ):
            line = story.lines[name].pk
            actions.add_step(chosen, story.elena, "amount", direction="down", amount=amount, span=TO_COME, line=line)

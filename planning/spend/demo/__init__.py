"""The demonstration's ledgers and card statements: they bring exactly the actuals of budgets.position.POSITION.

    tell(story)     leaves story.imports, [Import]

Finance brings the ledger of each month early in the next one; in month one people place a vendor's first invoice
"always",
and from then on the rules do it. Two card statements hold 23.4 k of AI copy tools on seven marketing cards and 8.1 k of
monitoring bought by technology, which nobody had approved. Of month seven a few rows wait that no rule knows. Both
sides aim at 2 % of technology spend by the year's end; of the AI tools one is tolerated and one in review. Two payments
look like ones made twice: one is, of the other a planner knows better. From month eight on the accounting system sends
the ledger by itself, to a drop.
"""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from planning.spend import actions, aiming, amnesty, assigning, dropping, repeats, tasks
from planning.spend.models import Entry, Import, Wait
from planning.spend.weighing import weigh_vendors

from . import files

HALF = 6


def tell(story):
    story.imports = []
    for month in range(1, HALF + 1):
        with story.on(month + 1, 3 if month < HALF else 1):
            bring(story, f"ledger-month-{month:02}.csv", files.ledger(story, month))
            place_what_is_new(story)
    for quarter in (1, 2):
        with story.on(quarter * 3 + 1, 4 if quarter == 1 else 1, 12):
            bring(story, f"cards-quarter-{quarter}.csv", files.cards(story, quarter), {"kind": "card"})
            place_what_is_new(story)
    with story.at(story.today, 0):  # however early somebody looks, it is not still to come
        bring(story, "ledger-month-07-to-date.csv", files.waiting(story))
        decide_about_ai_tools(story)
        look_at_repeats(story)
        dropping.open_drop(story.imports[-1].source, story.priya, "Accounting system, each night")
    weigh_vendors(story.workspace)


def decide_about_ai_tools(story):
    aiming.aim(story.daniel, Decimal("2.00"), story.day(12, 28))
    rows = {entry.vendor_name: entry for entry in Entry.objects.of(story.workspace).live()}
    review = amnesty.begin(rows["Copybrook"], story.elena, story.daniel, story.today + timedelta(days=7))
    tolerated = amnesty.begin(rows["Wordtide Studio"], story.elena, story.maya, story.today + timedelta(days=7))
    reason = "The spring catalogue is written with it; replaced by the platform's own editor after that."
    amnesty.decide(tolerated, story.maya, "tolerated", reason, story.today + timedelta(days=60))
    story.amnesties = [review, tolerated]


def look_at_repeats(story):
    freight = Entry.objects.of(story.workspace).live().filter(vendor_name="Gullwing Couriers", amount__gt=0)
    first, again = freight.order_by("posting_date", "pk")
    repeats.dismiss(first, again, story.jonas, "Two pallets of the same weight, sent on two days.")


def bring(story, name, content, mapping=None):
    """Upload a file as finance, and do at once what a worker would."""
    batch = actions.upload(story.priya, SimpleUploadedFile(name, content), mapping)
    tasks.run_import(batch.workspace_id, batch.pk)
    story.imports.append(Import.objects.get(pk=batch.pk))


def place_what_is_new(story):
    """The planners place the first row of each name for good; the rule places the rest."""
    while entry := Entry.objects.of(story.workspace).waiting().filter(waits=Wait.UNMATCHED).first():
        line = files.line_of(entry.vendor_name)
        planner = story.elena if entry.department == files.TECHNOLOGY else story.jonas
        assigning.assign(planner, story.lines[line], [entry.pk], always=True)

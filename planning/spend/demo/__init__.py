"""The demonstration's ledgers and card statements: they bring exactly the actuals of budgets.position.POSITION.

    tell(story)     leaves story.imports, [Import]

Finance brings the ledger of each month early in the next one; in month one people place a vendor's first invoice
"always",
and from then on the rules do it. Two card statements hold 23.4 k of AI copy tools on seven marketing cards and 8.1 k of
monitoring bought by technology, which nobody had approved. Of month seven a few rows wait that no rule knows.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from planning.spend import actions, assigning, tasks
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
    with story.at(story.today, 8):
        bring(story, "ledger-month-07-to-date.csv", files.waiting(story))
    weigh_vendors(story.workspace)


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

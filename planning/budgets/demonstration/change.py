"""One change of the agreed budget on its way: the second test of the channels shall come before Black Friday.

By the matrix: the vendor manager and marketing's technology lead have prepared it, the CIO agrees, finance is asked and
has not answered yet, and the CMO decides when she has. Until then the agreed plan stands, to the penny.
"""

from planning.signoffs.doing import finish

from .. import actions
from .details import in_its_currency
from .position import THOUSAND

MONTHS = [30] * 6 + [35, 45, 40, 40, 35, 35]


def tell(story):
    line = story.lines["channel security"]
    with story.ago(2):
        months = [month * THOUSAND for month in MONTHS]
        actions.edit_line(line, story.elena, **in_its_currency("channel security", months))
        version = actions.propose(
            story.budget, story.elena, "The second penetration test comes in November, before Black Friday.", [line.pk]
        )
    with story.ago(1):
        for task in version.paper.duties.open().filter(letter="R", holder=story.jonas):
            finish(task, story.jonas, "The campaigns of November are planned around it.")
        actions.decide(story.budget, story.daniel, version.number, "approve", note="The testers have the week free.")

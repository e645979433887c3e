"""What the demonstration's lines say more finely, by their name in `position.POSITION`: none of it changes a number.

`kpi` is (key of story.kpis, effect, month by whose end it is due); told without kpis, lines name none.
"""

from decimal import Decimal

from django.core.files.base import ContentFile

from planning.calendar.actions import add_rate

from .. import actions

DETAILS = {
    "customer data platform": {
        "cost_centre": "4100", "account": "6820", "region": "Group", "kpi": ("email", "4", 12),
    },
    "web shop": {"cost_centre": "4200", "account": "0350", "region": "Group", "kpi": ("conversion", "0.35", 12)},
    "e-mail automation": {"cost_centre": "4110", "account": "6820", "region": "Group", "kpi": ("email", "2", 12)},
    "ad technology": {"cost_centre": "3100", "account": "6610", "region": "United Kingdom", "kpi": ("cost", "-3", 9)},
    "agency retainer": {"cost_centre": "3200", "account": "6620", "region": "United Kingdom"},
    "consent": {"cost_centre": "4300", "account": "6830", "region": "Group", "kpi": ("consent", "4", 12)},
    "hosting": {"cost_centre": "4400", "account": "6840", "region": "Group"},
    "unallocated": {"placeholder": True},
}  # fmt: skip
FOREIGN = {"ad technology": ("USD", Decimal("0.80"))}  # its total and months are whole thousands in both
TERMS = """Retainer of the agency, in short
Three people of the agency for the year, twelve equal months, thirty days' notice to the end of a month.
Photography and media are invoiced apart.
"""


def details_of(story, name) -> dict:
    """The further fields of a line, as `actions.add_line` takes them."""
    said = dict(DETAILS.get(name, {}))
    region, kpi = said.pop("region", None), said.pop("kpi", None)
    if region:
        said["dimensions"] = {"Region": region}
    if kpi and hasattr(story, "kpis"):
        key, effect, due = kpi
        said |= {"kpi": story.kpis[key], "kpi_effect": effect, "effect_due": story.day(due, 28)}
    return said


def in_its_currency(name, months) -> dict:
    """The money of a line as `actions.add_line` takes it: the platforms for advertising are bought in dollars."""
    code, rate = FOREIGN.get(name, ("", Decimal(1)))
    total, spread = f"{sum(months) / rate:f}", [f"{month / rate:f}" for month in months]
    return {"currency": code, "original_total": total, "spread": spread} if code else {"total": total, "spread": spread}


def settle(story):
    """Before the plan is drawn: a dimension of the workspace's own, and finance's rate for the plan."""
    actions.add_dimension(story.maya, "Region")
    for code, rate in FOREIGN.values():
        add_rate(story.priya, code, story.workspace.today(), str(rate), "Plan rate of the treasury")


def aim(story):
    """Targets from above, and the paper that the retainer rests on."""
    for side, amount in (("marketing", "3600000.00"), ("technology", "2550000.00")):
        actions.set_target(story.budget, story.priya, side, amount)
    terms = ContentFile(TERMS.encode(), name="agency-retainer-terms.txt")
    actions.attach(story.lines["agency retainer"], story.jonas, terms)

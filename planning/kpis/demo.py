"""The demonstration's shared KPIs: twelve months of readings, confirmed by both sides, and one figure they dispute.

`tell(story)` needs the people of `planning.desk.story` and leaves `story.kpis`, by short name. Day counts are the
story's own: month 1 is the first of its fiscal year, months −5 to 0 lie before it.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from planning.roles.demo import heard
from planning.shared import clock
from planning.shared.periods import add_months
from planning.signoffs.doing import write_no_answer

from . import actions
from .expected import Point
from .terms import Terms

FIRST_MONTH, LAST_MONTH = -5, 6  # readings: six months before the year began, and its six closed ones
LATE = {"cost": 5}  # the last month of this one is the figure in dispute


@dataclass(frozen=True)
class Tale:
    """A KPI of the story: `values` are its twelve monthly readings, `goals` its targets by month of the year."""

    key: str
    name: str
    unit: str
    direction: str
    description: str
    formula: str
    baseline: str
    goals: dict
    values: str
    marketing: str = "jonas"
    technology: str = "elena"
    band: tuple = ()


TALES = [
    Tale(
        "cost", "Acquisition cost", "GBP", "decrease",
        "What a new customer costs, so that growth does not eat its own margin.",
        "Media, agency and tool spend of the month ÷ first orders of the month.",
        "46.80", {6: "42.00", 12: "38.00"},
        "49.10 48.60 48.20 47.90 47.20 46.80 46.10 45.30 44.60 43.40 42.70", "maya", "daniel",
    ),
    Tale(
        "revenue", "Web shop revenue", "GBP k", "increase",
        "Orders placed in the web shop and paid, before returns.",
        "Sum of paid orders by order date, net of tax, from the shop's order table.",
        "2840", {6: "3200", 12: "4100"},
        "2510 2590 2660 2700 2790 2840 2905 2960 3015 3120 3170 3235",
    ),
    Tale(
        "conversion", "Conversion rate", "%", "increase",
        "Visits to the web shop that end in an order.",
        "Orders ÷ visits with consent or without, bots left out, from analytics.",
        "2.05", {3: "2.15", 12: "2.60"},
        "1.92 1.95 1.98 2.01 2.02 2.05 2.08 2.11 2.12 2.14 2.13 2.17",
    ),
    Tale(
        "consent", "Consent rate", "%", "band",
        "Visitors who allow measuring: enough to steer by, not so many that the banner must be pushing.",
        "Visitors who accept measuring ÷ visitors who see the banner.",
        "", {},
        "63.2 64.0 66.1 67.4 68.0 68.9 69.5 70.2 71.0 70.4 71.8 72.3", "jonas", "aiko", ("65.0", "80.0", "3.0"),
    ),
    Tale(
        "speed", "Page speed (LCP)", "s", "decrease",
        "How long the largest part of a page takes to appear, on phones, for three of four visits.",
        "75th percentile of largest contentful paint, phones, field data of the web shop.",
        "3.4", {6: "2.9", 12: "2.5"},
        "3.7 3.6 3.6 3.5 3.4 3.4 3.3 3.3 3.4 3.3 3.3 3.2",
    ),
    Tale(
        "email", "E-mail revenue share", "%", "increase",
        "What the customer data platform and e-mail automation bring back together.",
        "Web shop revenue with an e-mail as last paid or owned touch ÷ web shop revenue.",
        "14.0", {6: "16.5", 12: "20.0"},
        "12.6 12.9 13.1 13.3 13.8 14.0 14.6 15.2 15.9 16.6 17.0 17.8", "maya", "elena",
    ),
    Tale(
        "match", "Customer match rate", "%", "increase",
        "Orders that the data platform can tie to one known customer.",
        "Orders with one customer key ÷ all orders, shops and web.",
        "58.0", {3: "62.0", 12: "75.0"},
        "54.1 55.0 55.8 56.6 57.3 58.0 58.8 60.9 62.4 64.0 65.3 66.1", "jonas", "daniel",
    ),
]  # fmt: skip


def tell(story):
    """The seven KPIs, agreed before the year began, measured every month since, and what is open about them today."""
    story.kpis = {tale.key: define(story, tale) for tale in TALES}
    for tale in TALES:
        measure(story, tale)
    dispute_the_cost(story)
    leave_one_waiting(story)


def define(story, tale):
    """Proposed by its owner in marketing, signed by both keys."""
    with story.on(FIRST_MONTH, 2):
        kpi = actions.create(
            getattr(story, tale.marketing),
            terms(story, tale),
            getattr(story, tale.marketing),
            getattr(story, tale.technology),
        )
    with story.on(FIRST_MONTH, 3, 9):
        actions.sign(kpi, story.daniel, "technology", "approve", 1)
    with story.on(FIRST_MONTH, 3, 15):
        actions.sign(kpi, story.maya, "marketing", "approve", 1)
    return kpi


def terms(story, tale) -> Terms:
    said = {
        "name": tale.name, "direction": tale.direction, "unit": tale.unit, "description": tale.description,
        "formula": tale.formula, "baseline_on": story.day(FIRST_MONTH, 1),
    }  # fmt: skip
    if tale.band:
        low, high, margin = (Decimal(value) for value in tale.band)
        return Terms(**said, band_low=low, band_high=high, band_margin=margin)
    # The way begins with the year, where the year before ended.
    said["baseline_on"] = story.day(1, 1)
    targets = tuple(Point(last_day(story, month), Decimal(value)) for month, value in tale.goals.items())
    return Terms(**said, baseline=Decimal(tale.baseline), targets=targets)


def last_day(story, month):
    return add_months(story.day(1, 1), month) - timedelta(days=1)


def measure(story, tale):
    """Entered by marketing's owner on the third of the next month, confirmed by technology's a day later; once the
    matrix is in force by who holds the role, or their lead, after finance was asked."""
    marketing, technology = getattr(story, tale.marketing), getattr(story, tale.technology)
    for month, value in zip(range(FIRST_MONTH, LATE.get(tale.key, LAST_MONTH) + 1), tale.values.split(), strict=True):
        with story.on(month + 1, 3):
            reading = actions.enter(story.kpis[tale.key], marketing, last_day(story, month), value, confirm=True)
        if waits(tale, month):
            let_it_pass(story, reading)
            continue
        with story.on(month + 1, 4):
            named = technology if technology.is_lead or reading.matrix is None else story.elena
            actions.confirm(heard(reading, "As in the ledger."), named)


def let_it_pass(story, reading):
    """Finance is asked and says nothing: three business days later that is written down, and A can confirm."""
    question = reading.paper and reading.paper.duties.open().filter(letter="C").select_related("workspace").first()
    if question and question.due_at < story.workspace.now():
        with clock.at(question.due_at + timedelta(minutes=5)):
            write_no_answer(question)


def waits(tale, month) -> bool:
    return tale.key == "match" and month == LAST_MONTH


def dispute_the_cost(story):
    """38.20 or 44.10: returns counted or not. The point is hollow until they agree."""
    kpi = story.kpis["cost"]
    with story.ago(7):
        reading = actions.enter(
            kpi, story.maya, last_day(story, LAST_MONTH), "38.20", note="All first orders of the month.", confirm=True
        )
        heard(reading, "The ledger has returns by the day of the order; both can be worked out.")
    with story.ago(6):
        actions.dispute(
            reading, story.daniel, "Orders that came back within 30 days are counted as customers.", "44.10"
        )


def leave_one_waiting(story):
    """Page speed gets a sharper target, which waits for marketing's key."""
    kpi, tale = story.kpis["speed"], next(tale for tale in TALES if tale.key == "speed")
    agreed = terms(story, tale)
    sharper = (agreed.targets[0], agreed.targets[1]._replace(value=Decimal("2.3")))
    with story.ago(3):
        asked = actions.revise(
            kpi, story.elena, Terms(**(agreed.columns() | {"targets": sharper})),
            "The shop's new image service makes 2.3 seconds possible before Black Friday.",
        )  # fmt: skip
        heard(asked, "2.3 is in reach.")
    with story.ago(2):
        actions.sign(kpi, story.daniel, "technology", "approve", 2)

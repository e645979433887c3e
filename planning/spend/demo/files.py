"""The invented files themselves: the same rows every time, dated into the demonstration's year."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

from planning.budgets.demonstration.position import POSITION, THOUSAND
from planning.shared.money import split
from planning.vendors.demo import SELLS

MARKETING, TECHNOLOGY = "Marketing", "Technology"
LEDGER = ["Posting date", "Supplier name", "Document number", "Net amount", "Department", "Category", "Account"]
CARDS = ["Transaction date", "Merchant", "Net amount", "Department", "Category", "Description"]
# How the ledger spells vendors of the register.
SPELLED = {
    "Tidewater Data": "TIDEWATER DATA INC.",
    "Fjordshop": "Fjordshop AB",
    "Postbird": "Postbird GmbH",
    "Beacon Ads": "Beacon Advertising",
    "Halden & Frost": "HALDEN AND FROST LLP",
    "Clearbay Analytics": "Clearbay",
    "Yes&No Consent": "YesNo Consent Ltd",
    "Palisade Security": "Palisade Sec.",
    "Northstack Hosting": "NORTHSTACK CLOUD",
}
# Weights of a month's invoices: one vendor bills in three parts, another in two.
PARTS = ((7, 2, 1), (3, 2), (5, 3, 1))
# Unapproved, on cards: a month's amount in thousands, its merchants with their weights, the cards they were paid with.
AI = ("agency retainer", MARKETING, "Artificial intelligence tools", Decimal("3.9"),
      [("Inkfinch AI", 5), ("Copybrook", 4), ("Wordtide Studio", 4), ("Inkfinch AI", 3),
      ("Slogan Otter", 2), ("Copybrook", 2),
      ("Wordtide Studio", 1)],
      ["4821", "1937", "7702", "5518", "0964", "3346", "8150"])  # fmt: skip
MONITORING = (
    "hosting",
    TECHNOLOGY,
    "Monitoring",
    Decimal("1.35"),
    [("Pulsewatch", 2), ("Lanternlog", 1)],
    ["6203", "6203"],
)
CARD_LINES = {merchant: part[0] for part in (AI, MONITORING) for merchant, _weight in part[4]}
WAITING = [
    (2, "Skerry Print & Post", "SP-20771", "3184.60", MARKETING, "Print"),
    (3, "Nordlys Photo", "NP-118", "2650.00", MARKETING, "Photography"),
    (4, "Gullwing Couriers", "GC-5520", "412.35", MARKETING, "Freight"),
    (4, "Cindergate Systems", "CS-90031", "1890.00", TECHNOLOGY, "Software licences"),
    (5, "Gullwing Couriers", "GC-5547", "-38.20", MARKETING, "Freight"),
    (5, "Nordlys Photo", "NP118", "2650.00", MARKETING, "Photography"),
    (6, "Gullwing Couriers", "GC-5561", "412.35", MARKETING, "Freight"),
]


def ledger(story, month: int) -> bytes:
    """The ledger of a month: what its lines spent, less what went through cards."""
    rows = []
    for number, (name, vendors) in enumerate(SELLS.items()):
        spent = POSITION[name]["actual"][month - 1] * THOUSAND - on_cards(name)
        if spent > 0:
            weights = PARTS[(number + month) % len(PARTS)]
            for part, amount in enumerate(split(spent, weights, story.workspace.currency)):
                rows.append(invoice(story, name, vendors[0], number, month, part, amount))
    return written(LEDGER, sorted(rows))


def invoice(story, name, vendor, number, month, part, amount):
    facts = POSITION[name]
    department = TECHNOLOGY if facts["side"] == "technology" or name == "hosting" else MARKETING
    day = story.day(month, 20 + (number + 2 * part) % 8)
    return [day.isoformat(), SPELLED.get(vendor, vendor), f"{number + 11}{month:02}{part + 1}", f"{amount:.2f}",
    department,
            facts["category"], f"{6100 + number * 10}"]  # fmt: skip


def on_cards(name) -> Decimal:
    return sum((part[3] * THOUSAND for part in (AI, MONITORING) if part[0] == name), Decimal(0))


def cards(story, quarter: int) -> bytes:
    """The card statements of a quarter."""
    rows = []
    for month in range(quarter * 3 - 2, quarter * 3 + 1):
        for _line, department, category, thousands, merchants, numbers in (AI, MONITORING):
            amounts = split(thousands * THOUSAND, [weight for _name, weight in merchants], story.workspace.currency)
            for place, ((merchant, _weight), card, amount) in enumerate(zip(merchants, numbers, amounts, strict=True)):
                day = story.day(month, 4 + 3 * place)
                rows.append([day.isoformat(), merchant, f"{amount:.2f}", department, category, f"Card ending {card}"])
    return written(CARDS, sorted(rows))


def waiting(story) -> bytes:
    """Rows of the month that runs, of names no rule knows; all before today."""
    start = max(story.day(7, 1), story.today - timedelta(days=6))
    rows = [
        [
            min(start + timedelta(days=days - 2), story.today).isoformat(),
            vendor,
            document,
            amount,
            department,
            category,
            "6990",
        ]
        for days, vendor, document, amount, department, category in WAITING
    ]
    return written(LEDGER, rows)


def line_of(vendor_name: str) -> str:
    """The budget line that buys from this name."""
    own = {SPELLED.get(vendor, vendor): line for line, vendors in SELLS.items() for vendor in vendors}
    return (own | CARD_LINES)[vendor_name]


def written(heads, rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return text.getvalue().encode()

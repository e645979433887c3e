"""The demonstration's vendors, invented, and their contracts.

    tell(story)     leaves story.vendors, {name: Vendor}, and story.contracts, {vendor's name: Contract}

`SELLS` says which vendors a budget line buys from (the lines of budgets.position.POSITION): purchases and the ledger of
spend read it. The 312 k data-platform contract renews itself unless stopped within 12 days;
41 % of its seats are used.
"""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from planning.calendar.models import Category
from planning.kpis.models import Kpi
from planning.people.models import Member

from . import actions, keeping, scoring
from .assessing import assess
from .contracts import add_contract, amend_contract, renew_by_itself
from .finding import called
from .importing.acting import bring_register
from .merging.acting import merge
from .merging.finding import look_for_twins
from .models import Contract
from .notice_dates import months_after
from .promises import add_service_level, note_attainment

SELLS = {
    "customer data platform": ("Tidewater Data",),
    "web shop": ("Fjordshop", "Birchline Studio"),
    "e-mail automation": ("Postbird",),
    "ad technology": ("Beacon Ads", "Lumen Reach"),
    "agency retainer": ("Halden & Frost",),
    "analytics": ("Clearbay Analytics",),
    "consent": ("Yes&No Consent",),
    "channel security": ("Palisade Security",),
    "hosting": ("Northstack Hosting",),
    "Black Friday readiness": ("Stormproof Testing",),
}
# name: (aliases, data, standing, owner in marketing, owner in technology, category)
VENDORS = {
    "Tidewater Data": (["Tidewater Data Inc.", "TDWTR"], "personal", "allowed", "jonas", "elena", "Data and analytics"),
    "Fjordshop": (["Fjordshop AB"], "personal", "preferred", "jonas", "elena", "Web shop"),
    "Birchline Studio": ([], "none", "allowed", "jonas", None, "Photography and film"),
    "Postbird": (["Postbird GmbH", "PSTBRD*MAIL"], "personal", "preferred", "jonas", "elena", "E-mail and automation"),
    "Beacon Ads": (["Beacon Advertising"], "internal", "allowed", "jonas", None, "Advertising technology"),
    "Lumen Reach": ([], "internal", "warn", "jonas", None, "Advertising technology"),
    "Halden & Frost": (["Halden and Frost LLP"], "internal", "preferred", "jonas", None, "Creative agency"),
    "Clearbay Analytics": (["Clearbay"], "internal", "allowed", "jonas", "elena", "Analytics tools"),
    "Yes&No Consent": (["YesNo Consent"], "personal", "allowed", "jonas", "elena", "Consent and preference"),
    "Palisade Security": (["Palisade Sec."], "internal", "preferred", None, "elena", "Channel security"),
    "Northstack Hosting": (["Northstack", "NORTHSTACK CLOUD"], "personal", "allowed", None, "elena", "Cloud services"),
    "Stormproof Testing": ([], "none", "allowed", "jonas", "elena", "Audits and tests"),
    "Mirrorleaf": ([], "personal", "allowed", "jonas", None, "Personalisation and testing"),
    "Trailmark": ([], "internal", "allowed", None, "elena", "Analytics tools"),
}
# vendor: (title, thousands a term, days until the last day for notice, seats bought, seats used)
CONTRACTS = {
    "Tidewater Data": ("Customer data platform", 312, 12, 200, 82),
    "Yes&No Consent": ("Consent manager", 84, 34, None, None),
    "Fjordshop": ("Shop platform", 240, 55, 60, 57),
    "Northstack Hosting": ("Managed hosting", 204, 78, None, None),
    "Postbird": ("E-mail sending", 132, 104, 25, 21),
    "Clearbay Analytics": ("Analytics suite", 126, 151, 80, 66),
    "Palisade Security": ("Web protection", 118, 198, None, None),
    "Beacon Ads": ("Bid management", 96, 243, 12, 9),
}
PROMISED = [
    ("Available", "least", "99.9", "%", ("99.95", "99.92", "99.97", "99.4", "99.93", "99.91")),
    ("Answer to urgent tickets", "most", "4", "h", ("3", "3.5", "6", "4", "2.5", "5")),
]
TOUCHED = [("Customer profiles", "personal", "the golden record"), ("Web shop events", "internal", "clicks, baskets")]
SAID = {
    "use": "82 of 200 seats; nobody outside the CRM team since spring.",
    "security": "Reviewed, nothing open.",
    "overlap": "The audiences of Clearbay Analytics do half of it.",
}
# A list somebody kept on the side, looked at and not taken in yet.
STUDIOS = """Supplier,Contract number,Title,Start date,End date,Value
Gullwing Studio,GS-14,Product photography,2026-01-01,2026-12-31,14200.00
Birchline Studio,BL-3,Season films,2026-03-01,2027-02-28,31800.00
Copperleaf Print,CP-7,Store posters,2026-05-01,2026-04-30,6400.00
"""
SPELLED_TWICE = ("Postbird Mail", "Clear Bay Analytics", "Northstack Hosting Services")
MISSED = ("Lumen Reach", "Audience tool", 18)
NOTICE_DAYS = 90


def tell(story):
    with story.on(-1, 5):
        story.vendors = {name: register(story, name, *facts) for name, facts in VENDORS.items()}
        review(story)
    with story.on(1, 3):
        story.contracts = {name: contract(story, name, *facts) for name, facts in CONTRACTS.items()}
    missed(story)
    with story.on(3, 9):
        spelled_twice(story)
    with story.at(story.today, 0):
        terms_in_detail(story)
    with story.ago(20):
        marks(story)


def terms_in_detail(story):
    """The contract to decide about: what it promised and attained, what it will cost, what technology says of it."""
    contract, vendor = story.contracts["Tidewater Data"], story.vendors["Tidewater Data"]
    kpi = Kpi.objects.of(story.workspace).order_by("pk").first()
    amend_contract(
        contract, story.elena, reference="TD-2291", indexation="index", index_percent=Decimal(6),
        index_cap=Decimal(5), kpi=kpi,
    )  # fmt: skip
    for name, aim, target, unit, values in PROMISED:
        level = add_service_level(contract, story.elena, name, aim, Decimal(target), unit)
        for back, value in enumerate(values, start=-len(values)):
            month = months_after(story.today.replace(day=1), back)
            note_attainment(level, story.elena, month, Decimal(value))
    for name, data_class, purpose in TOUCHED:
        keeping.add_system(vendor, story.elena, name, data_class, purpose)
    paper = SimpleUploadedFile("tidewater-data-processing.txt", b"Data processing agreement, signed by both parties.")
    keeping.file_document(vendor, story.elena, paper, "processing", months_after(story.today, 8), contract)
    assess(contract, story.elena, SAID)
    bring_register(story.elena, SimpleUploadedFile("studio-contracts.csv", STUDIOS.encode()))


def marks(story):
    """One round is closed and shown; in the other only technology has spoken."""
    done = scoring.ask_marks(story.vendors["Postbird"], story.elena)
    give(story.jonas, done, (5, 4, 4, 4, 5), "Never late.")
    give(story.elena, done, (4, 5, 4, 3, 4), "")
    give(story.elena, scoring.ask_marks(story.vendors["Tidewater Data"], story.elena), (3, 3, 2, 4, 3), "Dear.")


def give(member, card, given, words):
    scoring.give_marks(card, member, dict(zip(scoring.QUESTIONS, given, strict=True)), words)


def spelled_twice(story):
    """Requests and cards bring spellings along: one was merged, two wait for somebody to say whether they are one."""
    for name in SPELLED_TWICE:
        actions.register(story.jonas, name, data_class="internal", marketing_owner=story.jonas)
    merge(called(story.workspace, "Postbird Mail"), story.vendors["Postbird"], story.elena, "Same bank account.")
    look_for_twins(story.workspace)


def register(story, name, aliases, data_class, standing, marketing, technology, category):
    owners = {"marketing_owner": marketing, "technology_owner": technology}
    return actions.register(
        story.elena, name, aliases=aliases, data_class=data_class, standing=standing,
        category=Category.objects.of(story.workspace).get(name=category),
        **{field: getattr(story, key) if key else None for field, key in owners.items()},
    )  # fmt: skip


def review(story):
    """Security has looked at everybody with customer data, but not at the newcomer."""
    security = Member.objects.of(story.workspace).filter(holds__contains=["security"]).first()
    for name, vendor in story.vendors.items():
        if vendor.data_class == "personal" and name != "Mirrorleaf":
            actions.review(
                vendor, security, "personal", months_after(story.today, 8), "Data processing agreement in place."
            )


def contract(story, name, title, thousands, days, bought, used):
    """Notice in days, so that the last day for it is exactly as many days from today as the story says."""
    ends_on = months_after(months_after(story.today + timedelta(days=days + NOTICE_DAYS), -12), 12)
    return add_contract(
        story.vendors[name], story.elena, title=title, starts_on=months_after(ends_on, -12), term_months=12,
        renewal=Contract.Renewal.TACIT, renewal_months=12, notice_unit=Contract.Unit.DAYS,
        notice_count=(ends_on - story.today).days - days, value=f"{thousands}000.00", currency=story.workspace.currency,
        seats_bought=bought, seats_used=used,
    )  # fmt: skip


def missed(story):
    """One that nobody looked at: it renewed by itself last month."""
    name, title, thousands = MISSED
    with story.on(1, 4):
        story.contracts[name] = add_contract(
            story.vendors[name], story.jonas, title=title, starts_on=story.day(-6, 15), term_months=12,
            renewal=Contract.Renewal.TACIT, renewal_months=12, notice_count=1, notice_unit=Contract.Unit.MONTHS,
            value=f"{thousands}000.00", currency=story.workspace.currency,
        )  # fmt: skip
    with story.on(6, 16):
        renew_by_itself(story.contracts[name])

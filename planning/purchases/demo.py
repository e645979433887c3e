"""The demonstration's purchases: they make the commitments and reservations of budgets.position.POSITION exactly.

    tell(story)     leaves story.purchases, {title: Purchase}

In month one both sides approve what each line buys in the first half-year; those are invoiced and closed before month
seven. In month six they approve the second half: the commitments. Two wait: a 48 k personalisation tool six days
for technology, a 72 k tracking budget four days for marketing.
"""

from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from planning.budgets.demonstration.position import FIRST_OPEN, POSITION, THOUSAND
from planning.files.storing import store
from planning.roles.demo import heard
from planning.vendors.demo import SELLS

from . import actions

HALF = 6
HUNDREDS = Decimal("1e2")
TITLES = {
    "customer data platform": "Data platform, {half}",
    "web shop": "Shop platform and build, {half}",
    "e-mail automation": "E-mail sending, {half}",
    "ad technology": "Bid management, {half}",
    "agency retainer": "Agency retainer, {half}",
    "analytics": "Analytics suite, {half}",
    "consent": "Consent manager, {half}",
    "channel security": "Web protection, {half}",
    "hosting": "Managed hosting, {half}",
    "Black Friday readiness": "Load tests before Black Friday",
}
EXTRAS = {
    "web shop": "Peak-season shop sprints",
    "agency retainer": "Autumn campaign production",
    "consent": "Consent texts for new markets",
    "channel security": "Penetration tests",
    "hosting": "Peak capacity",
}
EMERGENCIES = {"hosting": "The shop went down twice on Saturday; without more capacity it will again."}
OFFER = """Mirrorleaf Ltd., offer 2207

Personalisation for one web shop, up to 2 million visits a month, set-up and training included:
48,000.00 GBP net a year.
Customer profiles stay in the European Union. Valid for sixty days.
"""
# Of the first half-year's actuals nobody had approved these; see spend.demo.
UNAPPROVED = {"agency retainer": Decimal("23.4"), "hosting": Decimal("8.1")}


def tell(story):
    story.purchases = {}
    for row, name in enumerate(POSITION):
        if name in SELLS and sum(POSITION[name]["actual"]):
            first_half(story, name, day=2 + row)
    for row, name in enumerate(POSITION):
        if name in SELLS and POSITION[name]["committed"]:
            second_half(story, name, day=3 + row)
    refused(story)
    personalisation(story)
    tracking(story)
    drafts(story)


def first_half(story, name, day):
    """Approved in month one, for what the line then spent a month on average; closed when it was invoiced."""
    spent = sum(POSITION[name]["actual"]) - UNAPPROVED.get(name, 0)
    monthly = (spent * THOUSAND / HALF).quantize(HUNDREDS, ROUND_FLOOR)
    purchase = bought(story, name, TITLES[name].format(half="first half"), monthly, price="month", term_months=HALF,
                      needed_by=story.day(1, 1), asked=(1, day))  # fmt: skip
    with story.on(1, day + 4):
        actions.order(purchase, requester(story, name))
    with story.on(6, 26):
        actions.receive(purchase, requester(story, name))
    with story.on(6, 27):
        actions.invoice(purchase, story.priya)
    with story.on(6, 28):
        actions.close(purchase, story.priya, "All six invoices are in.")


def second_half(story, name, day):
    """The same amount every month, and what some months need above it as one-off purchases."""
    months = POSITION[name]["committed"]
    first, base = min(months), min(months.values())
    purchase = bought(story, name, TITLES[name].format(half="second half"), base * THOUSAND, price="month",
                      term_months=len(months), needed_by=month_of(story, first), asked=(6, day))  # fmt: skip
    for start, length, above in runs({month: amount - base for month, amount in months.items() if amount > base}):
        until = month_of(story, start + length - 1)
        bought(story, name, f"{EXTRAS[name]}, until {until:%B}", above * THOUSAND, price="month", term_months=length,
               needed_by=month_of(story, start), asked=(6, day + 1), vendor=SELLS[name][-1],
               emergency=EMERGENCIES.get(name))  # fmt: skip
    with story.on(6, 24):
        actions.order(purchase, requester(story, name))


def runs(months):
    """[(first month, number of months, amount)] of neighbouring months with one amount."""
    found = []
    for month, amount in sorted(months.items()):
        if found and found[-1][0] + found[-1][1] == month and found[-1][2] == amount:
            found[-1][1] += 1
        else:
            found.append([month, 1, amount])
    return found


def bought(story, name, title, amount, *, asked, vendor=None, emergency=None, **terms):
    """Asked for by the line's own side, approved by every seat in the next two days; an `emergency` at once by Daniel,
    and by the others afterwards."""
    month, day = asked
    with story.on(month, day):
        purchase = ask(story, name, title, amount, vendor, **terms)
        if emergency:
            purchase = actions.rush(purchase, story.daniel, "outage", emergency)
    for days, hour in ((1, 11), (2, 9)):
        with story.on(month, day + days, hour):
            seats = [seat for seat in purchase.paper.seats.all() if seat.is_open]
            for seat in seats[: len(seats) // 2 + 1] if days == 1 else seats:
                purchase = turn(story, purchase, seat)
    return purchase


def ask(story, name, title, amount, vendor=None, by=None, **terms):
    seller = story.vendors[vendor or SELLS[name][0]]
    drafted = actions.draft(
        by or requester(story, name), title=title, vendor=seller, amount=f"{amount:.2f}",
        data_class=seller.data_class,
        items=[{"line": story.lines[name].pk}], **terms,
    )  # fmt: skip
    story.purchases[title] = heard(actions.submit(drafted, drafted.requester))
    return story.purchases[title]


def turn(story, purchase, seat, verdict="approve", note="", **condition):
    decider = seat.holder or getattr(story, DECIDERS[seat.name])
    fingerprint = purchase.paper.fingerprint
    return actions.decide(purchase, decider, seat.name, verdict, purchase.version, note, fingerprint, **condition)


DECIDERS = {"marketing": "maya", "technology": "daniel", "finance": "priya", "security": "aiko", "legal": "ruth"}


def requester(story, name):
    return story.elena if POSITION[name]["side"] == "technology" or name == "hosting" else story.jonas


def month_of(story, number):
    return story.day(number, 1)


# ── What waits ───────────────────────────────────────────────────────────────────────────────────────────────────────
def personalisation(story):
    """48 k from the web shop in month nine. Everybody has decided but technology, whom it has waited six days for."""
    with story.ago(6, 9):
        purchase = ask(
            story, "web shop", "Personalisation tool", 48000, "Mirrorleaf", by=story.jonas, category="Web and commerce",
            needed_by=month_of(story, 9), technology="yes", quotes=[store(upload(), story.jonas)],
            reason="Shows returning visitors what goes with what they bought. The autumn plan counts on it.",
        )  # fmt: skip
    all_but(story, purchase, "technology", days=5)


def upload():
    return SimpleUploadedFile("Mirrorleaf offer.txt", OFFER.encode())


def tracking(story):
    """72 k from analytics in month eight. Everybody has decided but marketing, whom it has waited four days for."""
    with story.ago(4, 9):
        purchase = ask(
            story, "analytics", "Server-side tracking", 72000, "Trailmark", by=story.elena, category="Analytics",
            needed_by=month_of(story, 8),
            reason="Measurement that keeps working when browsers drop third-party cookies.",
        )  # fmt: skip
    promise = {
        "condition": "The consent texts say that measurement runs on our server",
        "condition_due": story.day(8, 20),
    }
    all_but(story, purchase, "marketing", days=3, on={"technology": promise})


def all_but(story, purchase, waiting_for, days, on=None):
    with story.ago(days, 15):
        for seat in purchase.paper.seats.all():
            if seat.name != waiting_for:
                purchase = turn(story, purchase, seat, **(on or {}).get(seat.name, {}))
    story.purchases[purchase.title] = purchase


def refused(story):
    """What did not happen, and gave its money back."""
    with story.on(4, 6):
        purchase = ask(
            story, "ad technology", "Influencer marketplace", 36000, "Lumen Reach", needed_by=month_of(story, 5)
        )
    with story.on(4, 8):
        seat = next(seat for seat in purchase.paper.seats.all() if seat.name == "finance")
        turn(
            story,
            purchase,
            seat,
            "reject",
            "The audience tool of the same vendor is used by four people; show its effect first.",
        )
    with story.on(5, 12):
        taken = ask(story, "web shop", "Gift-card module", 19500, "Fjordshop", needed_by=month_of(story, 6))
    with story.on(5, 14):
        actions.withdraw(taken, story.jonas, "Part of the platform from next month on.")


def drafts(story):
    """Begun and not sent: they count nothing."""
    with story.at(story.today - timedelta(days=1), 15):
        actions.draft(
            story.jonas, title="Adviser for a change of agency", amount="9500.00", data_class="none",
            items=[{"line": story.lines["agency retainer"].pk}], needed_by=month_of(story, FIRST_OPEN + 3),
            restricted=True, reason="The agency must not hear of it before the pitch is decided.",
        )  # fmt: skip
    with story.at(story.today - timedelta(days=1), 16):
        actions.draft(
            story.jonas, title="Store-visit measurement", vendor=story.vendors["Beacon Ads"], amount="14500.00",
            data_class="internal", items=[{"line": story.lines["ad technology"].pk}],
            needed_by=month_of(story, FIRST_OPEN + 2),
        )  # fmt: skip
        actions.draft(
            story.elena, title="Backup of the product catalogue", vendor=story.vendors["Northstack Hosting"],
            amount="750.00", price="month", term_months=12, renews="tacit", data_class="none",
            items=[{"line": story.lines["hosting"].pk}], needed_by=month_of(story, FIRST_OPEN + 1),
        )  # fmt: skip

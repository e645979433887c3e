"""Where Harbour & Pine's money stands at the start of month seven: the numbers that the demonstration's rooms share.

Amounts in thousands of the workspace's currency; months are numbers of the fiscal year (1-12), months one to six
closed. Per line: its owner `side`, the funding `shares` (marketing, technology) in percent, the plan of twelve
`months`, the `actual` of months one to six, what is `committed` by month (approved purchases not yet invoiced) and
`reserved` by month (requests that wait), and whether its forecast goes on at the rate of the last three months
(`steady`). Actuals, commitments and reservations fall on the sides by the line's shares.

In all: plan 6,000 (marketing 3,498, technology 2,502) = actual 2,710 + committed 1,460 + reserved 120 + free 1,710;
the forecast, actuals + commitments by service month + remaining plan, is 6,180. `budgets.demo` sets the plan, spend's
ledger file brings the actuals, the demonstration's purchases the commitments and reservations; a test adds it all up.
"""

from decimal import Decimal as D

THOUSAND = D(1000)
FIRST_OPEN = 7  # the month that is today's


def from_seven(*amounts):
    """{month: amount} of months seven to twelve, months without an amount left out."""
    return {FIRST_OPEN + row: D(amount) for row, amount in enumerate(amounts) if amount}


def line(category, side, shares, months, actual, committed, reserved=None, steady=False):
    return {
        "category": category,
        "side": side,
        "shares": tuple(D(share) for share in shares),
        "months": [D(month) for month in months],
        "actual": [D(month) for month in actual],
        "committed": committed,
        "reserved": {month: D(amount) for month, amount in (reserved or {}).items()},
        "steady": steady,
    }


NOTHING = [0] * 6
POSITION = {
    # The 312 k data-platform contract of the year: half of it invoiced, 26 a month still committed.
    "customer data platform": line(
        "Data platform", "joint", (60, 40), [75] * 12, [78] * 6, from_seven(26, 26, 26, 26, 26, 26)
    ),
    # The 48 k personalisation tool has waited six days for technology.
    "web shop": line(
        "Web and commerce",
        "joint",
        (50, 50),
        [80] * 6 + [80, 90, 110, 130, 120, 90],
        [76, 82, 84, 88, 90, 92],
        from_seven(50, 50, 60, 70, 60, 50),
        {9: 48},
    ),
    "e-mail automation": line(
        "Marketing automation",
        "joint",
        (80, 20),
        [40] * 12,
        [39, 39, 39, 39, 40, 40],
        from_seven(20, 20, 20, 20, 20, 20),
    ),
    "ad technology": line(
        "Advertising technology",
        "marketing",
        (100, 0),
        [40, 40, 40, 45, 45, 50, 45, 45, 55, 70, 90, 55],
        [46, 48, 50, 54, 58, 62],
        from_seven(16, 16, 16, 16, 16, 16),
    ),
    # 23.4 k of AI copy tools, on seven cards and approved by nobody, are among these actuals.
    "agency retainer": line(
        "Agencies",
        "marketing",
        (100, 0),
        [63, 63, 63, 63, 64, 64, 63, 63, 63, 63, 64, 64],
        [54, 56, 61, 77, 77, 77],
        from_seven(48, 48, 48, 48, 49, 49),
        steady=True,
    ),
    # The tracking budget, 72 k, has waited four days for marketing.
    "analytics": line(
        "Analytics",
        "joint",
        (40, 60),
        [45, 45, 50, 50, 50, 50] + [60] * 6,
        [40, 42, 44, 46, 48, 48],
        from_seven(22, 22, 22, 22, 22, 22),
        {8: 72},
    ),
    "consent": line(
        "Consent and privacy",
        "joint",
        (50, 50),
        [15, 15, 20, 20, 20, 20, 20, 20, 20, 20, 25, 25],
        [14, 14, 16, 18, 18, 18],
        from_seven(7, 7, 7, 7, 8, 8),
    ),
    "channel security": line(
        "Security",
        "technology",
        (0, 100),
        [30] * 6 + [35, 35, 40, 40, 40, 40],
        [31, 32, 32, 33, 34, 34],
        from_seven(19, 19, 20, 20, 20, 20),
    ),
    # 8.1 k of monitoring, bought by technology and approved by nobody, are among these actuals.
    "hosting": line(
        "Hosting",
        "joint",
        (20, 80),
        [37] * 9 + [61, 73, 53],
        [34, 35, 35, 36, 36, 36],
        from_seven(16, 16, 18, 18, 18, 18),
    ),
    "Black Friday readiness": line(
        "Peak readiness", "joint", (50, 50), [0] * 7 + [30, 50, 60, 40, 0], NOTHING, from_seven(0, 0, 20, 20, 20)
    ),
    "unallocated": line("Unallocated", "joint", (50, 50), [0] * 11 + [140], NOTHING, {}),
}

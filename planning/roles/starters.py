"""Ready activities for the work that both sides do, with the letters that pairs usually agree on."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from planning.calendar.models import Domain

from .sheets import ActivityRow, RoleRow

ROLES = {
    "cmo": (N_("Chief marketing officer"), "marketing"),
    "martech-lead": (N_("Marketing technology lead"), "marketing"),
    "campaign-manager": (N_("Campaign manager"), "marketing"),
    "content-lead": (N_("Content lead"), "marketing"),
    "cio": (N_("Chief information officer"), "technology"),
    "platform-lead": (N_("Platform lead"), "technology"),
    "vendor-manager": (N_("Vendor manager"), "technology"),
    "security": (N_("Information security"), "technology"),
    "data-lead": (N_("Data lead"), "technology"),
    "finance-partner": (N_("Finance partner"), "finance"),
}


@dataclass(frozen=True)
class Starter:
    """One activity. `letters` is written as "role:LETTERS" words; amounts in whatever the workspace plans in."""

    key: str
    area: str
    name: str
    letters: str
    low: Decimal | None = None
    high: Decimal | None = None
    routes: str = ""
    joint: bool = True
    domain: str = ""

    def pairs(self) -> dict[str, str]:
        return dict(word.split(":") for word in self.letters.split())

    def roles(self) -> list[RoleRow]:
        return [RoleRow(_(ROLES[key][0]), ROLES[key][1], key) for key in self.pairs()]

    def row(self) -> ActivityRow:
        return ActivityRow(
            _(self.name), self.pairs(), self.key, _(self.area), self.joint, self.low, self.high, self.routes,
            self.domain,
        )  # fmt: skip


TECHNOLOGY, LAUNCH, CONTENT = N_("Technology"), N_("Launches"), N_("Content and platform")
CONTRACTS, DATA, MONEY, PEOPLE = N_("Contracts"), N_("Customer data"), N_("Money and measures"), N_("People")
BAND = Decimal(25000)

STARTERS = (
    Starter("choose-technology", TECHNOLOGY, N_("Choose marketing technology"),
            "cmo:A martech-lead:R cio:G platform-lead:C security:C finance-partner:I"),
    Starter("buy-technology", TECHNOLOGY, N_("Buy technology"),
            "martech-lead:A vendor-manager:R cio:G finance-partner:I", None, BAND, "purchase",
            domain=Domain.TECHNOLOGY),
    Starter("buy-technology-large", TECHNOLOGY, N_("Buy technology"),
            "cmo:A martech-lead:R vendor-manager:R cio:G security:C finance-partner:C", BAND, None, "purchase",
            domain=Domain.TECHNOLOGY),
    Starter("test-function", LAUNCH, N_("Test a launch: the function"),
            "cmo:I campaign-manager:AR platform-lead:G cio:I", routes="launch"),
    Starter("test-back-end", LAUNCH, N_("Test a launch: the back end"),
            "campaign-manager:G platform-lead:R cio:A cmo:I", routes="launch"),
    Starter("publish-content", CONTENT, N_("Write and publish content"),
            "content-lead:AR campaign-manager:C platform-lead:G cio:I"),
    Starter("change-platform", CONTENT, N_("Change the content platform"),
            "cio:A platform-lead:R content-lead:G campaign-manager:C cmo:I"),
    Starter("sign-contract", CONTRACTS, N_("Agree contract and service levels"),
            "cmo:G martech-lead:C cio:A vendor-manager:R security:C finance-partner:I"),
    Starter("data-access", DATA, N_("Grant access to customer data"),
            "data-lead:R cio:A cmo:G security:C campaign-manager:I"),
    Starter("breach-statement", DATA, N_("Data breach: the statement"),
            "cmo:A content-lead:R cio:G security:C finance-partner:I", routes="launch"),
    Starter("breach-fix", DATA, N_("Data breach: the fix"),
            "cio:A security:R platform-lead:R cmo:G content-lead:I", routes="launch"),
    Starter("change-budget", MONEY, N_("Change the joint budget"),
            "cmo:A martech-lead:R cio:G vendor-manager:R finance-partner:C", routes="budget"),
    Starter("define-kpi", MONEY, N_("Define a shared KPI"),
            "cmo:A campaign-manager:R data-lead:R cio:G finance-partner:C", routes="kpi"),
    Starter("confirm-reading", MONEY, N_("Confirm a reading of a shared KPI"),
            "campaign-manager:R martech-lead:G platform-lead:A finance-partner:C cmo:I cio:I", routes="reading"),
    Starter("settle-review-item", MONEY, N_("Settle an item of the joint review"),
            "cmo:A martech-lead:R cio:G finance-partner:I", routes="review"),
    Starter("hire-shared-roles", PEOPLE, N_("Hire for shared roles"),
            "cmo:A martech-lead:R cio:G platform-lead:C finance-partner:I"),
)  # fmt: skip

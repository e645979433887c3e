"""Which approvers does a purchase need, and why? Pure: the same facts give the same seats with the same reasons.

The rules a new workspace starts with. Amounts are net total contract value in the workspace's currency; a band begins
at its limit: exactly 25,000.00 needs both sides, 24,999.99 does not.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.templatetags.money import money
from planning.vendors.models import SENSITIVE

from .models import Renews

RULES = "defaults-1"
BOTH_FROM = Decimal(25000)
FINANCE_FROM = Decimal(10000)
LEGAL_OVER_MONTHS = 12
SIDES = ("marketing", "technology")
SEATS = (*SIDES, "finance", "security", "legal")


@dataclass(frozen=True)
class Facts:
    """What the rules look at. `lines` are the agreed lines it is charged to, as (owner side, jointly funded)."""

    buyer: str
    value: Decimal
    currency: str
    data_class: str
    lines: tuple[tuple[str, bool], ...] = ()
    domain: str = "other"
    all_lines_agreed: bool = True
    vendor_before: Decimal = ZERO
    term_months: int | None = None
    renews: str = Renews.NO
    reviewed: bool = False

    @property
    def line_sides(self) -> set[str]:
        return {side for side, _joint in self.lines}

    @property
    def owner(self) -> str:
        """The one side whose money and matter it is; the buyer's when no line says."""
        sides = self.line_sides & set(SIDES)
        if len(sides) == 1:
            return sides.pop()
        return self.buyer if self.buyer in SIDES else SIDES[0]


@dataclass(frozen=True)
class Need:
    """One seat that must decide, with every reason for it."""

    seat: str
    reasons: tuple[str, ...] = field(default_factory=tuple)

    @property
    def reason(self) -> str:
        return " ".join(self.reasons)


def needs(facts: Facts) -> list[Need]:
    """The seats in their fixed order: marketing, technology, finance, security, legal."""
    both = why_both(facts)
    alone = (_("Planned on %(side)s's own line, and below the limits for both sides.") % {"side": label(facts.owner)},)
    found = {side: tuple(both) or alone for side in (SIDES if both else (facts.owner,))}
    found |= {"finance": why_finance(facts), "security": why_security(facts), "legal": why_legal(facts)}
    return [Need(seat, found[seat]) for seat in SEATS if found.get(seat)]


def why_both(facts: Facts) -> list[str]:
    reasons = []
    if any(joint for _side, joint in facts.lines):
        reasons.append(_("Both sides fund the line."))
    if len(facts.line_sides & set(SIDES)) > 1:
        reasons.append(_("It is charged to lines of both sides."))
    if foreign := belongs_to_other(facts):
        reasons.append(foreign)
    if facts.data_class in SENSITIVE:
        reasons.append(data_sentence(facts.data_class))
    if not facts.lines or not facts.all_lines_agreed:
        reasons.append(_("There is no agreed budget line for it."))
    if facts.value >= BOTH_FROM:
        reasons.append(
            _("It is worth %(value)s in all; from %(limit)s both sides decide.") % said(facts, facts.value, BOTH_FROM)
        )
    return reasons


def belongs_to_other(facts: Facts) -> str:
    """One side buys what is the other's: by the kind of spend, or by whose line pays."""
    if facts.buyer not in SIDES:
        return ""
    other = SIDES[1 - SIDES.index(facts.buyer)]
    if facts.domain == other:
        return _("%(buyer)s buys what belongs to %(other)s.") % {"buyer": label(facts.buyer), "other": label(other)}
    if other in facts.line_sides:
        return _("%(buyer)s asks, and a line of %(other)s pays.") % {"buyer": label(facts.buyer), "other": label(other)}
    return ""


def why_finance(facts: Facts) -> tuple[str, ...]:
    together = facts.value + facts.vendor_before
    if together < FINANCE_FROM:
        return ()
    if facts.value >= FINANCE_FROM:
        return (
            _("It is worth %(value)s in all; from %(limit)s finance decides.") % said(facts, facts.value, FINANCE_FROM),
        )
    return (
        _("With this vendor's last twelve months it comes to %(value)s; from %(limit)s finance decides.")
        % said(facts, together, FINANCE_FROM),
    )


def why_security(facts: Facts) -> tuple[str, ...]:
    return (data_sentence(facts.data_class),) if facts.data_class in SENSITIVE and not facts.reviewed else ()


def why_legal(facts: Facts) -> tuple[str, ...]:
    reasons = []
    if (facts.term_months or 0) > LEGAL_OVER_MONTHS:
        reasons.append(
            _("The term is %(months)s months, longer than %(limit)s.")
            % {"months": facts.term_months, "limit": LEGAL_OVER_MONTHS}
        )
    if facts.renews == Renews.TACIT:
        reasons.append(_("It renews by itself."))
    return tuple(reasons)


def data_sentence(data_class) -> str:
    return (
        _("It touches personal data.")
        if data_class == "personal"
        else _("Nobody knows yet which customer data it touches.")
    )


def said(facts, value, limit) -> dict:
    return {
        key: f"{money(amount, facts.currency)} {facts.currency}" for key, amount in (("value", value), ("limit", limit))
    }


def label(side) -> str:
    return {"marketing": _("Marketing"), "technology": _("Technology")}.get(side, side)

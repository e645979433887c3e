"""What a person or a program says about a line, cleaned to what a revision holds."""

from decimal import Decimal

from django.utils.translation import gettext as _

from planning.calendar.models import Category, Domain
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.shared.money import ZERO, clean_money, split
from planning.shared.refusals import Refused
from planning.vendors.models import Vendor

from .models import FundingSide, Line, OwnerSide, Revision
from .spreading import SIDES, clean_weights, even

CHOICES = {"purpose": Revision.Purpose, "treatment": Revision.Treatment, "forecast": Line.Forecast}
USUAL_SHARES = {OwnerSide.MARKETING: (100, 0), OwnerSide.TECHNOLOGY: (0, 100), OwnerSide.JOINT: (50, 50)}


def cleaned(budget, fields: dict, now: Revision | None = None) -> dict:
    """Values for a Revision (and notes, forecast, owner for its Line); with `now`, only of the `fields` that are
    given.

    name; side (marketing, technology, joint); category (name or Category; a new name joins the tree); total (text in
    the workspace's currency, not below zero); spread ("even", or twelve amounts that sum to the total); shares
    ({marketing, technology} in percent, exactly 100 together; a side's own line is its own, a joint one half and
    half); vendor (Vendor, its id or name); kpi (Kpi or its id); purpose; treatment; notes; forecast; owner (Member).
    """
    currency, values = budget.workspace.currency, {}
    unknown = fields.keys() - KNOWN
    if unknown:
        raise Refused(_("A line has no “%(name)s”.") % {"name": sorted(unknown)[0]}, sorted(unknown)[0])
    if now is None or "name" in fields:
        values["name"] = clean_name(fields.get("name"))
    if now is None or "side" in fields:
        values["side"] = clean_side(fields.get("side"))
    if now is None:
        values["currency"] = currency
    side = values.get("side") or now.side
    if now is None or fields.get("category") is not None:
        values["category"] = clean_category(budget.workspace, fields.get("category"), side)
    values |= clean_amounts(fields, now, currency)
    values |= clean_shares(fields, now, side)
    if "vendor" in fields:
        values["vendor"] = clean_vendor(budget.workspace, fields["vendor"])
    if "kpi" in fields:
        values["kpi"] = clean_kpi(budget.workspace, fields["kpi"])
    for name, choices in CHOICES.items():
        if fields.get(name) is not None:
            values[name] = clean_choice(fields[name], choices, name)
    if "notes" in fields:
        values["notes"] = str(fields["notes"] or "").strip()
    if "owner" in fields:
        values["owner"] = fields["owner"] if isinstance(fields["owner"], Member) else None
    return values


KNOWN = {
    "name",
    "side",
    "category",
    "total",
    "spread",
    "shares",
    "vendor",
    "kpi",
    "purpose",
    "treatment",
    "notes",
    "forecast",
    "owner",
}


def clean_name(name, field="name") -> str:
    name = " ".join(str(name or "").split())
    if not name:
        raise Refused(_("Give it a name."), field)
    if len(name) > 120:
        raise Refused(_("A name has at most 120 characters."), field)
    return name


def clean_side(side) -> str:
    if side not in OwnerSide.values:
        raise Refused(_("A line belongs to marketing, to technology or to both (joint)."), "side")
    return side


def clean_choice(value, choices, field) -> str:
    if value not in choices.values:
        raise Refused(
            _("“%(value)s” is not one of: %(known)s.") % {"value": value, "known": ", ".join(choices.values)}, field
        )
    return value


def clean_category(workspace, category, side) -> Category:
    """A category by name, in any spelling of upper and lower case; an unknown one becomes a new branch of the tree."""
    if isinstance(category, Category):
        return category
    name = " ".join(str(category or "").split())
    if not name or len(name) > 80:
        raise Refused(_("Name a category (at most 80 characters)."), "category")
    found = Category.objects.of(workspace).filter(name__iexact=name).order_by("pk").first()
    domain = side if side in Domain.values else Domain.OTHER
    return found or Category.objects.create(workspace=workspace, name=name, domain=domain)


def clean_vendor(workspace, vendor) -> Vendor | None:
    if vendor in (None, "") or isinstance(vendor, Vendor):
        return vendor or None
    found = (
        Vendor.objects.of(workspace).filter(pk=vendor).first()
        if str(vendor).isdecimal()
        else Vendor.objects.of(workspace).named(str(vendor)).first()
    )
    if found is None:
        raise Refused(_("There is no such vendor here."), "vendor")
    return found


def clean_kpi(workspace, kpi) -> Kpi | None:
    if kpi in (None, "") or isinstance(kpi, Kpi):
        return kpi or None
    found = Kpi.objects.of(workspace).filter(pk=kpi).first() if str(kpi).isdecimal() else None
    if found is None:
        raise Refused(_("There is no such KPI here."), "kpi")
    return found


def clean_amounts(fields, now, currency) -> dict:
    """total and months together: months are stored and sum to the total."""
    if now is not None and "total" not in fields and "spread" not in fields:
        return {}
    spread = fields.get("spread")
    typed = None if spread in (None, "even") else clean_months(spread, currency)
    if "total" in fields and fields["total"] is not None:
        total = clean_money(fields["total"], currency, "total")
    elif typed:
        total = sum(typed, ZERO)
    elif now is not None:
        total = now.total
    else:
        raise Refused(_("How much is planned for the year?"), "total")
    if total < 0:
        raise Refused(_("A plan is not below zero."), "total")
    if typed is not None and sum(typed, ZERO) != total:
        raise Refused(
            _("The twelve months add up to %(sum)s; the total is %(total)s.")
            % {"sum": sum(typed, ZERO), "total": total},
            "spread",
        )
    return {"total": total, "months": typed or respread(total, spread, now, currency)}


def respread(total, spread, now, currency) -> list[Decimal]:
    """A new total keeps the shape of the months it had; without one, or with "even", it is spread evenly."""
    if spread == "even" or now is None or not now.total:
        return even(total, currency)
    return split(total, now.months, currency)


def clean_months(spread, currency) -> list[Decimal]:
    if isinstance(spread, dict):
        spread = spread.get("months")
    if not isinstance(spread, list | tuple) or len(spread) != 12:
        raise Refused(_("A spread is “even” or twelve amounts, one a month."), "spread")
    months = [clean_money(amount, currency, "spread") for amount in spread]
    if min(months) < 0:
        raise Refused(_("A month's plan is not below zero."), "spread")
    return months


def clean_shares(fields, now, side) -> dict:
    shares = fields.get("shares")
    if shares is None:
        if now is not None and ("side" not in fields or side == now.side):
            return {}
        shares = dict(zip(SIDES, USUAL_SHARES[OwnerSide(side)], strict=True))
    if not isinstance(shares, dict) or set(shares) - set(FundingSide.values):
        raise Refused(_("Shares are given for marketing and technology, in percent."), "shares")
    weights = clean_weights(shares.get("marketing", 0), shares.get("technology", 0))
    return {f"{side}_weight": weight for side, weight in weights.items()}

"""What a person or a program says about a line, cleaned to what a revision holds."""

from django.db.models import F
from django.utils.translation import gettext as _

from planning.calendar.models import Category, Domain
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.shared.refusals import Refused
from planning.vendors.models import Vendor

from ..models import FundingSide, Line, OwnerSide, Revision
from .details import clean_details, clean_effect
from .planned_amounts import SAYS_MONEY, clean_amounts
from .spreading import SIDES, clean_weights

CHOICES = {"purpose": Revision.Purpose, "treatment": Revision.Treatment, "forecast": Line.Forecast}
USUAL_SHARES = {OwnerSide.MARKETING: (100, 0), OwnerSide.TECHNOLOGY: (0, 100), OwnerSide.JOINT: (50, 50)}


def cleaned(budget, fields: dict, now: Revision | None = None, dimensions=None) -> dict:
    """Values for a Revision (and notes, forecast, owner, origin for its Line); with `now`, only of the `fields` that
    are given.

    name; side (marketing, technology, joint); category (name or Category; a new name joins the tree); money: total,
    spread, currency, original_total, rate_day (`planned_amounts.clean_amounts`); shares ({marketing, technology} in
    percent, exactly 100 together; a side's own line is its own, a joint one half and half); vendor (Vendor, its id or
    name); kpi (Kpi or its id) with kpi_effect (in its unit) and effect_due; purpose; treatment; cost_centre; account;
    dimensions ({name: value}, only those given change); placeholder; notes; forecast; owner (Member, or e-mail); origin
    (Line). `dimensions` are the workspace's, of a caller of many lines.
    """
    values = {}
    unknown = fields.keys() - KNOWN
    if unknown:
        raise Refused(_("A line has no “%(name)s”.") % {"name": sorted(unknown)[0]}, sorted(unknown)[0])
    if now is None or "name" in fields:
        values["name"] = clean_name(fields.get("name"))
    if now is None or "side" in fields:
        values["side"] = clean_side(fields.get("side"))
    if now is None:
        values["currency"] = budget.workspace.currency
    side = values.get("side") or now.side
    if now is None or fields.get("category") is not None:
        values["category"] = clean_category(budget.workspace, fields.get("category"), side, now)
    values |= clean_amounts(budget, fields, now, values.get("name") or now.name)
    values |= clean_shares(fields, now, side)
    if "vendor" in fields:
        values["vendor"] = clean_vendor(budget.workspace, fields["vendor"])
    if "kpi" in fields:
        values["kpi"] = clean_kpi(budget.workspace, fields["kpi"])
    values |= clean_effect(budget, fields, values, now)
    for name, choices in CHOICES.items():
        if fields.get(name) is not None:
            values[name] = clean_choice(fields[name], choices, name)
    return values | clean_details(budget.workspace, fields, now, dimensions) | clean_notes(budget.workspace, fields)


KNOWN = SAYS_MONEY | {
    "name",
    "side",
    "category",
    "shares",
    "vendor",
    "kpi",
    "kpi_effect",
    "effect_due",
    "purpose",
    "treatment",
    "cost_centre",
    "account",
    "dimensions",
    "placeholder",
    "notes",
    "forecast",
    "owner",
    "origin",
}


def clean_notes(workspace, fields) -> dict:
    """What needs no key."""
    values = {}
    if "notes" in fields:
        values["notes"] = str(fields["notes"] or "").strip()
    if "owner" in fields:
        values["owner"] = clean_owner(workspace, fields["owner"])
    if "origin" in fields:
        values["origin"] = fields["origin"]
    return values


def clean_owner(workspace, owner) -> Member | None:
    """A member, or one by e-mail. Refused: somebody who is not (or no longer) here."""
    if owner in (None, "") or isinstance(owner, Member):
        return owner or None
    found = Member.objects.of(workspace).active().people().select_related("user")
    if (member := found.filter(user__email__iexact=str(owner)).first()) is None:
        raise Refused(_("There is no such person here."), "owner")
    return member


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


def clean_category(workspace, category, side, now=None) -> Category:
    """A category by name, in any spelling of upper and lower case; an unknown one becomes a new branch of the tree.

    Refused: a retired one, unless the line has it already.
    """
    if not isinstance(category, Category):
        category = category_named(workspace, category, side)
    if category.retired_at and (now is None or category.pk != now.category_id):
        raise Refused(_("“%(name)s” is retired; choose another category.") % {"name": category}, "category")
    return category


def category_named(workspace, name, side) -> Category:
    name = " ".join(str(name or "").split())
    if not name or len(name) > 80:
        raise Refused(_("Name a category (at most 80 characters)."), "category")
    known = Category.objects.of(workspace).filter(name__iexact=name)
    domain = side if side in Domain.values else Domain.OTHER
    return known.order_by(F("retired_at").asc(nulls_first=True), "pk").first() or Category.objects.create(
        workspace=workspace, name=name, domain=domain
    )


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

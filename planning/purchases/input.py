"""What somebody typed about a purchase, cleaned into what the model keeps. Refusals name the field."""

from datetime import date
from decimal import Decimal

from babel.numbers import list_currencies
from django.utils.translation import gettext as _

from planning.budgets.models import Line
from planning.calendar.models import Category, Domain
from planning.shared.money import clean_money
from planning.shared.refusals import Refused
from planning.vendors.actions import add, join_register
from planning.vendors.finding import called
from planning.vendors.models import DataClass, Vendor

from .models import Item, Price, Purchase, Renews
from .value import item_amounts

LONGEST_TERM = 600
TECHNOLOGY_WORDS = frozenset(
    [
        "cloud",
        "data",
        "hardware",
        "hosting",
        "infrastructure",
        "it",
        "platform",
        "saas",
        "security",
        "software",
        "technology",
        "web",
    ]
)
MARKETING_WORDS = frozenset(
    [
        "advertising",
        "agency",
        "agencies",
        "brand",
        "campaign",
        "content",
        "creative",
        "events",
        "marketing",
        "media",
        "sponsorship",
    ]
)
CHOICES = {"price": Price, "data_class": DataClass, "renews": Renews}


def apply(purchase, member, facts: dict) -> list[tuple[Line, Decimal]] | None:
    """Set `facts` on `purchase` (unsaved). Returns its new items, or None when they were not said and stay.

    `facts`: title, reason, vendor (Vendor, id or name; a new name joins the register), contract, currency, amount,
    price, items [{line, amount}], category (Category or name), data_class, technology ("yes", "no" or a bool; nothing
    leaves it to the category), region, replaces, term_months, renews, needed_by, framework, call_off_of (Purchase or
    id), order_number, restricted; and quotes (StoredFile), which quotes.set_quotes keeps.
    """
    items = facts.get("items")
    purchase.typed = {}
    for name, clean in CLEANERS.items():
        if name in facts:
            setattr(purchase, name, clean(facts[name], purchase, member))
    if purchase.vendor and not purchase.restricted and not purchase.is_preview:
        join_register(purchase.vendor)
    if "amount" in facts:
        purchase.amount = clean_amount(facts["amount"], purchase.currency)
    elif "currency" in facts and purchase.amount is not None:
        purchase.amount = clean_amount(format(purchase.amount.normalize(), "f"), purchase.currency)
    for name, choices in CHOICES.items():
        if name in facts:
            setattr(purchase, name, clean_choice(facts[name], choices, name))
    return None if items is None else clean_items(items, purchase)


def set_items(purchase, items):
    """Make `items` the purchase's; those unsaid share what is left of the price."""
    kept = {item.line_id: item for item in purchase.items.all()} if purchase.pk else {}
    if items is None:
        items = [(item.line, item.amount) for item in kept.values()]
        items = rescaled(items, purchase)
    amounts = (
        item_amounts(purchase.amount, [amount for _line, amount in items], purchase.currency) if purchase.amount else []
    )
    if kept:
        purchase.items.all().delete()
    Item.objects.bulk_create(
        Item(workspace=purchase.workspace, purchase=purchase, line=line, amount=amount)
        for (line, _said), amount in zip(items, amounts, strict=False)
    )


def rescaled(items, purchase):
    """Items that were not said again follow the price when there is one of them; several must be said."""
    if len(items) == 1:
        return [(items[0][0], None)]
    return items


def clean_items(items, purchase):
    found, lines = [], {}
    for row in items:
        line = row["line"] if isinstance(row["line"], Line) else find_line(row["line"], purchase.workspace)
        if line.pk in lines:
            raise Refused(_("“%(line)s” is named twice.") % {"line": line}, "items")
        lines[line.pk] = line
        amount = row.get("amount")
        said = None if amount in (None, "") else clean_amount(amount, purchase.currency, "items")
        found.append((line, said))
    return found


def find_line(number, workspace) -> Line:
    line = Line.objects.of(workspace).filter(pk=number).first() if str(number).isdecimal() else None
    if line is None:
        raise Refused(_("There is no such budget line here; a purchase is charged to a line that exists."), "items")
    return line


def clean_title(value, purchase, member) -> str:
    title = " ".join(str(value or "").split())
    if not title:
        raise Refused(_("Say in a few words what you need to buy."), "title")
    return title[:200]


def clean_vendor(value, purchase, member) -> Vendor | None:
    """A vendor as itself, its id, or a name in any spelling; a name nobody carries joins the register.

    For a preview (`purchase.is_preview`) an unknown vendor or category is only made up, and nothing is written.
    """
    if value in (None, "") or isinstance(value, Vendor):
        return value or None
    if isinstance(value, int) or str(value).isdecimal():
        vendor = Vendor.objects.of(member.workspace).filter(pk=value).first()
        if vendor is None:
            raise Refused(_("There is no such vendor here."), "vendor")
        return vendor
    known = called(member.workspace, str(value))
    if known or not purchase.is_preview:
        return known or add(member.workspace, str(value), kept_back=purchase.restricted)
    return None


def clean_contract(value, purchase, member):
    if value is not None and purchase.vendor_id and value.vendor_id != purchase.vendor_id:
        raise Refused(_("That contract is with another vendor."), "contract")
    return value


def clean_currency(value, purchase, member) -> str:
    code = str(value or member.workspace.currency).strip().upper()
    if code not in list_currencies():
        raise Refused(_("“%(code)s” is not a currency.") % {"code": code[:12]}, "currency")
    return code


def clean_amount(value, currency, field="amount") -> Decimal | None:
    if value in (None, ""):
        return None
    amount = clean_money(value, currency, field)
    if amount <= 0:
        raise Refused(_("A price is above zero."), field)
    return amount


def clean_category(value, purchase, member) -> Category | None:
    """A category by name in any case; a new name becomes a branch of its own, its kind read off its words."""
    if value in (None, "") or isinstance(value, Category):
        return value or None
    name = " ".join(str(value).split())[:80]
    found = Category.objects.of(member.workspace).filter(name__iexact=name).order_by("pk").first()
    made = found or Category(workspace=member.workspace, name=name, domain=domain_of(name))
    if found is None and not purchase.is_preview:
        made.save()
    return made


def domain_of(name) -> str:
    words = set(name.casefold().replace("-", " ").replace("/", " ").split())
    if words & TECHNOLOGY_WORDS:
        return Domain.TECHNOLOGY
    return Domain.MARKETING if words & MARKETING_WORDS else Domain.OTHER


def clean_term(value, purchase, member) -> int | None:
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not str(value).isdecimal() or not 0 <= int(value) <= LONGEST_TERM:
        raise Refused(_("A term has at most %(most)s months.") % {"most": LONGEST_TERM}, "term_months")
    return int(value) or None


def clean_day(value, purchase, member) -> date | None:
    if value in (None, "") or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise Refused(_("A day is written like 2027-03-31."), "needed_by") from error


def clean_text(value, purchase, member) -> str:
    return str(value or "").strip()


def clean_technology(value, purchase, member) -> bool | None:
    if value in (None, "") or isinstance(value, bool):
        return None if value == "" else value
    if value not in ("yes", "no"):
        raise Refused(_("Say “yes” or “no”, or leave it to the kind of thing it is."), "technology")
    return value == "yes"


def clean_region(value, purchase, member) -> str:
    return " ".join(str(value or "").split())[:60]


def clean_tick(value, purchase, member) -> bool:
    return value in (True, "on", "true", "1")


def clean_call_off(value, purchase, member) -> Purchase | None:
    """The framework order by itself or its id; none when it is not one."""
    if value in (None, "") or isinstance(value, Purchase):
        return value or None
    known = Purchase.objects.of(member.workspace).filter(framework=True)
    found = known.filter(pk=value).first() if str(value).isdecimal() else None
    if found is None:
        raise Refused(_("There is no such framework order here."), "call_off_of")
    return found


def clean_replaced(value, purchase, member) -> str:
    return " ".join(str(value or "").split())[:200]


def clean_choice(value, choices, field):
    if value not in choices.values:
        known = ", ".join(choices.values)
        raise Refused(_("“%(value)s” is not one of: %(known)s.") % {"value": str(value)[:40], "known": known}, field)
    return value


# In this order: an amount needs its currency, a contract its vendor, a new vendor whether its name is kept back.
CLEANERS = {
    "restricted": clean_tick,
    "title": clean_title,
    "reason": clean_text,
    "vendor": clean_vendor,
    "contract": clean_contract,
    "currency": clean_currency,
    "category": clean_category,
    "technology": clean_technology,
    "region": clean_region,
    "replaces": clean_replaced,
    "framework": clean_tick,
    "call_off_of": clean_call_off,
    "term_months": clean_term,
    "needed_by": clean_day,
    "order_number": clean_text,
}

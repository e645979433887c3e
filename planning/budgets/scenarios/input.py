"""What a person says about a step of a scenario, cleaned to plain values that can be kept and applied again."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from planning.calendar.models import Category
from planning.shared.money import ZERO, clean_money, money_text, split
from planning.shared.refusals import Refused
from planning.vendors.models import Vendor

from ..lines.input import USUAL_SHARES, clean_choice, clean_name, clean_side
from ..lines.spreading import clean_weights
from ..models import OwnerSide, Revision, ScenarioStep

MOST_PERCENT = 1000
Kind = ScenarioStep.Kind


def cleaned(scenario, kind, typed) -> tuple[dict, dict]:
    """(filters, parameters) as JSON, of what was `typed` for a step of `kind`.

    Filters: side, category (with its branches), purpose, vendor, line. Months are rows of the year, 0 to 11.
    """
    clean_choice(kind, Kind, "kind")
    workspace = scenario.budget.workspace
    if kind == Kind.LINE:
        return {}, clean_new_line(workspace, typed)
    filters = clean_filters(scenario, typed)
    if kind == Kind.HAND and not filters.get("line"):
        raise Refused(_("Choose the line to change by hand."), "line")
    return filters, CLEANERS[kind](typed, workspace.currency)


def clean_filters(scenario, typed) -> dict:
    filters, named, workspace = {}, {}, scenario.budget.workspace
    if typed.get("side"):
        filters["side"] = [clean_side(typed["side"])]
    if typed.get("purpose"):
        filters["purpose"] = [clean_choice(typed["purpose"], Revision.Purpose, "purpose")]
    if typed.get("category"):
        found = list(Category.objects.of(workspace).filter(pk=typed["category"]).prefetch_related("children"))
        refuse_unknown(found, "category")
        filters["category"] = [found[0].pk, *sorted(one.pk for one in found[0].children.all())]
        named["category"] = found[0].name
    if typed.get("vendor"):
        found = list(Vendor.objects.of(workspace).filter(pk=typed["vendor"]))
        refuse_unknown(found, "vendor")
        filters["vendor"], named["vendor"] = [found[0].pk], found[0].name
    if typed.get("line"):
        found = list(scenario.lines.filter(line=typed["line"]))
        refuse_unknown(found, "line")
        filters["line"], named["line"] = [found[0].line_id], found[0].name
    return filters | ({"named": named} if named else {})


def refuse_unknown(found, field):
    if not found:
        raise Refused(_("That is not in this workspace."), field)


def clean_scale(typed, currency) -> dict:
    percent = clean_percent(typed.get("percent"), "percent", MOST_PERCENT)
    if percent == 0:
        raise Refused(_("By how many percent?"), "percent")
    if typed.get("direction") == "down":
        percent = -percent
    if percent < -100:
        raise Refused(_("More than 100 % cannot be cut."), "percent")
    return {"percent": format(percent, "f"), "span": clean_span(typed.get("span"), "span")}


def clean_amount(typed, currency) -> dict:
    amount = clean_money(typed.get("amount") or "", currency, "amount")
    if amount <= 0:
        raise Refused(_("An amount above zero, please."), "amount")
    if typed.get("direction") == "down":
        amount = -amount
    return {"amount": money_text(amount, currency), "span": clean_span(typed.get("span"), "span")}


def clean_shift(typed, currency) -> dict:
    percent = clean_percent(typed.get("percent") or 100, "percent", 100)
    if percent == 0:
        raise Refused(_("By how many percent?"), "percent")
    span, goal = clean_span(typed.get("span"), "span"), clean_span(typed.get("goal"), "goal")
    return {"percent": format(percent, "f"), "span": span, "goal": goal}


def clean_rate(typed, currency) -> dict:
    foreign = str(typed.get("currency") or "").strip().upper()
    rate = clean_number(typed.get("rate"), "rate")
    if not 0 < rate < 10**9 or rate != rate.quantize(Decimal("1e-8")):
        raise Refused(_("A rate is above zero and has at most eight decimals."), "rate")
    return {"currency": foreign, "rate": format(rate, "f")}


def clean_share(typed, currency) -> dict:
    marketing = clean_number(typed.get("marketing"), "marketing")
    weights = clean_weights(marketing, 100 - marketing)
    return {"marketing": format(next(iter(weights.values())), "f")}


def clean_hand(typed, currency) -> dict:
    months = [clean_money(amount or "0", currency, "months") for amount in typed.get("months") or ()]
    if len(months) != 12 or min(months) < 0:
        raise Refused(_("Twelve months, please, none of them below zero."), "months")
    return {"months": [money_text(amount, currency) for amount in months]}


CLEANERS = {
    Kind.SCALE: clean_scale,
    Kind.AMOUNT: clean_amount,
    Kind.SHIFT: clean_shift,
    Kind.RATE: clean_rate,
    Kind.SHARES: clean_share,
    Kind.HAND: clean_hand,
}


def clean_new_line(workspace, typed) -> dict:
    """A line that is in no version yet: its amount falls evenly on its span."""
    currency, side = workspace.currency, clean_side(typed.get("side"))
    amount = clean_money(typed.get("amount") or "", currency, "amount")
    if amount <= 0:
        raise Refused(_("An amount above zero, please."), "amount")
    first, last = clean_span(typed.get("span"), "span")
    spread = split(amount, [1] * (last - first + 1), currency)
    months = [ZERO] * first + spread + [ZERO] * (11 - last)
    usual = USUAL_SHARES[OwnerSide(side)][0]
    marketing = usual if typed.get("marketing") in (None, "") else typed["marketing"]
    weights = clean_weights(marketing, 100 - clean_number(marketing, "marketing"))
    category = Category.objects.of(workspace).filter(pk=typed.get("category") or 0).first()
    if category is None:
        raise Refused(_("Choose a category."), "category")
    return {
        "name": clean_name(typed.get("name")),
        "side": side,
        "category": category.pk,
        "months": [money_text(month, currency) for month in months],
        "marketing": format(next(iter(weights.values())), "f"),
    }


def clean_span(text, field) -> list[int]:
    """ "6-11" → [6, 11]: rows of the year, first and last."""
    first, _dash, last = str(text or "").partition("-")
    if not (first.isdecimal() and last.isdecimal() and 0 <= int(first) <= int(last) <= 11):
        raise Refused(_("Choose months of the year."), field)
    return [int(first), int(last)]


def clean_percent(value, field, most) -> Decimal:
    percent = clean_number(value, field)
    if not 0 <= percent <= most or percent != percent.quantize(Decimal("1e-4")):
        raise Refused(_("A percentage between 0 and %(most)s.") % {"most": most}, field)
    return percent


def clean_number(value, field) -> Decimal:
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused(_("“%(text)s” is not a number.") % {"text": str(value or "")[:40]}, field)
    return number

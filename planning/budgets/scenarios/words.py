"""A step of a scenario as a sentence, and the spans of months that a person can choose."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.templatetags.money import money

from ..lines.spreading import percent_text
from ..models import OwnerSide, Revision, ScenarioStep

Kind = ScenarioStep.Kind


def spans_of(budget) -> list[tuple[str, str]]:
    """[("6-11", "Jul to Dec"), …]: what is to come, the year, its quarters, its months."""
    this = budget.workspace.today().replace(day=1)
    ahead = next((row for row, month in enumerate(budget.months) if month >= this), 12)
    first = [(f"{ahead}-11", _("the months to come"))] if 0 < ahead < 12 else []
    quarters = [(f"{3 * row}-{3 * row + 2}", f"Q{row + 1}") for row in range(4)]
    months = [(f"{row}-{row}", date_format(month, "M Y")) for row, month in enumerate(budget.months)]
    return [*first, ("0-11", _("the whole year")), *quarters, *months]


def said(step, budget) -> str:
    """ "Cut by 10 % · Events · Jul to Dec" """
    return " · ".join(part for part in (what(step, budget), which(step), when(step, budget)) if part)


def what(step, budget) -> str:
    asked, currency = step.parameters, budget.workspace.currency
    if step.kind == Kind.SCALE:
        percent = Decimal(asked["percent"])
        words = _("Cut by %(size)s %%") if percent < 0 else _("Raise by %(size)s %%")
        return words % {"size": percent_text(abs(percent))}
    if step.kind == Kind.AMOUNT:
        amount = Decimal(asked["amount"])
        words = _("Cut by %(size)s %(currency)s") if amount < 0 else _("Raise by %(size)s %(currency)s")
        return words % {"size": money(abs(amount), currency), "currency": currency}
    if step.kind == Kind.SHIFT:
        words = {"from": months_said(asked["span"], budget), "to": months_said(asked["goal"], budget)}
        part = Decimal(asked.get("percent", 100))
        if part != 100:
            return _("Move %(part)s %% of %(from)s to %(to)s") % (words | {"part": percent_text(part)})
        return _("Move %(from)s to %(to)s") % words
    if step.kind == Kind.RATE:
        words = {"currency": asked["currency"], "rate": percent_text(Decimal(asked["rate"]))}
        return _("%(currency)s at %(rate)s") % words
    if step.kind == Kind.SHARES:
        marketing = Decimal(asked["marketing"])
        words = {"marketing": percent_text(marketing), "technology": percent_text(100 - marketing)}
        return _("Marketing pays %(marketing)s %%, technology %(technology)s %%") % words
    if step.kind == Kind.HAND:
        return _("Months typed by hand")
    return _("New line “%(name)s”") % {"name": asked["name"]}


def which(step) -> str:
    """The lines it chooses: category, vendor and line by the names they had then."""
    filters = step.filters
    parts = [str(OwnerSide(side).label) for side in filters.get("side", ())]
    parts += [filters["named"][name] for name in ("category", "vendor", "line") if name in filters.get("named", {})]
    parts += [str(Revision.Purpose(purpose).label) for purpose in filters.get("purpose", ())]
    return ", ".join(parts) if parts or step.kind == Kind.LINE else _("all lines")


def when(step, budget) -> str:
    span = step.parameters.get("span")
    return months_said(span, budget) if span and step.kind != Kind.SHIFT else ""


def months_said(span, budget) -> str:
    first, last = span
    if (first, last) == (0, 11):
        return _("the whole year")
    if first % 3 == 0 and last == first + 2:
        return f"Q{first // 3 + 1}"
    months = [date_format(budget.months[row], "M") for row in (first, last)]
    return months[0] if first == last else _("%(first)s to %(last)s") % {"first": months[0], "last": months[1]}

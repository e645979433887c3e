"""The fields of a line's terms as people read them: words, amounts in the workspace's currency, months by name."""

from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.templatetags.money import money, plain_number

from ..models import FundingSide, OwnerSide, Revision

WORDS = {
    "name": gettext_lazy("Name"),
    "side": gettext_lazy("Owner"),
    "category": gettext_lazy("Category"),
    "total": gettext_lazy("Total of the year"),
    "months": gettext_lazy("Months"),
    "shares": gettext_lazy("Who pays"),
    "purpose": gettext_lazy("Run, grow or transform"),
    "treatment": gettext_lazy("Accounting"),
    "vendor": gettext_lazy("Vendor"),
    "kpi": gettext_lazy("KPI it should move"),
    "kpi_effect": gettext_lazy("Expected effect on the KPI"),
    "effect_due": gettext_lazy("Effect expected by"),
    "original_currency": gettext_lazy("Planned in"),
    "original_total": gettext_lazy("Amount in its currency"),
    "rate": gettext_lazy("Plan’s rate"),
    "rate_day": gettext_lazy("Rate of"),
    "cost_centre": gettext_lazy("Cost centre"),
    "account": gettext_lazy("Account"),
    "dimensions": gettext_lazy("Own dimensions"),
    "placeholder": gettext_lazy("Placeholder"),
    "people": gettext_lazy("People behind it"),
    "removed": gettext_lazy("Taken out"),
}
PLAIN = ("kpi_effect", "original_total", "rate")
DAYS = ("effect_due", "rate_day")
CHOICES = {"side": OwnerSide, "purpose": Revision.Purpose, "treatment": Revision.Treatment}


def rows_in_words(fields, budget) -> list[dict]:
    """[{label, before, after}] of `clearing.changed_fields`, only the months that differ named; those say `month`."""
    order = list(WORDS)
    rows = []
    for row in sorted(fields, key=lambda one: (one["field"] == "months", order.index(one["field"]))):
        if row["field"] == "months":
            rows += months_in_words(row, budget)
        elif not (row["field"] == "removed" and not row["after"]):
            said = {side: said_as(row["field"], row[side], budget.workspace.currency) for side in ("before", "after")}
            rows.append({"label": WORDS[row["field"]], **said})
    return rows


def in_runs(rows) -> list[dict]:
    """The same rows, but months one after the other that say the same are one."""
    found = []
    for same, run in groupby(rows, key=lambda row: (row["before"], row["after"]) if row.get("month") else row["label"]):
        first, *others = run
        if others:
            before, after = (said and _("%(amount)s a month") % {"amount": said} for said in same)
            first = {"label": f"{first['label']} – {others[-1]['label']}", "before": before, "after": after}
        found.append(first)
    return found


def months_in_words(row, budget) -> list[dict]:
    before, after = row["before"] or [None] * 12, row["after"] or [None] * 12
    currency = budget.workspace.currency
    pairs = list(zip(budget.months, before, after, strict=True))
    return [
        {
            "label": date_format(month, "M Y"),
            "before": amount(old, currency),
            "after": amount(new, currency),
            "month": True,
        }
        for month, old, new in pairs
        if old is None or Decimal(old) != Decimal(new)
    ]


def said_as(name, value, currency) -> str:
    if value is None or value == "":
        return ""
    if name == "total":
        return amount(value, currency)
    if name == "shares":
        return " · ".join(
            f"{FundingSide(side).label} {plain_number(Decimal(weight))} %" for side, weight in value.items()
        )
    if name in CHOICES:
        return str(CHOICES[name](value).label)
    if name in PLAIN:
        return plain_number(Decimal(value))
    if name in DAYS:
        return date_format(date.fromisoformat(str(value)), "j F Y")
    if name == "dimensions":
        return " · ".join(f"{dimension}: {said}" for dimension, said in sorted(value.items()))
    if name == "people":
        return _("sealed as %(seal)s") % {"seal": value[:12]}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def amount(value, currency) -> str:
    return "" if value is None else money(Decimal(value), currency)

"""The list of budgets: each year's plan by side and where its money stands."""

from django.db.models import DecimalField, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from planning.shared.tables import Column

from .models import Balance

MONEY = DecimalField(max_digits=20, decimal_places=3)


def summed(expression, **where):
    rows = Balance.objects.filter(line__budget=OuterRef("pk"), **where).values("line__budget")
    return Coalesce(
        Subquery(rows.annotate(sum=Sum(expression)).values("sum"), output_field=MONEY), Value(0, output_field=MONEY)
    )


YEARLY = {
    "marketing_plan": summed(F("plan") + F("transferred"), side="marketing"),
    "technology_plan": summed(F("plan") + F("transferred"), side="technology"),
    "spent": summed(F("actual")),
    "promised": summed(F("reserved") + F("committed")),
}


def columns() -> list[Column]:
    return [
        Column("name", _("Budget"), link="budgets:budget"),
        Column("year", _("Fiscal year")),
        Column("state", _("State"), kind="status"),
        Column("marketing_plan", _("Marketing"), kind="money"),
        Column("technology_plan", _("Technology"), kind="money"),
        Column("spent", _("Actual"), kind="money"),
        Column("promised", _("Committed and reserved"), kind="money"),
    ]

"""KPIs as tests need them, made through the actions."""

from datetime import date
from decimal import Decimal

from planning.kpis import actions
from planning.kpis.expected import Point
from planning.kpis.terms import Terms

YEAR_START, YEAR_END = date(2026, 4, 1), date(2027, 3, 31)


def terms(name="Conversion rate", **changes) -> Terms:
    """From 2.00 on 1 April 2026 to 3.00 on 31 March 2027, monthly, unless said otherwise."""
    said = {
        "name": name, "direction": "increase", "unit": "%", "formula": "orders / visits", "baseline": Decimal("2.00"),
        "baseline_on": YEAR_START, "targets": [Point(YEAR_END, Decimal("3.00"))],
    }  # fmt: skip
    return Terms(**(said | changes))


def kpi(cast, name="Conversion rate", **changes):
    """Proposed by marketing's planner, owned by the two planners."""
    return actions.create(
        cast.marketing_planner, terms(name, **changes), cast.marketing_planner, cast.technology_planner
    )


def agreed(cast, name="Conversion rate", **changes):
    """The same, with both keys turned."""
    made = kpi(cast, name, **changes)
    actions.sign(made, cast.cmo, "marketing", "approve", 1)
    actions.sign(made, cast.cio, "technology", "approve", 1)
    return made


def confirmed(cast, kpi, on, value):
    """A reading that counts."""
    reading = actions.enter(kpi, cast.marketing_planner, on, value, confirm=True)
    return actions.confirm(reading, cast.technology_planner)

"""The finer words of a line: what its money should move and by when, where it is booked, and the workspace's own."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.kpis.values import clean_value
from planning.shared.refusals import Refused

from ..models import Dimension

LAST_YEAR = 2200
BOOKED = ("cost_centre", "account")


def clean_effect(budget, fields, values, now) -> dict:
    """kpi_effect and effect_due, both or neither, of a line with a KPI. Another KPI, or none, starts afresh.

    Refused: an effect without KPI or date, a date without effect, one before the budget's year.
    """
    kpi = values.get("kpi", now and now.kpi)
    moved_on = "kpi" in values and now is not None and (kpi and kpi.pk) != now.kpi_id
    if not moved_on and not {"kpi_effect", "effect_due"} & fields.keys():
        return {}
    kept = now if now is not None and not moved_on else None
    effect = fields.get("kpi_effect") if "kpi_effect" in fields else kept and kept.kpi_effect
    due = fields.get("effect_due") if "effect_due" in fields else kept and kept.effect_due
    effect = None if effect in (None, "") else clean_value(effect, "kpi_effect")
    due = None if due in (None, "") else clean_day(due, "effect_due")
    if (effect is not None or due) and kpi is None:
        raise Refused(_("Name the KPI that this should move."), "kpi")
    if effect is not None and due is None:
        raise Refused(_("By when is that effect expected?"), "effect_due")
    if due is not None and effect is None:
        raise Refused(_("How much should the KPI move by then?"), "kpi_effect")
    if due and due < budget.months[0]:
        raise Refused(_("An effect is expected in the budget's year or later."), "effect_due")
    return {"kpi_effect": effect, "effect_due": due}


def clean_day(value, field) -> date:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise Refused(_("“%(text)s” is not a date such as 2027-03-31.") % {"text": str(value)[:20]}, field) from None
    if day.year > LAST_YEAR:
        raise Refused(_("%(day)s is too far away.") % {"day": date_format(day, "j F Y")}, field)
    return day


def clean_details(workspace, fields, now, known=None) -> dict:
    """cost_centre, account, dimensions, placeholder: of those, what is given. `known` are the workspace's dimensions,
    where the caller has them."""
    values = {name: clean_short(fields[name], 40, name) for name in BOOKED if fields.get(name) is not None}
    if fields.get("dimensions") is not None:
        values["dimensions"] = clean_dimensions(workspace, fields["dimensions"], now.dimensions if now else {}, known)
    if fields.get("placeholder") is not None:
        values["placeholder"] = bool(fields["placeholder"])
    return values


def clean_short(text, most, field) -> str:
    text = " ".join(str(text).split())
    if len(text) > most:
        raise Refused(_("That has more than %(most)s characters.") % {"most": most}, field)
    return text


def clean_dimensions(workspace, said, before, known=None) -> dict:
    """{name of a dimension: value}: what is said changes, an empty value takes it away, the others stay.

    Refused: a name that is no dimension of the workspace in use, unless the line has it already.
    """
    if not isinstance(said, dict):
        raise Refused(_("Dimensions are given as names with their values."), "dimensions")
    known = {one.name.lower(): one for one in (Dimension.objects.of(workspace) if known is None else known)}
    values = dict(before)
    for name, value in said.items():
        dimension = known.get(str(name).lower())
        if dimension is None or not dimension.place and dimension.name not in before:
            raise Refused(_("There is no dimension “%(name)s” here.") % {"name": str(name)[:40]}, "dimensions")
        values[dimension.name] = clean_short("" if value is None else value, 60, "dimensions")
    return {name: value for name, value in values.items() if value}

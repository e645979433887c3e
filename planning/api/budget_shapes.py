"""Budgets and lines as programs see them: money as text in the workspace's currency, percents as text."""

from collections import defaultdict

from planning.budgets.lines.spreading import percent_text
from planning.budgets.models import Version
from planning.budgets.versions.terms import plans_of
from planning.shared.money import ZERO, money_text
from planning.signoffs.models import Paper
from planning.signoffs.papers import fresh, seats_with_people


def budget_out(budget, version=None) -> dict:
    """`version` is the one to sign, or being drafted, or else the one in force: a signature names its number."""
    (said,) = budgets_out([budget], version)
    return said


def budgets_out(budgets, version=None) -> list[dict]:
    """Many budgets at once: as many queries for a hundred as for one."""
    versions = defaultdict(list)
    for one in Version.objects.filter(budget__in=budgets).order_by("budget_id", "number"):
        versions[one.budget_id].append(one)
    named = {one.pk: version or named_version(one, versions[one.pk]) for one in budgets}
    papers = (
        Paper.objects.filter(pk__in=[one.paper_id for one in named.values() if one.paper_id])
        .select_related("workspace")
        .prefetch_related(seats_with_people())
        .in_bulk()
    )
    plans = plans_of(budgets)
    return [budget_row(one, named[one.pk], papers.get(named[one.pk].paper_id), plans[one.pk]) for one in budgets]


def named_version(budget, versions):
    return next((one for one in versions if one.state == Version.State.PROPOSED), None) or standing(budget, versions)


def budget_row(budget, version, paper, plan) -> dict:
    currency = budget.workspace.currency
    return {
        "id": budget.pk,
        "year": budget.year,
        "name": budget.name,
        "state": budget.state,
        "version": version.number,
        "currency": currency,
        "fingerprint": paper and paper.fingerprint,
        "seats": [seat_out(seat) for seat in paper.seats.all()] if paper else [],
        "marketing": money_text(plan["marketing"], currency),
        "technology": money_text(plan["technology"], currency),
        "total": money_text(sum(plan.values(), ZERO), currency),
    }


def standing(budget, versions):
    """Before the first agreement the newest draft; afterwards what is in force."""
    if budget.agreed_count:
        return next(one for one in versions if one.agreed_as == budget.agreed_count)
    return versions[-1]


def seat_out(seat) -> dict:
    return {
        "seat": seat.name,
        "state": seat.state,
        "holder": seat.holder.email if seat.holder else None,
        "reason": seat.reason,
        "due": seat.due_at.isoformat() if seat.due_at else None,
        "decided_by": seat.decided_by.email if seat.decided_by else None,
    }


def line_out(line, agreed, current, people) -> dict:
    """`people`: `people_of` what the line says, for whoever asks."""
    revision = agreed or current
    return {
        **revision_out(revision, people),
        "id": line.pk,
        "budget": line.budget_id,
        "forecast": line.forecast,
        "notes": line.notes,
        "owner": line.owner and line.owner.email,
        "version": current.edits,
        "in_force": agreed is not None,
        "fingerprint": revision.fingerprint,
        "change": revision_out(current, people) if agreed and current.pk != agreed.pk else None,
    }


def revision_out(revision, people) -> dict:
    currency = revision.currency
    return {
        "name": revision.name,
        "side": revision.side,
        "category": revision.category.name,
        "total": money_text(revision.total, currency),
        "months": [money_text(month, currency) for month in revision.months],
        "shares": {
            str(side): {"percent": percent_text(weight), "amount": money_text(revision.shares[side], currency)}
            for side, weight in revision.weights.items()
        },
        "vendor": revision.vendor_id,
        "kpi": revision.kpi_id,
        "purpose": revision.purpose,
        "treatment": revision.treatment,
        "kpi_effect": None if revision.kpi_effect is None else percent_text(revision.kpi_effect),
        "effect_due": revision.effect_due,
        "original": original_out(revision),
        "cost_centre": revision.cost_centre,
        "account": revision.account,
        "dimensions": revision.dimensions,
        "placeholder": revision.placeholder,
        "people_cost": revision.is_people,
        "people": people[revision.pk].said if revision.pk in people else None,
    }


def original_out(revision) -> dict | None:
    return (
        revision.original_currency
        and {
            "currency": revision.original_currency,
            "total": money_text(revision.original_total, revision.original_currency),
            "rate": percent_text(revision.rate),
            "rate_day": revision.rate_day,
        }
        or None
    )


def transfer_out(transfer) -> dict:
    paper = fresh(transfer.paper) if transfer.paper else None
    currency = transfer.workspace.currency
    return {
        "id": transfer.pk,
        "budget": transfer.budget_id,
        "giver": transfer.giver_id,
        "taker": transfer.taker_id,
        "amount": money_text(transfer.amount, currency),
        "reason": transfer.reason,
        "state": transfer.state,
        "version": 1,
        "seats": [seat_out(seat) for seat in paper.seats.all()] if paper else [],
        "parts": [
            {
                "line": part.line_id,
                "side": part.side,
                "month": f"{part.month:%Y-%m}",
                "amount": money_text(part.amount, currency),
            }
            for part in transfer.parts.order_by("line_id", "side", "month")
        ],
    }


YEAR = {
    "plan": "year_plan",
    "committed": "year_committed",
    "actual": "year_actual",
    "forecast": "forecast",
    "variance": "forecast_variance",
}


def variance_row(row, currency) -> dict:
    to_date = {name: money_text(getattr(row, name), currency) for name in ("plan", "committed", "actual", "variance")}
    percent = None if row.percent is None else f"{row.percent:.2f}"
    year = {name: money_text(getattr(row, attribute), currency) for name, attribute in YEAR.items()}
    return {"key": row.key, "label": row.label, **to_date, "percent": percent, "year": year}

"""The block of the desk that belongs to the reader's role: a few figures, each with the page that explains it."""

from dataclasses import dataclass, field

from django.db.models import Max, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.budgets.models import Accrual
from planning.budgets.pictures import budget_of_today
from planning.budgets.snapshots import forecast_change
from planning.calendar.models import Domain, Period
from planning.kpis.agenda import red
from planning.people.models import Role, Side
from planning.people.places import place
from planning.purchases.models import Purchase
from planning.shared.money import ZERO
from planning.shared.templatetags.money import money, short_money
from planning.spend.models import Entry
from planning.trail.models import Head
from planning.vendors.models import SENSITIVE
from planning.vendors.renewals import renewals_near

from .exceptions import exceptions_of
from .quarter import free_this_quarter

MOST_ROWS = 5


@dataclass(frozen=True)
class Figure:
    """One number with its words. `note` says what is behind it, `url` leads there."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Block:
    title: str
    figures: list[Figure] = field(default_factory=list)
    rows: list[tuple[str, str, str]] = field(default_factory=list)  # (words, figure, url)


def block_for(member, picture) -> Block:
    """What `member`'s role looks at first. `picture` is where the money stands, or None without an agreed budget."""
    if member.role == Role.AUDITOR:
        return auditing(member.workspace)
    if member.side == Side.FINANCE:
        return finance(member.workspace, picture)
    if member.role == Role.LEAD and member.side == Side.MARKETING:
        return marketing(member.workspace, picture)
    if member.role == Role.LEAD and member.side == Side.TECHNOLOGY:
        return technology(member.workspace)
    if member.role == Role.LEAD:
        return sponsoring(member.workspace, picture)
    return vendor_dates(member.workspace) if member.side == Side.TECHNOLOGY else own_requests(member)


def amount(value, workspace) -> dict:
    return {"value": short_money(value, workspace.currency), "unit": workspace.currency}


def underspend(workspace, wings) -> Figure:
    """Plan less forecast of what is looked at: as loud when money is left as when it is short."""
    left = sum((wing.plan - (wing.forecast or wing.plan) for wing in wings), ZERO)
    label = _("Likely underspend") if left >= 0 else _("Likely overspend")
    return Figure(
        label,
        **amount(abs(left), workspace),
        note=_("plan less forecast, whole year"),
        url=place(workspace, "budgets:index"),
    )


def marketing(workspace, picture) -> Block:
    wings = [row.marketing for row in picture.rows_of] if picture else []
    off = red(workspace)
    return Block(
        _("For the CMO"),
        [
            Figure(
                _("Free to spend this quarter"),
                **amount(free_this_quarter(workspace, Side.MARKETING), workspace),
                note=_("marketing's share, after promises"),
                url=place(workspace, "budgets:index"),
            ),
            underspend(workspace, wings),
            Figure(
                _("KPIs off track"),
                str(len(off)),
                note=_("compared with where they should be today"),
                url=place(workspace, "kpis:index"),
            ),
        ],
        [(one.kpi.name, _("off track"), place(workspace, "kpis:kpi", one.kpi.pk)) for one in off[:MOST_ROWS]],
    )


def technology(workspace) -> Block:
    without_us = (
        Purchase.objects.of(workspace)
        .waiting()
        .filter(Q(technology=True) | Q(category__domain=Domain.TECHNOLOGY), requester__side=Side.MARKETING)
    )
    sensitive = Purchase.objects.of(workspace).waiting().filter(data_class__in=SENSITIVE).count()
    found = without_us.aggregate(sum=Sum("value"), latest=Max("pk"))
    near = list(renewals_near(workspace))
    return Block(
        _("For the CIO"),
        [
            Figure(
                _("New technology asked for by marketing"),
                **amount(found["sum"] or ZERO, workspace),
                note=_("waiting for approval"),
                url=place(workspace, "purchases:index"),
            ),
            Figure(
                _("Requests that touch customer data"),
                str(sensitive),
                note=_("personal, or not known yet"),
                url=place(workspace, "purchases:index"),
            ),
            opt_outs(workspace, near),
        ],
        renewal_rows(workspace, near),
    )


def opt_outs(workspace, near) -> Figure:
    return Figure(
        _("Opt-out dates in 90 days"),
        str(len(near)),
        note=_("contracts that renew by themselves"),
        url=place(workspace, "vendors:index"),
    )


def renewal_rows(workspace, near):
    today = workspace.today()
    by_money = sorted(near, key=lambda contract: -contract.value)[:MOST_ROWS]
    return [
        (
            f"{contract.title} · {short_money(contract.value, contract.currency)} {contract.currency}",
            days_left(contract.days_left(today)),
            place(workspace, "vendors:contract", contract.pk),
        )
        for contract in by_money
    ]


def days_left(days: int) -> str:
    return ngettext("%(days)s day to stop it", "%(days)s days to stop it", days) % {"days": days}


def vendor_dates(workspace) -> Block:
    near = list(renewals_near(workspace))
    return Block(_("Contracts by opt-out date"), [opt_outs(workspace, near)], renewal_rows(workspace, near))


def finance(workspace, picture) -> Block:
    live = Entry.objects.of(workspace).live()
    latest = live.imported(workspace).aggregate(day=Max("posting_date"))["day"]
    waiting = live.exclude(waits="").aggregate(sum=Sum("weight"), rows=Max("pk"))
    wings = [wing for row in picture.rows_of for wing in (row.marketing, row.technology)] if picture else []
    return Block(
        _("For finance"),
        [
            Figure(
                _("Ledger up to"),
                date_format(latest, "j M Y") if latest else _("nothing yet"),
                note=_("the latest posting date imported"),
                url=place(workspace, "spend:index"),
            ),
            Figure(
                _("Not matched yet"),
                **amount(waiting["sum"] or ZERO, workspace),
                note=_("rows that are nobody's actuals"),
                url=place(workspace, "spend:unmatched"),
            ),
            *month_end(workspace),
            underspend(workspace, wings),
            *forecast_moved(workspace),
        ],
    )


def forecast_moved(workspace) -> list[Figure]:
    """How far the forecast is from the one that was kept last; nothing while none was."""
    budget = budget_of_today(workspace)
    found = budget and forecast_change(budget)
    if not found:
        return []
    kept, change = found
    return [
        Figure(
            _("Forecast change"),
            **amount(change, workspace),
            note=_("since the forecast kept on %(day)s") % {"day": date_format(kept.taken_at, "j M Y")},
            url=place(workspace, "budgets:forecast", budget.pk),
        )
    ]


def month_end(workspace) -> list[Figure]:
    """The difference to the ledger where its total is written down, and what owners have not answered."""
    period = (
        (Period.objects.of(workspace).exclude(state=Period.State.CLOSED).exclude(control_total=None))
        .order_by("starts_on")
        .first()
    )
    budget = budget_of_today(workspace)
    if budget is None:
        return []
    url, missing = place(workspace, "budgets:month_end", budget.pk), Accrual.objects.of(workspace).open().count()
    figures = [Figure(_("Accruals missing"), str(missing), note=_("lines whose owner has not answered"), url=url)]
    if period:
        note = _("the ledger's total of %(month)s less what is posted") % {"month": date_format(period.starts_on, "F")}
        difference = money(period.difference, workspace.currency)
        figures.insert(0, Figure(_("Tie-out difference"), difference, unit=workspace.currency, note=note, url=url))
    return figures


def sponsoring(workspace, picture) -> Block:
    wings = [wing for row in picture.rows_of for wing in (row.marketing, row.technology)] if picture else []
    off = red(workspace)
    return Block(
        _("For the chief executive"),
        [
            underspend(workspace, wings),
            Figure(
                _("KPIs off track"), str(len(off)), note=_("owned by both sides"), url=place(workspace, "kpis:index")
            ),
        ],
        [(one.kpi.name, _("off track"), place(workspace, "kpis:kpi", one.kpi.pk)) for one in off[:MOST_ROWS]],
    )


def own_requests(member) -> Block:
    mine = Purchase.objects.of(member.workspace).filter(requester=member).order_by("-pk")[:MOST_ROWS]
    return Block(
        _("My requests and where they stand"),
        rows=[
            (
                purchase.title,
                str(purchase.get_state_display()),
                place(member.workspace, "purchases:purchase", purchase.pk),
            )
            for purchase in mine
        ],
    )


def auditing(workspace) -> Block:
    head = Head.objects.filter(workspace=workspace).first()
    odd = exceptions_of(workspace)
    return Block(
        _("For the auditor"),
        [
            Figure(
                _("Entries in the history"),
                str(head.number if head else 0),
                note=_("head of the chain: %(hash)s") % {"hash": head.hash[:12] if head else "–"},
                url=place(workspace, "trail:index"),
            ),
            Figure(_("Decided by a deputy"), str(odd["deputy"]), note=_("keys turned in somebody's place")),
            Figure(_("Refused or withdrawn"), str(odd["refused"]), note=_("papers that were not agreed")),
        ],
    )

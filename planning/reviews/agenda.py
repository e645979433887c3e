"""The agenda that builds itself from what needs two people. Each lower room is asked one question.

Building again changes nothing that people did: an item's source is its key, what was taken off stays off, what somebody
put on stays on, and what settled itself before anybody talked about it goes.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.budgets.agenda import explained
from planning.budgets.models import Budget
from planning.budgets.reviewing.variance import variance
from planning.kpis.agenda import red, unconfirmed
from planning.people.places import place
from planning.purchases.conditions import late_conditions
from planning.purchases.waiting import waiting_long
from planning.roles.drafts import in_force
from planning.roles.facts import findings_of
from planning.roles.findings import gathered
from planning.shared.periods import year_of
from planning.shared.templatetags.money import money, short_money
from planning.trail.models import subject_of
from planning.vendors.renewals import renewals_near

from .asking import ask, carry, stop_asking
from .models import AgendaItem, Promise

WAITS_TOO_LONG = 3
OPT_OUT_WITHIN = 30
VARIANCE_PERCENT = 10
MOST = 60
Kind = AgendaItem.Kind


@dataclass
class Found:
    """Something that needs two people. `facts` is [[words, value], …] as they read now."""

    kind: str
    source: str
    label: str
    url: str
    side: str = ""
    facts: list = field(default_factory=list)


def found_in(workspace) -> list[Found]:
    """Everything that needs two people today, in the order in which a review takes it."""
    return [one for ask in QUESTIONS for one in ask(workspace)][:MOST]


def purchases(workspace):
    for purchase in waiting_long(workspace, WAITS_TOO_LONG).filter(restricted=False):
        seats = sorted({seat.name for seat in purchase.paper.open_seats})
        purchase.workspace = workspace
        yield Found(
            Kind.PURCHASE,
            f"purchases.waiting {subject_of(purchase)}",
            _("“%(purchase)s” has waited %(days)s days for %(seats)s")
            % {"purchase": purchase.title, "days": purchase.waits_for_days, "seats": ", ".join(seats)},
            place(workspace, "purchases:purchase", purchase.pk),
            seats[0] if len(seats) == 1 else "both",
            [[_("Asked by"), str(purchase.requester)], [_("Vendor"), str(purchase.vendor or "–")]],
        )


def renewals(workspace):
    for contract in renewals_near(workspace, OPT_OUT_WITHIN):
        left = contract.days_left(workspace.today())
        facts = [
            [_("Value"), f"{money(contract.value, contract.currency)} {contract.currency}"],
            [_("Last day for notice"), date_format(contract.notice_by, "j M Y")],
        ]
        if contract.seats_used_percent is not None:
            facts.append([_("Seats used"), f"{contract.seats_used_percent} %"])
        yield Found(
            Kind.RENEWAL,
            f"vendors.renewal {subject_of(contract)} {contract.notice_by}",
            _("%(contract)s renews itself unless stopped within %(days)s days") % {"contract": contract, "days": left},
            place(workspace, "vendors:contract", contract.pk),
            "both",
            facts,
        )


def variances(workspace):
    """Lines whose actuals differ from the plan to date by a tenth and more, and by a thousandth of the year's plan."""
    for budget in Budget.objects.of(workspace).filter(year=year_of(workspace, workspace.today())):
        rows, reasons = variance(budget, "line"), explained(budget)
        limit = sum(row.year_plan for row in rows) / 1000
        for row in sorted(rows, key=lambda row: -abs(row.variance)):
            if (
                abs(row.variance) >= limit
                and row.variance
                and (row.percent is None or abs(row.percent) >= VARIANCE_PERCENT)
            ):
                yield over_limit(budget, row, reasons.get(int(row.key)))


def over_limit(budget, row, reason=None) -> Found:
    workspace = budget.workspace
    words = {"line": row.label, "amount": f"{short_money(abs(row.variance), workspace.currency)} {workspace.currency}"}
    label = (
        _("%(line)s is %(amount)s over plan to date")
        if row.variance > 0
        else _("%(line)s is %(amount)s under plan to date")
    )
    facts = [
        [_("Plan to date"), money(row.plan, workspace.currency)],
        [_("Actual to date"), money(row.actual, workspace.currency)],
    ]
    facts += [[_("Its owner says"), reason]] if reason else []
    return Found(
        Kind.VARIANCE,
        f"budgets.variance budgets.line:{row.key}",
        label % words,
        place(workspace, "budgets:line", int(row.key)),
        "both",
        facts,
    )


def kpis(workspace):
    for portrait in red(workspace):
        gap = portrait.standing.gap
        yield Found(
            Kind.KPI,
            f"kpis.red {subject_of(portrait.kpi)}",
            _("%(kpi)s is off track") % {"kpi": portrait.kpi.name},
            place(workspace, "kpis:kpi", portrait.kpi.pk),
            "both",
            [[_("Behind where it should be today, in points"), str(Decimal(round(gap * 10)) / 10)]]
            if gap is not None
            else [],
        )


def readings(workspace):
    for reading in unconfirmed(workspace):
        missing = missing_sides(reading)
        yield Found(
            Kind.READING,
            f"kpis.reading {subject_of(reading)}",
            _("%(kpi)s on %(day)s: %(state)s")
            % {"kpi": reading.kpi.name, "day": date_format(reading.on, "j M Y"), "state": reading.get_state_display()},
            place(workspace, "kpis:kpi", reading.kpi_id),
            missing[0] if len(missing) == 1 else "both",
            [[_("Value"), f"{reading.value.normalize():f}"], [_("Entered by"), str(reading.entered_by or "–")]],
        )


def missing_sides(reading) -> list[str]:
    said = {confirmation.member.side for confirmation in reading.confirmations.all()}
    return [side for side in ("marketing", "technology") if side not in said]


def roles(workspace):
    version = in_force(workspace)
    for finding in gathered(findings_of(version)) if version else []:
        whom = " ".join(finding.roles or finding.people)
        about = whom if finding.gist else finding.activity or whom
        yield Found(
            Kind.ROLES,
            f"roles.{finding.rule} {about}"[:160],
            finding.message[:300],
            place(workspace, "roles:index"),
            "both",
            [[_("What would settle it"), finding.mend]] if finding.mend else [],
        )


def promises(workspace):
    late = (
        Promise.objects.of(workspace)
        .open()
        .filter(until__lt=workspace.today())
        .select_related("member__user")
        .order_by("until", "pk")
    )
    for promise in late:
        yield Found(
            Kind.PROMISE,
            f"reviews.promise {subject_of(promise)}",
            _("%(person)s promised: %(what)s") % {"person": promise.member, "what": promise.what},
            place(workspace, "reviews:review", promise.review_id),
            promise.member.side,
            [[_("Promised until"), date_format(promise.until, "j M Y")]],
        )


def conditions(workspace):
    """Approvals on a condition whose day is over."""
    for condition in late_conditions(workspace).filter(purchase__restricted=False):
        purchase = condition.purchase
        yield Found(
            Kind.PROMISE,
            f"purchases.condition {subject_of(condition)}",
            _("%(person)s promised for “%(purchase)s”: %(what)s")
            % {"person": purchase.requester, "purchase": purchase, "what": condition.text},
            place(workspace, "purchases:purchase", purchase.pk),
            purchase.requester.side,
            [[_("Promised until"), date_format(condition.due_on, "j M Y")]],
        )


QUESTIONS = (renewals, purchases, readings, variances, kpis, promises, conditions, roles)
PLACES = (Kind.OWN, Kind.RENEWAL, Kind.PURCHASE, Kind.READING, Kind.VARIANCE, Kind.KPI, Kind.PROMISE, Kind.ROLES)


# ── Building ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def build(review) -> int:
    """Bring a planned or open review's agenda up to date. Returns how many items are new.

    The review is locked by whoever calls; plain, because it is worked out and not decided."""
    here = {item.source: item for item in review.items.all()}
    found = {one.source: one for one in found_in(review.workspace)}
    settled = [item.pk for source, item in here.items() if source not in found and untouched(item)]
    stop_asking(review.items.filter(pk__in=settled))
    AgendaItem.objects.filter(pk__in=settled).delete()
    for source, item in here.items():
        if source in found and item.is_open:
            refresh(item, found[source])
    new = [one for source, one in found.items() if source not in here]
    carried = carried_over(review, here.keys() | found.keys())
    origin = {item.source: item for item in carried_items(review)}
    last = review.items.aggregate(last=Max("number"))["last"] or 0
    AgendaItem.objects.bulk_create(
        [
            item_of(review, one, number, origin.get(one.source))
            for number, one in enumerate([*carried, *new], start=last + 1)
        ],
        ignore_conflicts=True,
    )
    ask(review)
    if review.state == "planned":
        put_in_order(review)
    return len(new) + len(carried)


def put_in_order(review):
    """What people put on comes first, then by kind; once the review is open nothing jumps under anybody's hands."""
    items = sorted(review.items.all(), key=lambda item: (PLACES.index(item.kind), item.number))
    moved = []
    for number, item in enumerate(items, start=1):
        if item.number != number:
            item.number = number
            moved.append(item)
    AgendaItem.objects.bulk_update(moved, ["number"])


def untouched(item) -> bool:
    """Nobody put it on, carried it or said anything about it."""
    return item.is_open and item.added_by_id is None and item.carried_from_id is None


def refresh(item, found):
    values = {"label": found.label[:300], "url": found.url, "side": found.side, "facts": found.facts}
    if any(getattr(item, name) != value for name, value in values.items()):
        AgendaItem.objects.filter(pk=item.pk).update(**values)


def carried_items(review):
    """What the series' review before did not get to."""
    before = previous(review)
    return list(before.items.filter(state=AgendaItem.State.CARRIED)) if before else []


def carried_over(review, known) -> list[Found]:
    return [
        Found(item.kind, item.source, item.label, item.url, item.side, item.facts)
        for item in carried_items(review)
        if item.source not in known
    ]


def previous(review):
    if review.series_id is None:
        return None
    closed = type(review).objects.of(review.workspace_id).filter(series=review.series_id, state="closed")
    return closed.filter(on__lte=review.on).exclude(pk=review.pk).order_by("-on", "-pk").first()


def item_of(review, found, number, origin) -> AgendaItem:
    item = AgendaItem(
        workspace_id=review.workspace_id,
        review=review,
        number=number,
        kind=found.kind,
        source=found.source[:160],
        label=found.label[:300],
        url=found.url,
        side=found.side,
        facts=found.facts,
        carried_from=origin,
        added_by_id=origin.added_by_id if origin else None,
    )
    return carry(item, origin) if origin else item


def soon(workspace):
    """Until when planned reviews have their agenda kept up to date by the clock."""
    return workspace.today() + timedelta(days=14)

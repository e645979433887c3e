"""Shared KPIs. Values are text in the KPI's unit; progress and gap are percentages with two decimals."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from pydantic import AfterValidator

from planning.kpis import actions
from planning.kpis.expected import Point
from planning.kpis.models import Definition, Kpi, Reading
from planning.kpis.progress import HUNDREDTH
from planning.kpis.queries import Portrait, portfolio, portrait_of, words
from planning.kpis.terms import Terms
from planning.kpis.values import FIRST_YEAR, LAST_YEAR, value_text
from planning.people.doors import anyone, editors
from planning.people.models import Member, Side
from planning.shared.refusals import Refused

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["kpis"])


def printable(text: str) -> str:
    if "\0" in text:
        raise ValueError("Text has no NUL characters.")
    return text


def text(longest):
    return Annotated[str, Field(max_length=longest), AfterValidator(printable)]


Number = Annotated[Decimal, Field(max_digits=20, decimal_places=6)]
Day = Annotated[date, Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31))]
Whole = Annotated[int, Field(ge=1, le=2**31 - 1)]


# ── What comes in ────────────────────────────────────────────────────────────────────────────────────────────────────
class TargetIn(Schema):
    on: Day
    value: Number
    interpolation: Literal["linear", "step"] = "linear"


class KpiBandIn(Schema):
    low: Number
    high: Number
    margin: Number = Decimal(0)


class Owners(Schema):
    """E-mails. One left out is the caller on their own side, else that side's only lead."""

    marketing: text(254) | None = None
    technology: text(254) | None = None


class KpiIn(Schema):
    name: text(120)
    description: text(4000) = ""
    formula: text(4000) = ""
    unit: text(24) = ""
    direction: Literal["increase", "decrease", "band"]
    baseline: Number | None = None
    baseline_on: Day
    targets: Annotated[list[TargetIn], Field(max_length=60)] = []
    band: KpiBandIn | None = None
    cadence: Literal["week", "month", "quarter"] = "month"
    grace_days: Annotated[int, Field(ge=0, le=90)] = 5
    source: Literal["typed", "fed"] = "typed"
    limits: tuple[Number, Number] = (Decimal(5), Decimal(15))
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    owners: Owners = Owners()

    def terms(self) -> Terms:
        said = self.model_dump(exclude={"band", "owners", "limits", "targets"})
        band = {f"band_{name}": value for name, value in self.band.model_dump().items()} if self.band else {}
        green, amber = self.limits
        targets = tuple(Point(one.on, one.value, one.interpolation) for one in self.targets)
        return Terms(**said, **band, green_limit=green, amber_limit=amber, targets=targets)


class ReadingIn(Schema):
    on: Day
    value: Number
    note: text(300) = ""
    confirm: bool = False


class WordIn(Schema):
    """`value`: what it should be, beside a dispute."""

    verdict: Literal["confirm", "dispute"]
    reason: text(2000) = ""
    value: Number | None = None


class KpiSignatureIn(Schema):
    """`seat` defaults to the caller's side."""

    version: Whole
    verdict: Literal["approve", "reject", "ask"] = "approve"
    note: text(2000) = ""
    seat: Literal["marketing", "technology"] | None = None


# ── What goes out ────────────────────────────────────────────────────────────────────────────────────────────────────
class TargetOut(Schema):
    on: date
    value: str
    interpolation: str


class KpiOut(Schema):
    id: int
    name: str
    description: str
    formula: str
    unit: str
    direction: str
    baseline: str | None
    baseline_on: date
    targets: list[TargetOut]
    band: dict | None
    cadence: str
    grace_days: int
    source: str
    limits: list[str]
    owners: dict[str, str]
    version: int
    state: str
    proposed_version: int | None
    on: date
    value: str | None
    value_on: date | None
    expected: str | None
    progress: str | None
    expected_progress: str
    gap: str | None
    status: str
    status_by_hand: bool
    freshness: str


class WordOut(Schema):
    side: str
    verdict: str
    by: str
    reason: str
    value: str | None


class ReadingOut(Schema):
    id: int
    kpi: int
    on: date
    value: str
    version: int
    state: str
    note: str
    counts: bool
    confirmations: list[WordOut]


class Ahead(Schema):
    on: date
    value: str
    low: str
    high: str


class ForecastOut(Schema):
    """`value`, `low`, `high` are for `on`; null, with a reason, when three dates over 28 days are not known yet."""

    on: date
    value: str | None
    low: str | None
    high: str | None
    readings: int
    reason: str
    target: Ahead | None
    target_value: str | None


class Signed(Schema):
    version: int
    state: str
    from_on: date | None


# ── KPIs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("kpis", response=Listed[KpiOut])
@may(anyone)
def kpis(request, on: Day | None = None, page: Page = 1, size: Size = 100):
    """Every KPI that is followed, as it stands on a day (default: today)."""
    portraits = {one.kpi.pk: one for one in portfolio(request.workspace, on)}
    followed = Kpi.objects.of(request.workspace).active().order_by("name", "pk")
    return listed(request, followed, lambda kpi: described(portraits[kpi.pk]), page, size)


@router.post("kpis", response={201: KpiOut})
@may(editors)
def create(request, body: KpiIn):
    """A new KPI. Its definition waits for both keys; until the first is agreed, it is judged by the proposal."""
    owners = {
        f"{side}_owner": owner_of(request.member, side, getattr(body.owners, side))
        for side in ("marketing", "technology")
    }
    made = actions.create(request.member, body.terms(), **owners)
    return Status(201, described(portrait_of(request.workspace, made.pk)))


@router.get("kpis/{int:kpi_id}", response=KpiOut)
@may(anyone)
def kpi(request, kpi_id: Whole, on: Day | None = None):
    """How a KPI stands on a day (default: today), judged by what was agreed for that day."""
    return described(portrait_of(request.workspace, kpi_id, on))


@router.post("kpis/{int:kpi_id}/definitions", response={201: KpiOut})
@may(editors)
def revise(request, kpi_id: Whole, body: KpiIn):
    """Propose the next version. What is agreed stays in force until both keys are turned."""
    actions.revise(found(request, kpi_id), request.member, body.terms())
    return Status(201, described(portrait_of(request.workspace, kpi_id)))


@router.post("kpis/{int:kpi_id}/signatures", response=Signed)
@may(editors)
def sign(request, kpi_id: Whole, body: KpiSignatureIn):
    """Turn a key on the version that was read; a stale one is answered with the difference (409)."""
    seat = body.seat or request.member.side
    signed = actions.sign(found(request, kpi_id), request.member, seat, body.verdict, body.version, body.note)
    return {"version": signed.number, "state": signed.state, "from_on": signed.from_on}


@router.get("kpis/{int:kpi_id}/forecast", response=ForecastOut)
@may(anyone)
def forecast(request, kpi_id: Whole, on: Day | None = None):
    """The straight line through the last readings up to `on`, at that day, with its 95 % interval.

    Without `on` it is the day of the last target.
    """
    portrait = portrait_of(request.workspace, kpi_id)
    goal = portrait.definition.points[-1] if portrait.definition.points else None
    day = on or max(goal.on if goal else portrait.day, portrait.day)
    known = Portrait(portrait.kpi, day, portrait.definitions, portrait.readings)
    line, decimals = known.line, max(portrait.definition.decimals, 2)
    if line is None:
        few = _("A forecast needs readings of three days that span 28 days.")
        return nothing_ahead(day, sum(on <= day for on, _value in known.series), few) | {
            "target_value": goal and value_text(goal.value, decimals)
        }
    return {
        **ahead(line.at(day), decimals), "readings": line.count, "reason": "",
        "target": goal and ahead(line.at(goal.on), decimals), "target_value": goal and value_text(goal.value, decimals),
    }  # fmt: skip


# ── Readings ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("kpis/{int:kpi_id}/readings", response=Listed[ReadingOut])
@may(anyone)
def readings(request, kpi_id: Whole, page: Page = 1, size: Size = 100):
    """All versions of all readings, by day."""
    rows = found(request, kpi_id).readings.prefetch_related(words(), "kpi__definitions").order_by("on", "version")
    return listed(request, rows, read, page, size)


@router.post("kpis/{int:kpi_id}/readings", response={201: ReadingOut})
@may(editors)
def enter(request, kpi_id: Whole, body: ReadingIn):
    """A value of a day; a day that has one gets a new version. `confirm` gives the caller's side's word at once."""
    made = actions.enter(found(request, kpi_id), request.member, body.on, body.value, body.note, body.confirm)
    return Status(201, read(one_reading(request, made.pk)))


@router.post("readings/{int:reading_id}/confirmations", response=ReadingOut)
@may(editors)
def confirm(request, reading_id: Whole, body: WordIn):
    """The word of the caller's side: that is the value, or it is not, and why."""
    reading = one_reading(request, reading_id)
    if body.verdict == "confirm":
        actions.confirm(reading, request.member)
    else:
        actions.dispute(reading, request.member, body.reason, body.value)
    return read(one_reading(request, reading_id))


# ── In words ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def found(request, kpi_id) -> Kpi:
    return get_object_or_404(Kpi.objects.of(request.workspace).owned(), pk=kpi_id)


def one_reading(request, reading_id) -> Reading:
    rows = Reading.objects.of(request.workspace).select_related("kpi__workspace")
    return get_object_or_404(rows.prefetch_related(words(), "kpi__definitions"), pk=reading_id)


def owner_of(member, side, email) -> Member:
    """Who is meant: by e-mail, else the caller on their own side, else the side's only lead."""
    if not email and member.side == side:
        return member
    people = Member.objects.of(member.workspace).select_related("user")
    meant = people.active().filter(user__email=email.strip().lower()) if email else people.leads(side)
    named = list(meant[:2])
    if len(named) != 1:
        raise Refused(
            _("Nobody here has the e-mail “%(email)s”.") % {"email": email}
            if email
            else _("Say who owns it in %(side)s: owners.%(side)s is an e-mail.") % {"side": Side(side).value},
            f"owners.{side}",
        )
    return named[0]


def described(portrait) -> dict:
    standing, definition = portrait.standing, portrait.definition
    return {
        "id": portrait.kpi.pk,
        **defined(definition),
        "name": portrait.kpi.name,
        "owners": {owner.side: owner.email for owner in portrait.kpi.owners},
        "version": definition.number,
        "state": definition.state,
        "proposed_version": portrait.proposed and portrait.proposed.number,
        "on": standing.on,
        "value": value_text(standing.value, definition.decimals),
        "value_on": standing.value_on,
        "expected": value_text(standing.expected, max(definition.decimals, 2)),
        "progress": said(standing.percent),
        "expected_progress": said(standing.expected_percent),
        "gap": said(standing.gap_points),
        "status": standing.status.value,
        "status_by_hand": standing.set_by_hand is not None,
        "freshness": standing.freshness.value,
    }


def defined(definition: Definition) -> dict:
    def value(number):
        return value_text(number, definition.decimals)

    plain = ("description", "formula", "unit", "direction", "baseline_on", "cadence", "grace_days", "source")
    band = {"low": definition.band_low, "high": definition.band_high, "margin": definition.band_margin}
    return {
        **{name: getattr(definition, name) for name in plain},
        "baseline": value(definition.baseline),
        "targets": [
            {"on": one.on, "value": value(one.value), "interpolation": one.interpolation} for one in definition.points
        ],
        "band": {name: value(number) for name, number in band.items()} if definition.is_band else None,
        "limits": [said(limit) for limit in definition.limits],
    }


def read(reading) -> dict:
    decimals = max((version.decimals for version in reading.kpi.definitions.all()), default=2)
    return {
        **{name: getattr(reading, name) for name in ("on", "version", "state", "note", "counts")},
        "id": reading.pk,
        "kpi": reading.kpi_id,
        "value": value_text(reading.value, decimals),
        "confirmations": [
            {"side": word.side, "verdict": word.verdict, "by": word.member.email, "reason": word.reason,
             "value": value_text(word.alternative, decimals)}
            for word in reading.confirmations.all()
        ],
    }  # fmt: skip


def said(percentage: Decimal | None) -> str | None:
    return None if percentage is None else format(percentage.quantize(HUNDREDTH), "f")


def ahead(value, decimals) -> dict:
    """A forecast's figures, rounded to what the KPI shows."""
    unit = Decimal(1).scaleb(-decimals)
    return {
        "on": value.on,
        **{name: format(getattr(value, name).quantize(unit) + 0, "f") for name in ("value", "low", "high")},
    }


def nothing_ahead(day, count, reason) -> dict:
    return {"on": day, "value": None, "low": None, "high": None, "readings": count, "reason": reason, "target": None}

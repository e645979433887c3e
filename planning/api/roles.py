"""The matrix whole: read, put, its findings, its keys."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from planning.calendar.models import Category, Domain
from planning.people.doors import anyone, editors
from planning.roles import agreeing, importing
from planning.roles.drafts import in_force
from planning.roles.facts import findings_of
from planning.roles.grid import grid_of
from planning.roles.models import Version
from planning.roles.sheets import ActivityRow, RoleRow, Sheet
from planning.shared.money import clean_money, money_text
from planning.shared.refusals import Refused

from .base import may

router = Router(tags=["roles"])


class BandIn(Schema):
    """[from, to) in the workspace's currency; null is open."""

    from_: str | int | None = Field(None, alias="from")
    to: str | int | None = None


class SpendIn(Schema):
    """The one kind of spend that a row which routes purchases is for: `domain` (marketing, technology or other), or the
    name of a `category`."""

    domain: str | None = None
    category: str | None = Field(None, max_length=80)


class HolderIn(Schema):
    email: str
    from_: date | None = Field(None, alias="from")
    until: date | None = None


class RoleIn(Schema):
    key: str = Field(min_length=1, max_length=80)
    name: str = Field("", max_length=120)
    side: str
    holders: list[str | HolderIn] | None = None


class ActivityIn(Schema):
    key: str = Field(min_length=1, max_length=80)
    name: str = Field("", max_length=200)
    area: str = Field("", max_length=80)
    joint: bool = False
    band: BandIn | None = None
    routes: str | None = None
    only_for: SpendIn | None = None
    letters: dict[str, str] = {}


class MatrixIn(Schema):
    """`version`, when given, is the newest one that was read; another by then is answered with 409."""

    activities: list[ActivityIn] = Field(max_length=1000)
    roles: list[RoleIn] = Field(max_length=200)
    version: int | None = None


class RoleOut(Schema):
    """`holders` are the e-mails of those who hold it today; `holdings` has the days of all who do or will."""

    key: str
    name: str
    side: str
    holders: list[str]
    holdings: list[dict]


class ActivityOut(Schema):
    key: str
    name: str
    area: str
    joint: bool
    band: dict | None
    routes: str
    only_for: dict | None
    letters: dict[str, str]


class MatrixOut(Schema):
    version: int
    state: str
    in_force_from: str | None
    in_force_until: str | None
    fingerprint: str | None
    activities: list[ActivityOut]
    roles: list[RoleOut]
    seats: list[dict]


class FindingOut(Schema):
    activity: str | None
    rule: str
    severity: str
    message: str
    people: list[str]
    roles: list[str]
    mend: str


class MatrixSignatureIn(Schema):
    version: int
    verdict: str = "approve"
    note: str = ""
    comment: str = ""


@router.get("roles/matrix", response=MatrixOut)
@may(anyone)
def matrix(request, on: date | None = None):
    """The newest version, whatever its state; with `on`, the one in force on that day."""
    return described(version_asked(request.workspace, on))


@router.put("roles/matrix", response=MatrixOut)
@may(editors)
def put_matrix(request, body: MatrixIn):
    """Write the draft anew, whole. A version that waits for its keys is taken back."""
    sheet = Sheet(
        [RoleRow(role.name or role.key, role.side, role.key) for role in body.roles], rows_of(request.workspace, body)
    )
    draft = importing.put_matrix(
        request.member, sheet=sheet, holders=holders_of(request.workspace, body), version=body.version
    )
    return described(draft)


@router.get("roles/findings", response=list[FindingOut])
@may(anyone)
def findings(request, on: date | None = None):
    """What the rules say about the newest version (with `on`, about the one in force that day)."""
    version = newest(request.workspace) if on is None else in_force(request.workspace, on)
    return [vars(finding) for finding in findings_of(version)] if version else []


@router.post("roles/matrix/signatures", response=MatrixOut)
@may(anyone)
def signatures(request, body: MatrixSignatureIn):
    """Turn one's side's key on the version that was read. Signing a draft proposes it; warnings need a `note` then."""
    agreeing.sign_matrix(request.member, version=body.version, verdict=body.verdict, note=body.note or body.comment)
    return described(newest(request.workspace))


# ── In ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
def rows_of(workspace, body) -> list[ActivityRow]:
    return [
        ActivityRow(
            row.name or row.key,
            dict(row.letters),
            row.key,
            row.area,
            row.joint,
            amount(row.band and row.band.from_, workspace),
            amount(row.band and row.band.to, workspace),
            row.routes,
            *spend_of(row.only_for, workspace),
        )
        for row in body.activities
    ]


def spend_of(said: SpendIn | None, workspace) -> tuple[str, Category | None]:
    if said is None:
        return "", None
    if said.domain and said.domain not in Domain.values:
        raise Refused(_("“%(text)s” is not a kind of spend.") % {"text": said.domain[:40]}, "only_for")
    if not said.category:
        return said.domain or "", None
    category = Category.objects.of(workspace).filter(name__iexact=said.category).order_by("pk").first()
    if category is None:
        raise Refused(_("There is no category “%(text)s” here.") % {"text": said.category}, "only_for")
    return said.domain or "", category


def amount(value, workspace) -> Decimal | None:
    return None if value is None else clean_money(value, workspace.currency, "band")


def holders_of(workspace, body) -> dict:
    """Who shall hold what; a role whose holders were left out keeps those it has."""
    named = {
        role.key: [HolderIn(email=one) if isinstance(one, str) else one for one in role.holders]
        for role in body.roles
        if role.holders is not None
    }
    members = importing.members_by_email(workspace, [one.email for wanted in named.values() for one in wanted])
    return {
        key: [(members[one.email.strip().lower()], one.from_, one.until) for one in wanted]
        for key, wanted in named.items()
    }


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def newest(workspace) -> Version | None:
    return Version.objects.of(workspace).select_related("paper").order_by("-number").first()


def version_asked(workspace, on) -> Version | None:
    return newest(workspace) if on is None else in_force(workspace, on)


def described(version) -> dict:
    """A version as JSON; before there is any, an empty draft 0."""
    if version is None:
        nothing = {"version": 0, "state": "draft", "in_force_from": None, "in_force_until": None, "fingerprint": None}
        return nothing | {"activities": [], "roles": [], "seats": []}
    grid, currency = grid_of(version), version.workspace.currency
    keys = {column.role.pk: column.role.key for column in grid.columns}
    return {
        "version": version.number,
        "state": version.state,
        "in_force_from": iso(version.in_force_from),
        "in_force_until": iso(version.in_force_until),
        "fingerprint": version.paper.fingerprint if version.paper else None,
        "activities": [
            activity_out(row, keys, currency) for row in sorted(grid.rows, key=lambda row: row.activity.number)
        ],
        "roles": [role_out(column) for column in grid.columns],
        "seats": [seat_out(seat) for seat in version.paper.seats.select_related("decided_by__user")]
        if version.paper
        else [],
    }


def activity_out(row, keys, currency):
    facts = row.activity
    band = {"from": money_text(facts.low, currency), "to": money_text(facts.high, currency)} if facts.banded else None
    return {
        "key": facts.key,
        "name": facts.name,
        "area": facts.area,
        "joint": facts.joint,
        "band": band,
        "routes": facts.routes,
        "only_for": {"domain": facts.domain or None, "category": facts.category and facts.category.name}
        if facts.only_for
        else None,
        "letters": {keys[role]: letters for role, letters in row.letters.items()},
    }


def role_out(column):
    holdings = [
        {"email": h.member.email, "from": iso(h.days.lower), "until": iso(h.days.upper)} for h in column.holdings
    ]
    role = column.role
    return {
        "key": role.key,
        "name": role.name,
        "side": role.side,
        "holders": [m.email for m in column.holders],
        "holdings": holdings,
    }


def seat_out(seat):
    return {"seat": seat.name, "state": seat.state, "decided_by": seat.decided_by.email if seat.decided_by else None}


def iso(day) -> str | None:
    return day.isoformat() if day else None

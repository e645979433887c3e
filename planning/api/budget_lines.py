"""Lines of a budget and what is available on them. Money is text in the workspace's currency."""

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from ninja import Field, Header, Router, Schema, Status

from planning.budgets import actions
from planning.budgets.availability import availability
from planning.budgets.lines.people import people_of
from planning.budgets.models import Line, Revision
from planning.budgets.versions.drafts import said_by
from planning.people.doors import anyone, editors

from .base import may
from .budget_input import Amount, Id, Name, Note, Number, Percent, Strict, as_text, budget_of, line_of
from .budget_shapes import line_out
from .paging import Listed, Page, Size, listed

router = Router(tags=["budgets"])


class Shares(Strict):
    marketing: Percent = 0
    technology: Percent = 0


Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class Typed(Strict):
    months: Annotated[list[Amount], Field(min_length=12, max_length=12)]


class Weights(Strict):
    weights: Annotated[list[Amount], Field(min_length=12, max_length=12)]


class Once(Strict):
    once: Month


class Between(Strict):
    first: Month = Field(alias="from")
    until: Month | None = None


Spread = Literal["even", "last year"] | Typed | Weights | Once | Between


class Original(Strict):
    """What a line is in another currency; the plan's rate is finance's of `rate_day` (default: today's)."""

    currency: Annotated[str, Field(min_length=3, max_length=3)]
    total: Amount
    rate_day: date | None = None


class PeopleIn(Strict):
    """Full-time people of a group: one number with `from` and `until` (months, both included), or twelve; and what one
    of them costs in a year, loaded, on average."""

    group: Annotated[str, Field(min_length=1, max_length=80)]
    fte: Amount | Annotated[list[Amount], Field(min_length=12, max_length=12)]
    first: Month | None = Field(default=None, alias="from")
    until: Month | None = None
    rate: Amount


class Said(Schema):
    """What may be said of a line when it is added and when it changes."""

    total: Amount | None = None
    original: Original | None = None
    spread: Spread | None = None
    months: Annotated[list[Amount], Field(min_length=12, max_length=12)] | None = None
    shares: Shares | None = None
    vendor: Id | Name | None = None
    kpi: Id | None = None
    kpi_effect: Annotated[str, Field(max_length=40)] | int | None = None
    effect_due: date | None = None
    purpose: Literal["run", "grow", "transform"] | None = None
    treatment: Literal["opex", "capex"] | None = None
    cost_centre: Annotated[str, Field(max_length=40)] | None = None
    account: Annotated[str, Field(max_length=40)] | None = None
    dimensions: dict[str, Annotated[str, Field(max_length=60)] | None] | None = None
    placeholder: bool | None = None
    forecast: Literal["plan", "steady"] | None = None
    notes: Note | None = None
    owner: Annotated[str, Field(max_length=254)] | None = None
    people: Annotated[list[PeopleIn], Field(max_length=60)] | None = Field(
        default=None, description="They say the total and its months: at least five people in a month that has any."
    )


Side = Literal["marketing", "technology", "joint"]
IfMatch = Annotated[str | None, Header(alias="If-Match", pattern=r'^(\*|(W/)?"\d{1,9}"|\d{1,9})$')]


class LineIn(Said):
    name: Name
    side: Side
    category: Annotated[str, Field(min_length=1, max_length=80)]


class LinePatch(Said):
    version: Number | None = None
    name: Name | None = None
    side: Side | None = None
    category: Annotated[str, Field(min_length=1, max_length=80)] | None = None


class ShareOut(Schema):
    percent: str
    amount: str


class SharesOut(Schema):
    marketing: ShareOut
    technology: ShareOut


class OriginalOut(Schema):
    currency: str
    total: str
    rate: str
    rate_day: date


class GroupOut(Schema):
    group: str
    fte: list[str]
    rate: str


class LineOut(Schema):
    id: int
    budget: int
    name: str
    side: str
    category: str
    total: str
    months: list[str]
    shares: SharesOut
    vendor: int | None
    kpi: int | None
    kpi_effect: str | None
    effect_due: date | None
    original: OriginalOut | None
    purpose: str
    treatment: str
    cost_centre: str
    account: str
    dimensions: dict[str, str]
    placeholder: bool
    people_cost: bool
    people: list[GroupOut] | None = Field(
        description="Groups and rates, for those who own the line, finance and auditors; null for everybody else."
    )
    forecast: str
    notes: str
    owner: str | None
    version: int
    in_force: bool
    fingerprint: str
    change: dict[str, Any] | None


class Money(Schema):
    plan: str
    transferred: str
    reserved: str
    committed: str
    actual: str
    available: str


class Availability(Money):
    by_side: dict[str, Money]


@router.get("budgets/{int:budget_id}/lines", response=Listed[LineOut])
@may(anyone)
def lines(
    request,
    budget_id: Id,
    side: Side | None = None,
    category: Annotated[str, Field(max_length=80)] | None = None,
    vendor: Id | None = None,
    kpi: Id | None = None,
    page: Page = 1,
    size: Size = 100,
):
    """Lines of a budget, in the order they were added; those of one side, category, vendor or KPI, as it is in force or
    being drafted."""
    asked = {"side": side, "category__name__iexact": category, "vendor": vendor, "kpi": kpi}
    asked = {name: value for name, value in asked.items() if value is not None}
    found = Line.objects.of(request.workspace).filter(budget=budget_of(request, budget_id))
    if asked:
        says = Revision.objects.of(request.workspace).filter(line=OuterRef("pk"), **asked)
        found = found.filter(Exists(says.in_force()) | Exists(says.open()))
    return listed(request, found.select_related("owner__user").order_by("pk"), described, page, size, together=True)


@router.post("budgets/{int:budget_id}/lines", response={201: LineOut})
@may(editors)
def add(request, response: HttpResponse, budget_id: Id, body: LineIn):
    """Add a line to the version being drafted; in an agreed budget it joins the plan with the next agreement."""
    line = actions.add_line(
        budget_of(request, budget_id), request.member, **fields_of(body.model_dump(exclude_unset=True, by_alias=True))
    )
    return Status(201, tagged(response, line))


@router.get("lines/{int:line_id}", response=LineOut)
@may(anyone)
def one_line(request, response: HttpResponse, line_id: Id):
    """What is in force (before any agreement: what is drafted), and beside it the `change` being drafted or signed. The
    ETag is its version."""
    return tagged(response, line_of(request, line_id))


@router.patch("lines/{int:line_id}", response=LineOut)
@may(editors)
def change(request, response: HttpResponse, line_id: Id, body: LinePatch, if_match: IfMatch = None):
    """Change what is given. With `version`, or the same as If-Match, only if nobody changed the line since; else 409
    with the difference."""
    said = body.model_dump(exclude_unset=True, by_alias=True)
    seen = version_read(said, if_match)
    line = actions.edit_line(line_of(request, line_id), request.member, seen=seen, **fields_of(said))
    return tagged(response, line)


@router.get("lines/{int:line_id}/availability", response=Availability)
@may(anyone)
def room(request, line_id: Id):
    """plan + transferred − reserved − committed − actual = available, for the year and per side."""
    money, currency = availability(line_of(request, line_id)), request.workspace.currency
    by_side = {side: as_text(amounts, currency) for side, amounts in money.pop("by_side").items()}
    return as_text(money, currency) | {"by_side": by_side}


def described(lines) -> list[dict]:
    said = said_by(lines)
    people = people_of(one for both in said.values() for one in both)
    return [line_out(line, *said[line.pk], people) for line in lines]


def tagged(response, line) -> dict:
    """A line with its version as ETag, which a change may send back as If-Match."""
    (said,) = described([line])
    response["ETag"] = f'"{said["version"]}"'
    return said


def version_read(said, if_match) -> int | None:
    """The version a change was made from: the body's, or that of If-Match ("*" is any)."""
    seen, tag = said.pop("version", None), (if_match or "*").removeprefix("W/").strip('"')
    return seen if tag == "*" else int(tag)


KEPT = {
    "vendor",
    "kpi",
    "kpi_effect",
    "effect_due",
    "notes",
    "owner",
}  # null takes these away; elsewhere it says nothing


def fields_of(said: dict) -> dict:
    """The body as `line_input.cleaned` takes it: `months`, or `spread`; `original` null is the workspace's currency."""
    months = said.pop("months", None)
    if months is not None:
        said["spread"] = months
    if "original" in said:
        original = said.pop("original") or {"currency": ""}
        said["original_total"] = original.pop("total", None)
        said |= original
    return {name: value for name, value in said.items() if value is not None or name in KEPT}

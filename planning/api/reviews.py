"""Reviews: dates, the agenda, what came of it, the keys under the minutes."""

from datetime import date, time

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from planning.people.doors import anyone, editors
from planning.people.models import Member
from planning.reviews import meeting, minuting, planning
from planning.reviews.models import AgendaItem, Review
from planning.shared.refusals import Refused

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["reviews"])


class ReviewIn(Schema):
    """Wall time in the workspace's time zone."""

    name: str = Field("", max_length=120)
    on: date
    at: time = time(10)
    minutes_long: int = Field(60, ge=5, le=600)
    where: str = Field("", max_length=200)


class MinutesOut(Schema):
    version: int
    state: str
    fingerprint: str


class ReviewOut(Schema):
    id: int
    name: str
    on: str
    at: str
    timezone: str
    state: str
    sequence: int
    minutes: MinutesOut | None


class ItemOut(Schema):
    id: int
    kind: str
    source: str
    label: str
    url: str
    side: str
    facts: list
    state: str


class ReviewDecisionIn(Schema):
    """`item` is an agenda item's id; without one a new item is made. A disagreement has `agreed` false."""

    item: int | None = None
    label: str = Field("", max_length=300)
    text: str = Field(max_length=4000)
    agreed: bool = True
    owner: str | None = None
    due_on: date | None = None
    counter_proposal: str = Field("", max_length=4000)


class DecisionOut(Schema):
    id: int
    item: int
    agreed: bool
    text: str
    owner: str | None
    due_on: str | None
    counter_proposal: str


class PromiseIn(Schema):
    who: str
    what: str = Field(min_length=1, max_length=500)
    until: date


class PromiseOut(Schema):
    id: int
    who: str
    what: str
    until: str
    state: str


class MinutesSignatureIn(Schema):
    version: int
    verdict: str = "approve"
    note: str = ""


@router.get("reviews", response=Listed[ReviewOut])
@may(anyone)
def reviews(request, page: Page = 1, size: Size = 100):
    """Newest first."""
    rows = Review.objects.of(request.workspace).prefetch_related("minutes__paper").order_by("-on", "-pk")
    return listed(request, rows, described, page, size)


@router.post("reviews", response={201: ReviewOut})
@may(editors)
def plan(request, body: ReviewIn):
    """Plan a review; its agenda builds itself at once."""
    values = body.dict() | {"name": body.name.strip() or _("Joint review")}
    return Status(201, described(planning.plan_review(request.member, **values)))


@router.get("reviews/{int:review_id}/agenda", response=list[ItemOut])
@may(anyone)
def agenda(request, review_id: int):
    """Item by item, what was taken off left out."""
    return [item_out(item) for item in found(request, review_id).items.exclude(state=AgendaItem.State.DROPPED)]


@router.post("reviews/{int:review_id}/decisions", response={201: DecisionOut})
@may(editors)
def decide(request, review_id: int, body: ReviewDecisionIn):
    """A decision with its owner and date, or a recorded disagreement with a counter-proposal.

    It opens a planned review.
    """
    values = {name: getattr(body, name) for name in ("text", "label", "agreed", "due_on", "counter_proposal")}
    owner = member_at(request.workspace, body.owner, "owner") if body.owner else None
    made = meeting.decide(found(request, review_id), request.member, item_id=body.item, owner=owner, **values)
    return Status(201, decision_out(made))


@router.post("reviews/{int:review_id}/promises", response={201: PromiseOut})
@may(editors)
def promise(request, review_id: int, body: PromiseIn):
    """Who does what until when."""
    who = member_at(request.workspace, body.who, "who")
    made = meeting.promise(found(request, review_id), request.member, who=who, what=body.what, until=body.until)
    return Status(
        201, {"id": made.pk, "who": who.email, "what": made.what, "until": made.until.isoformat(), "state": made.state}
    )


@router.post("reviews/{int:review_id}/minutes/signatures", response=MinutesOut)
@may(anyone)
def sign(request, review_id: int, body: MinutesSignatureIn):
    """Turn one's side's key on the minutes that were read. The first signature in the room closes the review."""
    signed = minuting.sign_minutes(found(request, review_id), request.member, **body.dict())
    return minutes_out(signed)


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def found(request, review_id) -> Review:
    return get_object_or_404(Review.objects.of(request.workspace).select_related("series"), pk=review_id)


def member_at(workspace, email, field) -> Member:
    member = (
        Member.objects.of(workspace).active().select_related("user").filter(user__email=email.strip().lower()).first()
    )
    if member is None:
        raise Refused(_("%(person)s is not a member here.") % {"person": email[:80]}, field)
    return member


def described(review) -> dict:
    written = max(review.minutes.all(), key=lambda one: one.version, default=None)
    return {
        "id": review.pk,
        "name": review.name,
        "on": review.on.isoformat(),
        "at": review.at.strftime("%H:%M"),
        "timezone": review.timezone,
        "state": review.state,
        "sequence": review.sequence,
        "minutes": minutes_out(written) if written else None,
    }


def minutes_out(minutes) -> dict:
    return {"version": minutes.version, "state": minutes.state, "fingerprint": minutes.paper.fingerprint}


def item_out(item) -> dict:
    names = ("kind", "source", "label", "url", "side", "facts", "state")
    return {"id": item.pk} | {name: getattr(item, name) for name in names}


def decision_out(decision) -> dict:
    return {
        "id": decision.pk,
        "item": decision.item_id,
        "agreed": decision.agreed,
        "text": decision.text,
        "owner": decision.owner.email if decision.owner else None,
        "due_on": decision.due_on and decision.due_on.isoformat(),
        "counter_proposal": decision.counter_proposal,
    }

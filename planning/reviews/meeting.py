"""In the room: the agenda item by item, each to a decision with owner and date, or a recorded disagreement."""

import uuid
from datetime import date

from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.roles.routing.row import row_for
from planning.roles.routing.told import holders_in, keys_held
from planning.shared.locking import lock
from planning.shared.plain import plain
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .agenda import build
from .asking import ask, asked_in, decided_by, stop_asking
from .models import AgendaItem, Decision, Promise, Review
from .planning import held

LIVE = (Review.State.PLANNED, Review.State.OPEN)


@action(gettext_lazy("opened {subject}"))
def open_review(review, member):
    """Both sides are in the room: the agenda is brought up to date once more and its first item is taken up."""
    review = held(review, member, Review.State.PLANNED)
    build(review)
    begin(review)
    entry = record(open_review, member, review, after={"items": review.items.count()})
    tell(asked_in(review), entry, url=place(member.workspace, "reviews:review", review.pk), needs=True)
    return review


@action(gettext_lazy("brought the agenda of {subject} up to date"))
def refresh_agenda(review, member):
    review = held(review, member, *LIVE)
    new = build(review)
    touch(review)
    entry = record(refresh_agenda, member, review, after={"new": new})
    if new:
        tell(asked_in(review), entry, url=place(member.workspace, "reviews:review", review.pk), needs=True)
    return new


@action(gettext_lazy("put something on the agenda of {subject}"))
def add_item(review, member, *, label: str, side: str = ""):
    """An item of one's own; rebuilding never takes it away."""
    review = held(review, member, *LIVE)
    item = own_item(review, member, label, side)
    ask(review)
    touch(review)
    entry = record(add_item, member, review, after={"item": label})
    asked = holders_in(member.workspace, snapshot(member.workspace), "RC")
    tell(asked, entry, url=place(member.workspace, "reviews:review", review.pk))
    return item


@action(gettext_lazy("took something off the agenda of {subject}"))
def drop_item(item, member):
    """Off this agenda; it does not come back to this review by itself."""
    review = held(item.review, member, *LIVE)
    item = open_item(review, item.pk)
    item.state = AgendaItem.State.DROPPED
    item.save(update_fields=["state"])
    stop_asking(review.items.filter(pk=item.pk))
    move_on(review, item)
    record(drop_item, member, review, before={"item": item.label})


@action(gettext_lazy("took up an item of {subject}"))
def take_up(item, member):
    """Both screens turn to this item."""
    review = held(item.review, member, Review.State.OPEN)
    item = review.items.filter(pk=item.pk).first()
    if item and review.current_id != item.pk:
        review.current = item
        touch(review)
        record(take_up, member, review, after={"item": item.label})


@action(gettext_lazy("recorded a decision in {subject}"))
def decide(
    review,
    member,
    *,
    text,
    item_id=None,
    label="",
    agreed=True,
    owner=None,
    due_on: date | None = None,
    counter_proposal="",
):
    """End an item: a decision with `owner` and `due_on`, or (`agreed` False) a disagreement with `counter_proposal`.

    Without `item_id` a new item is made of `label` or the text. A planned review is opened by it. Where a row of the
    matrix governs review items, a decision is noted by its A, their deputy or a lead, once its C have answered or let
    their three business days pass; its R is the owner unless somebody is named, and its I is told. Who must agree does
    so before (`agreeing`), or with the key of the minutes.
    Refused: somebody else's word as the decision, a decision before the answers or while somebody blocks, one without
    owner or date, a disagreement without a counter-proposal, an item that is settled already, a review that is closed.
    """
    review = held(review, member, *LIVE)
    matrix = snapshot(member.workspace)
    if agreed and matrix:
        refuse_other(member, matrix)
        owner = owner or next(iter(holders_in(member.workspace, matrix, "R")), None)
    refuse_half(agreed, text, owner, due_on, counter_proposal, member.workspace.today())
    if review.state == Review.State.PLANNED:
        begin(review)
    item = open_item(review, item_id) if item_id else own_item(review, member, (label or text)[:300])
    ask(review)
    item.refresh_from_db(fields=["paper"])
    if agreed:
        decided_by(item, member, text)
    stop_asking(review.items.filter(pk=item.pk))
    decision = Decision.objects.create(
        workspace=member.workspace,
        review=review,
        item=item,
        agreed=agreed,
        text=text.strip(),
        owner=owner if agreed else None,
        due_on=due_on if agreed else None,
        counter_proposal="" if agreed else counter_proposal.strip(),
        matrix=matrix,
        noted_by=member,
        noted_at=member.workspace.now(),
    )
    if agreed:
        promised(review, owner, text, due_on, decision)
    item.state = AgendaItem.State.DECIDED if agreed else AgendaItem.State.DISAGREED
    item.save(update_fields=["state"])
    move_on(review, item)
    after = {"item": item.label, "agreed": agreed, "decision": text, "owner": str(owner or ""), "until": due_on}
    entry = record(decide, member, review, after=after | ({} if agreed else {"counter-proposal": counter_proposal}))
    url = place(member.workspace, "reviews:review", review.pk)
    if agreed:
        tell([owner], entry, url=url, needs=True)
    tell([one for one in holders_in(member.workspace, matrix, "I") if one != owner], entry, url=url)
    return decision


@action(gettext_lazy("noted a promise in {subject}"))
def promise(review, member, *, who: Member, what: str, until: date):
    """`who` does `what` until a day. It comes back as an agenda item when the day is over."""
    review = held(review, member, *LIVE)
    if until < member.workspace.today():
        raise Refused(_("That day is over."), "until")
    made = promised(review, who, what, until)
    touch(review)
    entry = record(promise, member, review, after={"who": str(who), "what": what, "until": until})
    tell([who], entry, url=place(member.workspace, "reviews:review", review.pk), needs=True)
    return made


@action(gettext_lazy("settled a promise of {subject}"))
def settle_promise(promise, member, *, kept: bool = True, note: str = ""):
    """Kept, or no longer needed. Who promised says so, or a lead of the other side; releasing needs a reason."""
    promise = lock(Promise.objects.of(member.workspace), promise.pk)
    if promise.state != Promise.State.OPEN:
        raise Refused(_("This promise is settled already."))
    if member.pk != promise.member_id and not (member.is_lead and member.side != promise.member.side):
        raise NotYours(_("%(person)s says so, or a lead of the other side.") % {"person": promise.member})
    if not kept and not note.strip():
        raise Refused(_("Say why it is no longer needed."), "note")
    promise.state = Promise.State.KEPT if kept else Promise.State.RELEASED
    promise.settled_at = member.workspace.now()
    promise.save(update_fields=["state", "settled_at"])
    touch(promise.review)
    record(settle_promise, member, promise.review, after={"promise": promise.what, "state": promise.state}, note=note)


# ── Shared by the actions of this room ───────────────────────────────────────────────────────────────────────────────
def snapshot(workspace):
    """The row that governs review items today, frozen with the decision; None when none does."""
    row = row_for(workspace, "review")
    return row and plain(row.snapshot())


def refuse_other(member, matrix):
    """A decides: whoever holds the role today, their deputy, or a lead."""
    deciding = [seat for seat in matrix["seats"] if seat["letter"] == "A"]
    if not member.is_lead and deciding and not keys_held(member) & {seat["key"] for seat in deciding}:
        raise NotYours(
            _("%(role)s decides this, by “%(row)s” of RACI %(number)s.")
            % {"role": deciding[0]["role"], "row": matrix["row"], "number": matrix["version"]}
        )


def begin(review):
    review.state, review.opened_at = Review.State.OPEN, review.workspace.now()
    review.current = review.items.filter(state=AgendaItem.State.OPEN).first()
    review.save(update_fields=["state", "opened_at", "current"])
    touch(review)


def touch(review):
    """Another stamp, so that every screen fetches the room again."""
    Review.objects.filter(pk=review.pk).update(stamp=F("stamp") + 1, current=review.current_id)


def move_on(review, item):
    """After an item both screens go to the next open one below it, else to the first that is left."""
    if review.current_id in (None, item.pk):
        left = review.items.filter(state=AgendaItem.State.OPEN).exclude(pk=item.pk)
        review.current = left.filter(number__gt=item.number).first() or left.first()
    touch(review)


def own_item(review, member, label, side="") -> AgendaItem:
    last = review.items.aggregate(last=Max("number"))["last"] or 0
    return AgendaItem.objects.create(
        workspace=member.workspace,
        review=review,
        number=last + 1,
        kind=AgendaItem.Kind.OWN,
        source=f"own {uuid.uuid4()}",
        label=label.strip()[:300],
        side=side,
        added_by=member,
    )


def open_item(review, item_id) -> AgendaItem:
    item = review.items.filter(pk=item_id).first()
    if item is None:
        raise Refused(_("That item is not on this agenda."), "item")
    if not item.is_open:
        raise Refused(_("“%(item)s” is settled already.") % {"item": item}, "item")
    return item


def promised(review, who, what, until, decision=None) -> Promise:
    return Promise.objects.create(
        workspace_id=review.workspace_id,
        review=review,
        decision=decision,
        member=who,
        what=what.strip()[:500],
        until=until,
    )


def refuse_half(agreed, text, owner, due_on, counter_proposal, today):
    if not text.strip():
        raise Refused(_("Write down what was decided."), "text")
    if agreed and owner is None:
        raise Refused(_("A decision has an owner."), "owner")
    if agreed and due_on is None:
        raise Refused(_("A decision has a date."), "due_on")
    if agreed and due_on < today:
        raise Refused(_("That day is over."), "due_on")
    if not agreed and not counter_proposal.strip():
        raise Refused(_("A disagreement is recorded with what the other side proposes instead."), "counter_proposal")

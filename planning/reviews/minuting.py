"""Minutes: written when the review closes, signed in the room by both, or standing after five business days."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.calendar.business_time import due_after
from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.signoffs.models import Paper
from planning.signoffs.papers import SeatSpec, open_paper, withdraw
from planning.signoffs.signing import sign
from planning.trail.acts import action, record

from .asking import stop_asking
from .meeting import begin, touch
from .models import AgendaItem, Minutes, Review
from .planning import held, invited, plan_next

SILENCE = 5  # business days


@action(gettext_lazy("closed {subject} and wrote its minutes"))
def close_review(review, member):
    """Carry over what was not discussed, write the minutes for both keys, plan the next date."""
    review = held(review, member, Review.State.OPEN)
    minutes = closed(review, member)
    entry = record(
        close_review, member, review, after={"minutes": minutes.version, "fingerprint": minutes.paper.fingerprint}
    )
    tell(invited(member.workspace), entry, url=minutes.paper.url, needs=True)
    return minutes


@action(gettext_lazy("decided on the minutes of {subject}"))
def sign_minutes(review, member, *, version: int, verdict="approve", note="", fingerprint=None):
    """Turn one's side's key on the minutes that were read. Signing in the room closes the review first.

    Refused as `signoffs.sign` refuses: an older version (409 with the difference), somebody else's key, one person on
    both. A rejection is an objection: the review is reopened to settle it.
    """
    review = lock(Review.objects.of(member.workspace), review.pk)
    newest = review.minutes.order_by("-version").select_related("paper").first()
    if review.state == Review.State.OPEN:
        newest = closed(review, member)
    if newest is None:
        raise Refused(_("There are no minutes yet: the review is still to come."))
    read = review.minutes.filter(version=version).select_related("paper").first() or newest
    paper = sign(read.paper, member, None, verdict, version, note, fingerprint)
    if paper.just_closed:
        state = Minutes.State.SIGNED if paper.state == Paper.State.AGREED else Minutes.State.OBJECTED
        Minutes.objects.filter(pk=read.pk).update(state=state)
    touch(review)
    entry = record(
        sign_minutes,
        member,
        review,
        after={"version": version, "verdict": verdict, "fingerprint": paper.fingerprint},
        note=note,
    )
    tell(Member.objects.of(member.workspace).leads(*KEY_SIDES).people(), entry, url=paper.url)
    return Minutes.objects.get(pk=read.pk)


@action(gettext_lazy("reopened {subject}"))
def reopen_review(review, member, *, note: str):
    """Back into the room, with a reason; closing it again writes the next version of the minutes."""
    review = held(review, member, Review.State.CLOSED)
    if not note.strip():
        raise Refused(_("Say why: the minutes get another version."), "note")
    for minutes in review.minutes.filter(state__in=[Minutes.State.OPEN, Minutes.State.OBJECTED]).select_related(
        "paper"
    ):
        withdraw(minutes.paper)
        Minutes.objects.filter(pk=minutes.pk).update(state=Minutes.State.REOPENED)
    review.items.filter(state=AgendaItem.State.CARRIED).update(state=AgendaItem.State.OPEN)
    review.state, review.closed_at, review.opened_at = Review.State.OPEN, None, member.workspace.now()
    review.save(update_fields=["state", "closed_at", "opened_at"])
    begin(review)
    entry = record(reopen_review, member, review, note=note)
    tell(invited(member.workspace), entry, url=place(member.workspace, "reviews:review", review.pk))
    return review


@action(gettext_lazy("let the minutes of {subject} stand, not objected"), by="clock")
def let_minutes_stand(minutes):
    """Five business days without a word: the minutes stand as not objected; no key is shown as turned."""
    minutes = lock(Minutes.objects.of(minutes.workspace).select_related("paper"), minutes.pk)
    if minutes.state != Minutes.State.OPEN or minutes.stands_at > minutes.workspace.now():
        return
    withdraw(minutes.paper)
    minutes.state = Minutes.State.STANDING
    minutes.save(update_fields=["state"])
    entry = record(let_minutes_stand, None, minutes.review, after={"version": minutes.version, "state": "not objected"})
    tell(invited(minutes.workspace), entry, url=minutes.paper.url)


def closed(review, member) -> Minutes:
    """Close an open review: carry over, write the minutes, ask both keys, plan the next meeting."""
    review.items.filter(state=AgendaItem.State.OPEN).update(state=AgendaItem.State.CARRIED)
    review.state, review.closed_at, review.current = Review.State.CLOSED, review.workspace.now(), None
    review.save(update_fields=["state", "closed_at", "current"])
    touch(review)
    minutes = written(review, member)
    if review.series and not review.series.ended_at:
        plan_next(review.series, after=max(review.on, review.workspace.today()))
    else:
        stop_asking(review.items.filter(state=AgendaItem.State.CARRIED))
    return minutes


def written(review, member) -> Minutes:
    version = review.minutes.count() + 1
    workspace, lines = review.workspace, lines_of(review)
    paper = open_paper(
        kind="minutes", subject=review, version=version, terms=terms_of(review, lines), author=member,
        label=_("Minutes of %(review)s") % {"review": review}, url=place(workspace, "reviews:minutes", review.pk),
        seats=[SeatSpec(side, reason=_("Minutes are signed by both sides.")) for side in KEY_SIDES],
    )  # fmt: skip
    return Minutes.objects.create(
        workspace=workspace, review=review, version=version, lines=lines, paper=paper, written_at=workspace.now(),
        stands_at=due_after(workspace, days=SILENCE),
    )  # fmt: skip


def lines_of(review) -> list[dict]:
    """The minutes item by item: [{item, kind, state, decisions: [{…}]}], then promises made beside the items."""
    decisions = {}
    for decision in review.decisions.select_related("owner__user"):
        decisions.setdefault(decision.item_id, []).append(
            {
                "agreed": decision.agreed, "text": decision.text, "owner": str(decision.owner or ""),
                "until": decision.due_on and decision.due_on.isoformat(), "counter_proposal": decision.counter_proposal,
            }
        )  # fmt: skip
    items = [
        {"item": item.label, "kind": item.kind, "state": item.state, "decisions": decisions.get(item.pk, [])}
        for item in review.items.exclude(state=AgendaItem.State.DROPPED)
    ]
    beside = review.promises.filter(decision=None).select_related("member__user").order_by("pk")
    promises = [{"promise": one.what, "who": str(one.member), "until": one.until.isoformat()} for one in beside]
    return items + promises


def terms_of(review, lines) -> dict:
    """What is signed: flat, so that a difference between two versions names the item."""
    head = {"review": review.name, "held on": date_format(review.on, "Y-m-d")}
    return head | {f"{number:03}": line for number, line in enumerate(lines, start=1)}

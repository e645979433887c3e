"""Scorecards: each side marks a vendor for itself, and reads the other's marks when both are in."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .models import Score, Scorecard, Vendor

SIDES = ("marketing", "technology")
QUESTIONS = {
    "quality": _("Quality of what is delivered"),
    "time": _("On time"),
    "price": _("Worth its price"),
    "care": _("Security and care with data"),
    "together": _("Working together"),
}
MARKS = [(5, _("very good")), (4, _("good")), (3, _("fair")), (2, _("weak")), (1, _("poor"))]


@action(_("asked both sides to mark {subject}"))
def ask_marks(vendor, member) -> Scorecard:
    """Open a round. Refused: one is open already."""
    vendor = lock(Vendor.objects.of(member.workspace), vendor.pk)
    if vendor.scorecards.filter(closed_at=None).exists():
        raise Refused(__("A round of marks for “%(vendor)s” is open already.") % {"vendor": vendor})
    made = Scorecard.objects.create(
        workspace=member.workspace, vendor=vendor, opened_on=member.workspace.today(), opened_by=member
    )
    entry = record(ask_marks, member, vendor)
    tell(asked_of(vendor), entry, url=place(member.workspace, "vendors:scorecard", made.pk), needs=True)
    return made


@action(_("gave a side's marks to {subject}"))
def give_marks(scorecard, member, marks: dict, words: str = "") -> Score:
    """One side's marks {question: 1–5}; given again before the other side's are in, they replace the first ones.

    The history names the marks only with the second side's: before that nobody reads the other's. Refused: who is on
    neither side, a question without a mark, a round that is closed.
    """
    card = lock(Scorecard.objects.of(member.workspace).select_related("vendor__workspace"), scorecard.pk)
    if member.side not in SIDES or not member.can_edit:
        raise NotYours(__("Marks are given by marketing and by technology."))
    if not card.is_open:
        raise Refused(__("Both sides' marks are in; ask for a new round."))
    if marks.keys() != QUESTIONS.keys() or not set(marks.values()) <= {1, 2, 3, 4, 5}:
        raise Refused(__("Give every question a mark from 1 to 5."), "marks")
    score, _new = Score.objects.update_or_create(
        workspace=member.workspace, scorecard=card, side=member.side,
        defaults={"by": member, "at": member.workspace.now(), "marks": marks, "words": words},
    )  # fmt: skip
    both = {one.side: one.marks for one in card.scores.all()}
    if len(both) == len(SIDES):
        card.closed_at = score.at
        card.save(update_fields=["closed_at"])
    after = {"side": member.side} | ({"marks": both} if card.closed_at else {})
    entry = record(give_marks, member, card.vendor, after=after)
    if card.closed_at:
        people = [one.by for one in card.scores.select_related("by__user")]
        tell([*people, card.opened_by], entry, url=place(member.workspace, "vendors:scorecard", card.pk))
    return score


def asked_of(vendor) -> list[Member]:
    """Its owners; for a side without one, the side's leads."""
    people = []
    for side, owner in vendor.owners.items():
        leads = Member.objects.of(vendor.workspace).leads(side).select_related("user")
        people += [owner] if owner and not owner.left_at else list(leads)
    return people


def shown_to(card, member) -> dict[str, Score | None]:
    """{side: its score, or None}: of an open round only one's own side's."""
    found = {score.side: score for score in card.scores.select_related("by__user")}
    return {side: found.get(side) if not card.is_open or side == member.side else None for side in SIDES}


def has_marked(card) -> set[str]:
    return set(card.scores.values_list("side", flat=True))


def mean(score) -> Decimal:
    """The side's mean mark, one decimal."""
    return (Decimal(sum(score.marks.values())) / len(score.marks)).quantize(Decimal("0.1"), ROUND_HALF_UP)

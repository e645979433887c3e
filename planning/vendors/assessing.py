"""What each side says before a contract renews: technology of use, security and overlap, marketing of value and effect.

Facts stand beside the words: user seats, the security review, other contracts of the same category, the KPI.
"""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.kpis.models import Kpi
from planning.people.models import Side
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .models import Assessment, Contract

# So near the opt-out date it is decided without a side that says nothing: silence renews nothing.
LAST_DAYS = 5

QUESTIONS = {
    "marketing": {"value": _("What is it worth to us?"), "effect": _("What does it do to the KPI?")},
    "technology": {
        "use": _("How much is it used?"),
        "security": _("Is it safe?"),
        "overlap": _("What else of ours does the same?"),
    },
}


@action(_("said what its side thinks of {subject}"))
def assess(contract, member, answers: dict) -> Assessment:
    """A side's answers for the term that runs; the last ones count. Refused: neither side, nothing said."""
    contract = lock(Contract.objects.of(member.workspace), contract.pk)
    if member.side not in QUESTIONS:
        raise NotYours(__("Marketing and technology say what a contract is worth."))
    said = {key: " ".join(str(answers.get(key, "")).split()) for key in QUESTIONS[member.side]}
    if not any(said.values()):
        raise Refused(__("Answer at least one question."), next(iter(said)))
    made, _new = Assessment.objects.update_or_create(
        workspace=member.workspace, contract=contract, side=member.side, term_ends_on=contract.ends_on,
        defaults={"answers": said, "by": member, "at": member.workspace.now()},
    )  # fmt: skip
    record(assess, member, contract, after={"side": member.side}, note="\n".join(filter(None, said.values())))
    return made


def said_of(contract) -> dict[str, Assessment | None]:
    """{side: what it said for the term that runs}"""
    found = contract.assessments.filter(term_ends_on=contract.ends_on).select_related("by__user")
    by_side = {one.side: one for one in found}
    return {side: by_side.get(side) for side in QUESTIONS}


def unheard(contract, today) -> list[str]:
    """The sides that have to say what they think of it before both decide; none in the last days."""
    if contract.days_left(today) <= LAST_DAYS:
        return []
    return [side for side, one in said_of(contract).items() if one is None]


def refuse_unheard(contract, today):
    if sides := unheard(contract, today):
        raise Refused(
            __(
                "%(sides)s has not said yet what it thinks of “%(contract)s”. Both sides say so before they decide; in "
                "the last %(days)s days it is decided without."
            )
            % {"sides": ", ".join(str(Side(side).label) for side in sides), "contract": contract, "days": LAST_DAYS},
            "decision",
        )


def worded(side, assessment):
    """(question, answer) of what a side said."""
    for key, label in QUESTIONS[side].items():
        if assessment and assessment.answers.get(key):
            yield label, assessment.answers[key]


def facts_about(contract, today) -> dict:
    """What is known without asking: {seats_percent, review, overlap: [Contract], kpi}."""
    review = contract.vendor.reviews.filter(reviewed_on__lte=today, valid_until__gt=today).first()
    overlap = []
    if contract.vendor.category_id:
        overlap = list(
            Contract.objects.of(contract.workspace_id)
            .filter(vendor__category=contract.vendor.category_id, ends_on__gt=today, stopped_on=None)
            .exclude(pk=contract.pk)
            .select_related("vendor")
            .order_by("-value", "pk")[:3]
        )
    kpi = Kpi.objects.of(contract.workspace_id).filter(pk=contract.kpi_id).first() if contract.kpi_id else None
    return {"seats_percent": contract.seats_used_percent, "review": review, "overlap": overlap, "kpi": kpi}


def frozen_facts(contract, today) -> dict:
    """The same in words, for the paper both keys sign, with what each side said."""
    facts = facts_about(contract, today)
    said = {side: one and one.answers for side, one in said_of(contract).items()}
    return {
        "seats_used_percent": facts["seats_percent"],
        "security_review_until": facts["review"] and facts["review"].valid_until,
        "overlap": [f"{one.vendor} – {one}" for one in facts["overlap"]],
        "kpi": facts["kpi"] and str(facts["kpi"]),
        "said": said,
    }

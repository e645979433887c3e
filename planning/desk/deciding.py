"""Deciding in place: whatever a paper is about, the desk calls the same action that the thing's own page calls."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from planning.budgets.actions.agreement import decide as decide_budget
from planning.budgets.actions.opening import decide_opening
from planning.budgets.actions.transfers import decide_transfer
from planning.budgets.models import Opening, Transfer, Version
from planning.kpis.actions.definitions import sign as sign_kpi
from planning.kpis.actions.readings import confirm, dispute
from planning.kpis.models import Kpi, Reading
from planning.matters.actions import decide as decide_matter
from planning.matters.models import Matter
from planning.purchases.actions.deciding import decide as decide_purchase
from planning.purchases.actions.ruling import sign_rules
from planning.purchases.models import Purchase
from planning.reviews.agreeing import agree
from planning.reviews.asking import item_of
from planning.reviews.minuting import sign_minutes
from planning.reviews.models import Review
from planning.roles.agreeing import sign_matrix
from planning.shared.refusals import NotYours, Refused
from planning.vendors.contracts import decide_renewal
from planning.vendors.models import Contract


def about(paper, model):
    return get_object_or_404(model.objects.of(paper.workspace), pk=paper.subject.rpartition(":")[2])


def on_budget(paper, member, seat, verdict, version, note, fingerprint):
    budget = about(paper, Version).budget
    return decide_budget(budget, member, version, verdict, note, seat, fingerprint)


def on_transfer(paper, member, seat, verdict, version, note, fingerprint):
    return decide_transfer(about(paper, Transfer), member, verdict, note, version, seat)


def on_opening(paper, member, seat, verdict, version, note, fingerprint):
    return decide_opening(about(paper, Opening), member, verdict, note, version, seat)


def on_purchase(paper, member, seat, verdict, version, note, fingerprint):
    return decide_purchase(about(paper, Purchase), member, seat, verdict, version, note, fingerprint)


def on_rules(paper, member, seat, verdict, version, note, fingerprint):
    return sign_rules(member, seat, verdict, version, note, fingerprint)


def on_kpi(paper, member, seat, verdict, version, note, fingerprint):
    return sign_kpi(about(paper, Kpi), member, seat, verdict, version, note, fingerprint)


def on_reading(paper, member, seat, verdict, version, note, fingerprint):
    """A side's own word alone is given here: the value stands, or it is disputed with the reason."""
    reading = about(paper, Reading)
    if seat != member.side:
        raise NotYours(_("“%(seat)s” is not your key to turn.") % {"seat": seat}, "seat")
    if verdict == "ask":
        raise Refused(_("A reading is confirmed or disputed; say in the dispute what is missing."), "verdict")
    return confirm(reading, member) if verdict == "approve" else dispute(reading, member, note)


def on_matrix(paper, member, seat, verdict, version, note, fingerprint):
    return sign_matrix(member, version=version, verdict=verdict, note=note, fingerprint=fingerprint)


def on_renewal(paper, member, seat, verdict, version, note, fingerprint):
    return decide_renewal(about(paper, Contract), member, seat, verdict, version, note)


def on_minutes(paper, member, seat, verdict, version, note, fingerprint):
    return sign_minutes(
        about(paper, Review), member, version=version, verdict=verdict, note=note, fingerprint=fingerprint
    )


def on_item(paper, member, seat, verdict, version, note, fingerprint):
    return agree(
        item_of(paper), member, seat=seat, verdict=verdict, note=note, version=version, fingerprint=fingerprint
    )


def on_matter(paper, member, seat, verdict, version, note, fingerprint):
    return decide_matter(about(paper, Matter), member, seat, verdict, version, note, fingerprint)


BY_KIND = {
    "budget": on_budget,
    "transfer": on_transfer,
    "opening": on_opening,
    "purchase": on_purchase,
    "rules": on_rules,
    "kpi": on_kpi,
    "reading": on_reading,
    "matrix": on_matrix,
    "renewal": on_renewal,
    "minutes": on_minutes,
    "matter": on_matter,
    "item": on_item,
}
ACTIONS = (
    decide_budget,
    decide_transfer,
    decide_opening,
    decide_purchase,
    sign_rules,
    sign_kpi,
    confirm,
    dispute,
    sign_matrix,
    decide_renewal,
    sign_minutes,
    decide_matter,
    agree,
)

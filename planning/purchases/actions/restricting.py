"""Keeping a purchase's words to those who decide about it, and opening them again."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.refusals import NotYours
from planning.trail.acts import action, record
from planning.vendors.actions import join_register

from ..holding import asked, held
from ..models import Purchase
from ..restricted import tell


@action(_("changed who reads {subject}"))
def restrict(purchase, member, restricted: bool = True) -> Purchase:
    """Restrict a purchase, or open it again. No key is asked afresh: what is bought stays what it was.

    Refused: whoever neither asks for it nor leads a side. A lead who does not decide about it no longer reads it.
    """
    purchase = held(purchase, member.workspace)
    if purchase.requester_id != member.pk and not member.is_lead:
        raise NotYours(__("Who asks for it, or a lead, says who reads it."))
    if purchase.restricted == restricted:
        return purchase
    purchase.restricted = restricted
    purchase.save(update_fields=["restricted"])
    if purchase.vendor and not restricted:
        join_register(purchase.vendor)
    entry = record(restrict, member, purchase, after={"restricted": restricted})
    people = [purchase.requester, *(asked(purchase) if purchase.paper else [])]
    tell(purchase, people, entry)
    return purchase

"""Holding a purchase while a step is taken: which one, whose, on which version; and whom it concerns."""

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.plain import difference
from planning.shared.refusals import NotYours, Refused, Stale
from planning.signoffs.papers import duties_with_people, seats_with_people

from .models import Purchase
from .term_words import differences_in_words
from .terms import FIELDS, terms_of


def held(purchase, workspace) -> Purchase:
    """The purchase, read again and locked, with what the steps below look at."""
    return lock(
        Purchase.objects.of(workspace).select_related("vendor", "category", "requester__user", "paper"),
        purchase.pk,
    )


def locked(purchase, member) -> Purchase:
    """The same, for the one who asked for it. Refused: everybody else."""
    purchase = held(purchase, member.workspace)
    if purchase.requester_id != member.pk:
        raise NotYours(_("This is %(person)s's request.") % {"person": purchase.requester})
    return purchase


def refuse_stale(purchase, version):
    if version is None or int(version) == purchase.version:
        return
    read = purchase.paper.terms if purchase.paper and purchase.paper.version == int(version) else {}
    now = terms_of(purchase)
    with differences_in_words(purchase):
        raise Stale(
            _("This changed while you were writing: version %(new)s is the one that counts now.")
            % {"new": purchase.version},
            difference({name: read.get(name) for name in now}, now) if read else [],
            "version",
        )


def refuse_unknown(facts):
    unknown = sorted(set(facts) - set(FIELDS))
    if unknown:
        raise Refused(_("“%(field)s” is not something a purchase says.") % {"field": unknown[0]}, unknown[0])


def asked(purchase) -> list[Member]:
    """Everybody who can decide an open seat: holders, leads of sides where no one holds it; and who is asked first."""
    paper = purchase.paper
    prefetch_related_objects([paper], seats_with_people(), duties_with_people())
    seats = [seat for seat in paper.seats.all() if seat.is_open] + [duty for duty in paper.duties.all() if duty.is_open]
    sides = [seat.side for seat in seats if seat.holder_id is None]
    leads = Member.objects.of(purchase.workspace).leads(*sides).select_related("user") if sides else []
    people = {seat.holder_id: seat.holder for seat in seats if seat.holder_id} | {lead.pk: lead for lead in leads}
    return [member for pk, member in sorted(people.items()) if pk != purchase.requester_id]


def url_of(purchase) -> str:
    return place(purchase.workspace, "purchases:purchase", purchase.pk)

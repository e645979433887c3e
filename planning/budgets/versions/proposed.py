"""Which version waits for its keys, and which is the one to read instead of an old one."""

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused, Stale

from ..models import Version
from .paper_words import changes
from .terms import difference_of


def waiting(budget, number) -> Version:
    """The proposed version of that number, held as its `budget` is. Stale, with the difference, when another one is
    waiting instead."""
    found = Version.objects.of(budget.workspace).filter(budget=budget, number=number).select_related("paper")
    found = found.select_for_update(of=("self",), no_key=True).first()
    if found and found.state == Version.State.PROPOSED:
        found.budget = budget
        return found
    newest = instead_of(budget, found)
    if newest is None or (found and found.pk == newest.pk):
        raise Refused(_("Version %(number)s is not waiting for a key.") % {"number": number}, "version")
    read, current = (one.paper.terms if one and one.paper else {} for one in (found, newest))
    stale = Stale(
        _("This changed while you were reading: version %(new)s is the one to read now.") % {"new": newest.number},
        difference_of(read, current),
        "version",
    )
    if read and current:
        stale.changes = changes(read, current, budget.workspace)
    raise stale


def instead_of(budget, found) -> Version | None:
    """The newest version that was proposed; of an old one, the newest that changes one of its lines."""
    proposed = budget.versions.exclude(state__in=[Version.State.DRAFT, Version.State.INTERIM]).select_related("paper")
    if found and not found.is_draft:
        proposed = proposed.filter(revisions__line__in=found.revisions.values("line")).distinct()
    return proposed.order_by("number").last()

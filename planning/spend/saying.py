"""Saying whose kind of spend a ledger's category is."""

from django.db.models import Sum
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Domain
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .models import CategoryKind, Entry


@action(_("said what kind of spend {subject} is"))
def say(kind, member, domain) -> CategoryKind:
    """Make a ledger's category technology, marketing, other, or unknown again (None)."""
    kind = lock(CategoryKind.objects.of(member.workspace), kind.pk)
    if domain is not None and domain not in Domain.values:
        raise Refused(__("Spend is of marketing, of technology, or of another kind."), "domain")
    before = kind.domain
    kind.domain, kind.guessed, kind.said_by = domain, False, member
    kind.save()
    record(say, member, kind, before={"domain": before}, after={"domain": domain})
    return kind


def kinds(workspace, most: int | None = None) -> list[dict]:
    """The categories of the ledgers, the largest money first, or the `most` largest of them: [{kind, amount}]."""
    entries = Entry.objects.of(workspace).live().exclude(category_text="").order_by()
    sums = dict(entries.values_list("category_text").annotate(amount=Sum("weight")).order_by("-amount")[:most])
    found = CategoryKind.objects.of(workspace).filter(text__in=[text[:200] for text in sums]).order_by("text")
    rows = [{"kind": kind, "amount": sums.get(kind.text)} for kind in found]
    return sorted(rows, key=lambda row: -(row["amount"] or 0))

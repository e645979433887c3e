"""Rules people write themselves, looked at before they hold; and names that are a vendor's.

dry_run(...)   what a rule would place now, and what of it stands on another line already
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock
from planning.shared.periods import months
from planning.shared.refusals import Refused
from planning.trail.acts import action, record
from planning.vendors.actions import add
from planning.vendors.models import Alias, Vendor

from . import assigning
from .known_names import tell_what_ended
from .models import Entry, Rule, Wait

CRITERIA = ("source", "vendor", "department", "category_text", "account", "cost_centre", "document")


@dataclass(frozen=True)
class DryRun:
    """What a rule says about the rows of its line's year: `waiting` it would place, `elsewhere` it leaves where people
    put them, `there` already. Amounts in the workspace's currency."""

    waiting: int
    amount: Decimal
    elsewhere: int
    there: int
    rows: list


@action(_("taught the rule {subject}"))
def write(member, line, priority: int = 0, **criteria) -> tuple[Rule, int]:
    """A rule by whatever of CRITERIA is said, and at once asked about all that waits: (rule, rows placed).

    Refused: a rule that says nothing, and one that is there already.
    """
    facts = cleaned(criteria)
    if Rule.objects.of(member.workspace).filter(**facts, vendor_key="", line=line).exists():
        raise Refused(__("There is such a rule already."))
    rule = Rule.objects.create(
        workspace=member.workspace,
        **facts,
        line=line,
        priority=priority,
        learned_from=member,
        learned_at=member.workspace.now(),
    )
    placed = len(assigning.apply_rules(member))
    record(write, member, rule, after={"line": str(line), "priority": priority, "placed": placed})
    return rule, placed


@action(_("ranked the rule {subject}"))
def rank(rule, member, priority: int) -> Rule:
    """Of two rules that fit, the higher priority wins. What stands on a line stays there."""
    rule = lock(Rule.objects.of(member.workspace), rule.pk)
    before, rule.priority = rule.priority, max(-100, min(100, priority))
    rule.save(update_fields=["priority"])
    record(rank, member, rule, before={"priority": before}, after={"priority": rule.priority})
    return rule


@action(_("said that a ledger's name is {subject}"))
def name(member, vendor_key: str, vendor=None, spelled: str = "") -> Vendor:
    """Rows of this name are this vendor's, now and in the files to come; without a vendor, a new one of that name.

    Refused: a name nothing carries, and one that is another vendor's already.
    """
    workspace = member.workspace
    rows = Entry.objects.of(workspace).filter(vendor_key=vendor_key, undone_at=None)
    said = spelled or rows.order_by("-pk").values_list("vendor_name", flat=True).first()
    if not vendor_key or not said:
        raise Refused(__("No row carries this name."))
    owner = Alias.objects.of(workspace).filter(key=vendor_key).select_related("vendor").first()
    if owner and (vendor is None or owner.vendor_id != vendor.pk):
        raise Refused(__("“%(name)s” is a name of “%(vendor)s” already.") % {"name": said, "vendor": owner.vendor})
    if vendor is None:
        vendor = add(workspace, said)
    elif vendor.key != vendor_key and not owner:
        Alias.objects.create(workspace=workspace, vendor=vendor, name=said[:200], key=vendor_key)
    linked = list(rows.filter(vendor=None).values_list("pk", flat=True))
    Entry.objects.of(workspace).filter(pk__in=linked).update(vendor=vendor)
    assigning.apply_rules(member)
    record(name, member, vendor, after={"name": said, "rows": len(linked)})
    tell_what_ended(workspace, linked)
    return vendor


def cleaned(criteria: dict) -> dict:
    facts = {key: criteria.get(key) or ("" if key not in ("source", "vendor") else None) for key in CRITERIA}
    if not any(value for key, value in facts.items() if key != "source"):
        raise Refused(__("A rule needs something to recognise rows by: a vendor, a word of the ledger, a document."))
    return facts


def dry_run(workspace, line, shown: int = 12, **criteria) -> DryRun:
    """What the rule would do, without doing it. Other rules are left out of account. Refused as `write`."""
    facts = cleaned(criteria)
    fits = Entry.objects.of(workspace).live().filter(month__in=months(workspace, line.budget.year))
    for key, value in facts.items():
        if value:
            how = "__istartswith" if key == "document" else "" if key in ("source", "vendor") else "__iexact"
            fits = fits.filter(**{f"{key}{how}": value})
    waits = Q(waits=Wait.UNMATCHED)
    sums = fits.aggregate(
        waiting=Count("pk", filter=waits),
        amount=Sum("converted", filter=waits),
        there=Count("pk", filter=~waits & Q(line=line)),
        elsewhere=Count("pk", filter=~waits & Q(line__isnull=False) & ~Q(line=line)),
    )
    rows = list(fits.filter(waits).select_related("vendor").order_by("-weight", "pk")[:shown])
    return DryRun(**sums | {"amount": sums["amount"] or Decimal(0), "rows": rows})

"""A way back for what was bought around the process: whose it is, who decides by when, and what was decided.

From a row of the ledger to a request marked back-dated; then adopted (its request is approved), tolerated until a day,
or stopped. What is paid to a stopped vendor, or to one whose time is over, raises an alert with its import.
"""

from django.db.models import Min, Sum
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.notices.reminding import drop
from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record
from planning.trail.models import subject_of
from planning.vendors.actions import add
from planning.vendors.finding import called

from . import paid_before, undecided
from .models import BILLS, Amnesty, Entry

State = Amnesty.State


@action(_("opened the retrospective approval of {subject}"))
def begin(entry, member, owner, decide_by, purchase=None) -> Amnesty:
    """Somebody answers for this row's vendor, and decides by a day. `purchase`: the request drafted for it, back-dated.

    A name that no vendor carries joins the register, and its rows with it. Refused: a row without a name or undone, a
    day before today, an owner who cannot decide, and a vendor in review already.
    """
    workspace = member.workspace
    if entry.undone_at or not entry.vendor_name:
        raise Refused(__("This row names no vendor."))
    if decide_by < workspace.today():
        raise Refused(__("Decide by a day that is still to come."), "decide_by")
    if not owner.can_edit:
        raise Refused(__("%(person)s cannot decide: a lead or a planner can.") % {"person": owner}, "owner")
    vendor = entry.vendor or vendor_named(workspace, entry)
    if of_vendor(workspace, vendor, state=State.REVIEW):
        raise Refused(__("“%(vendor)s” is in review already.") % {"vendor": vendor})
    made = Amnesty.objects.create(
        workspace=workspace,
        vendor=vendor,
        entry=entry,
        purchase=purchase,
        owner=owner,
        decide_by=decide_by,
        first_paid=first_paid(workspace, vendor),
        opened_by=member,
        opened_at=workspace.now(),
    )
    after = {"owner": owner.pk, "decide_by": decide_by, "purchase": purchase and purchase.code}
    written = record(begin, member, made, after=after)
    tell([owner], written, url=place(workspace, "spend:amnesty", made.pk), needs=True)
    return made


@action(_("decided about {subject}, which was bought before it was approved"))
def decide(amnesty, member, state: str, reason: str, until=None) -> Amnesty:
    """adopted, tolerated until a day, or stopped. May be decided again: the last word holds. What was paid before its
    request was approved becomes an invoice of it with adoption.

    Refused: anybody but its owner and the leads, without a reason, tolerating until a day that is over, and adopting
    what has no approved request yet.
    """
    paid = paid_before.held(amnesty) if state == State.ADOPTED else []
    amnesty = lock(Amnesty.objects.of(member.workspace).select_related("vendor", "owner__user", "purchase"), amnesty.pk)
    if not (member.is_lead or member.pk == amnesty.owner_id) or not member.can_edit:
        raise NotYours(__("Its owner or a lead decides: %(person)s.") % {"person": amnesty.owner})
    if state not in (State.ADOPTED, State.TOLERATED, State.STOPPED):
        raise Refused(__("It is adopted, tolerated until a day, or stopped."), "state")
    if not reason.strip():
        raise Refused(__("Say why: the auditors read it."), "reason")
    if state == State.TOLERATED and (not until or until <= member.workspace.today()):
        raise Refused(__("Until which day? It must be still to come."), "until")
    if state == State.ADOPTED and not (amnesty.purchase and amnesty.purchase.approved_at):
        raise Refused(__("It is adopted once its back-dated request is approved."), "state")
    before = {"state": amnesty.state}
    amnesty.state, amnesty.reason = state, reason.strip()
    amnesty.tolerated_until = until if state == State.TOLERATED else None
    amnesty.decided_by, amnesty.decided_on = member, member.workspace.today()
    amnesty.save()
    drop(member.workspace, undecided.RULE, subject_of(amnesty))
    paid_before.bill(paid, amnesty.purchase, member)
    after = {"state": state, "until": until} | ({"invoices": len(paid)} if paid else {})
    entry = record(decide, member, amnesty, before=before, after=after, note=reason)
    url = place(member.workspace, "spend:amnesty", amnesty.pk)
    tell([amnesty.owner, amnesty.opened_by, *leads(member.workspace)], entry, url=url)
    return amnesty


@action(_("asked for the approval of {subject} after all"))
def ask(amnesty, member, purchase) -> Amnesty:
    """A back-dated request for a vendor that has none, or whose request came to nothing.

    Refused: while one stands.
    """
    amnesty = lock(Amnesty.objects.of(member.workspace).select_related("vendor", "purchase"), amnesty.pk)
    if not amnesty.needs_request:
        raise Refused(__("Its back-dated request stands: %(purchase)s.") % {"purchase": amnesty.purchase.code})
    before, amnesty.purchase = amnesty.purchase, purchase
    amnesty.save(update_fields=["purchase"])
    record(ask, member, amnesty, before={"purchase": before and before.code}, after={"purchase": purchase.code})
    return amnesty


@action(_("found spend at {subject} after it was to end"), by="clock")
def alert(amnesty, entries, amount) -> Amnesty:
    """Payments to a vendor that was stopped, or whose time is over, came in with an import, or were found under a name
    that was learned later: owner and leads are told."""
    amnesty = lock(Amnesty.objects.of(amnesty.workspace).select_related("vendor", "owner__user"), amnesty.pk)
    amnesty.alerted_on = amnesty.workspace.today()
    amnesty.save(update_fields=["alerted_on"])
    entry = record(alert, None, amnesty, after={"entries": entries, "amount": amount})
    url = place(amnesty.workspace, "spend:amnesty", amnesty.pk)
    tell([amnesty.owner, *leads(amnesty.workspace)], entry, url=url, needs=True)
    return amnesty


def ended(workspace, entries) -> list[tuple]:
    """[(amnesty, rows, amount)] of `entries` that pay vendors that were stopped, or whose time is over."""
    found = []
    closed = Amnesty.objects.of(workspace).filter(state__in=[State.STOPPED, State.TOLERATED])
    for amnesty in closed.select_related("vendor").order_by("pk"):
        paid = paid_since(amnesty).filter(pk__in=entries.values("pk"))
        if rows := paid.count():
            found.append((amnesty, rows, paid.aggregate(sum=Sum("converted"))["sum"]))
    return found


def paid_since(amnesty):
    """The payments that should not have been: after it was stopped, or after the day it was tolerated until."""
    end = amnesty.tolerated_until if amnesty.state == State.TOLERATED else amnesty.decided_on
    paid = Entry.objects.of(amnesty.workspace_id).live().filter(vendor=amnesty.vendor_id, kind__in=BILLS, amount__gt=0)
    return paid.filter(posting_date__gt=end) if end and not amnesty.is_open else paid.none()


def vendor_named(workspace, entry):
    """The vendor of a name, new when nobody carries it; every row of the name is its from now on."""
    vendor = called(workspace, entry.vendor_name) or add(workspace, entry.vendor_name)
    Entry.objects.of(workspace).filter(vendor=None, vendor_key=entry.vendor_key).update(vendor=vendor)
    return vendor


def of_vendor(workspace, vendor, **facts):
    return Amnesty.objects.of(workspace).filter(vendor=vendor, **facts).order_by("-pk").first()


def by_vendor(workspace, vendors) -> dict:
    """{vendor id: its newest amnesty}."""
    rows = Amnesty.objects.of(workspace).filter(vendor__in=vendors).select_related("owner__user").order_by("pk")
    return {row.vendor_id: row for row in rows}


def first_paid(workspace, vendor):
    rows = Entry.objects.of(workspace).live().filter(vendor=vendor, kind__in=BILLS)
    return rows.aggregate(day=Min("posting_date"))["day"]


def leads(workspace) -> list[Member]:
    return [
        *Member.objects.of(workspace).active().leads("marketing"),
        *Member.objects.of(workspace).active().leads("technology"),
    ]

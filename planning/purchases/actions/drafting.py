"""A request before it is sent: written, written again, thrown away."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max, prefetch_related_objects
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.plain import difference
from planning.shared.refusals import Refused
from planning.trail.acts import action, record
from planning.trail.models import Entry

from ..holding import asked, locked, refuse_stale, refuse_unknown
from ..input import apply, set_items
from ..models import ENDED, Purchase, State
from ..quotes import set_quotes, throw_away
from ..restricted import tell
from ..sending import send
from ..terms import terms_of
from ..worth import priced

A_WHILE = timedelta(minutes=15)


@action(_("drafted {subject}"))
def draft(member, **facts) -> Purchase:
    """A new draft. Only the title is needed; drafts count nothing. `facts` as in input.apply."""
    refuse_unknown(facts)
    purchase = Purchase(
        workspace=member.workspace,
        requester=member,
        currency=member.workspace.currency,
        number=0,
        created_at=member.workspace.now(),
    )
    items = apply(purchase, member, {"title": ""} | facts)
    purchase.number = next_number(member.workspace)
    purchase.save()
    set_items(purchase, items)
    prefetch_related_objects([purchase], "items")
    set_quotes(purchase, facts.get("quotes"), member)
    priced(purchase)
    purchase.save(update_fields=["value", "rate", "rate_on"])
    record(draft, member, purchase, after=terms_of(purchase))
    return purchase


@action(_("changed {subject}"))
def edit(purchase, member, version: int | None = None, **facts) -> Purchase:
    """Change a draft, or a request that waits: that becomes a new version, routed and reserved anew, all keys asked.

    `version` is the one the person saw. Refused: a stale version, somebody else's request, a request that is approved
    (that is `change`), and whatever the new version would be refused for when it was sent.
    """
    refuse_unknown(facts)
    purchase = locked(purchase, member)
    refuse_stale(purchase, version)
    if not (purchase.is_draft or purchase.is_waiting or purchase.state in ENDED):
        raise Refused(
            __("“%(purchase)s” is %(state)s; change what was approved instead.")
            % {"purchase": purchase, "state": purchase.get_state_display()}
        )
    if purchase.is_changing:
        raise Refused(__("A change of “%(purchase)s” waits for its keys; withdraw it first.") % {"purchase": purchase})
    before, note_before = terms_of(purchase), (purchase.reason, purchase.restricted)
    set_items(purchase, apply(purchase, member, facts))
    set_quotes(purchase, facts.get("quotes"), member)
    after = terms_of(purchase)
    if after == before and (purchase.reason, purchase.restricted) == note_before:
        return purchase
    if after != before:
        renew(purchase, member)
    purchase.save()
    changes = difference(before, after)
    entry = record(
        edit,
        member,
        purchase,
        before={row["field"]: row["before"] for row in changes},
        after={row["field"]: row["after"] for row in changes} | {"version": purchase.version},
    )
    if purchase.is_waiting:
        tell(purchase, asked(purchase), entry, needs=True)
    return purchase


def renew(purchase, member):
    """The terms changed: the next version. One that waits is sent again at once, one that ended is a draft again."""
    purchase.version += 1
    if purchase.is_waiting:
        send(purchase, member)
    else:
        purchase.state = State.DRAFT
        priced(purchase)


@action(_("wrote at {subject}"))
def jot(purchase, member, facts, raw, form="") -> Purchase:
    """Keep what somebody types in a draft of theirs, by itself, so that nothing is lost; makes the draft when there is
    none (`form` names the page that types, so that a repeat finds the draft it made).

    `facts` as in input.apply, what cannot be read of them left out and kept as `raw` text: a vendor nobody knows joins
    the register only when a person says so. A draft counts nothing, asks nobody and keeps its version, so the history
    gets one entry for each quarter of an hour of writing, with what stood there then; sending it records all of its
    terms. Refused: somebody else's request, and what is not a draft.
    """
    if purchase is None:
        mine = Purchase.objects.of(member.workspace).filter(requester=member, state=State.DRAFT, typed__form=form)
        purchase = (form and mine.first()) or draft(member, title=raw.get("title") or __("Something to buy"))
    purchase = locked(purchase, member)
    if not purchase.is_draft:
        raise Refused(
            __("“%(purchase)s” is a draft no longer; keep your changes with its button.") % {"purchase": purchase}
        )
    purchase.is_preview = True
    unread, items = {}, None
    for name in sorted(facts, key=lambda name: name != "currency"):
        try:
            found = apply(purchase, member, {name: facts[name]})
            items = found if name == "items" else items
        except Refused:
            unread[name] = raw.get(name, "")
    if purchase.category and purchase.category.pk is None:
        purchase.category = None
    unread |= {name: raw[name] for name in ("vendor", "category") if raw.get(name) and not getattr(purchase, name)}
    purchase.typed = {name: text for name, text in unread.items() if text} | ({"form": form} if form else {})
    try:
        with transaction.atomic():
            set_items(purchase, items)
    except Refused:
        purchase.typed["items"] = [{"line": str(line.pk), "amount": raw_amount(said)} for line, said in items or []]
    set_quotes(purchase, facts.get("quotes"), member)
    priced(purchase)
    purchase.save()
    last = Entry.objects.about(purchase).order_by("-pk").first()
    if last is None or last.at <= member.workspace.now() - A_WHILE:
        record(jot, member, purchase, after=terms_of(purchase) | {"typed": unread})
    return purchase


def raw_amount(said):
    return None if said is None else format(said.normalize(), "f")


@action(_("threw {subject} away"))
def discard(purchase, member):
    """Throw away a draft that was never sent. What was sent once stays in the history and is withdrawn instead."""
    purchase = locked(purchase, member)
    if not purchase.is_draft or purchase.submitted_at:
        raise Refused(__("Only a draft that was never sent can be thrown away."))
    record(discard, member, purchase, before=terms_of(purchase))
    throw_away(purchase)
    purchase.items.all().delete()
    purchase.delete()


def next_number(workspace) -> int:
    """The next number of this workspace. Those who ask at the same instant wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('purchases.number'), %s::int)", [workspace.pk])
    return (Purchase.objects.of(workspace).aggregate(last=Max("number"))["last"] or 0) + 1

"""A person types an invoice or a credit of a purchase, or takes one back."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.calendar import periods
from planning.calendar.rates import rate_on
from planning.purchases.invoicing import Invoice, at_its_rate
from planning.purchases.models import Purchase
from planning.shared.money import ZERO, clean_money, money_text, round_money
from planning.shared.periods import month_of
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money
from planning.trail.acts import action, record

from .. import amnesty, invoices, parts, posting
from ..booking import PARTS
from ..models import TYPED, Entry, Import, Kind, Source, Wait
from . import charged, documents, undoing

KINDS = (Kind.INVOICE, Kind.CREDIT)


@action(_("typed an invoice of {subject}"))
def type_invoice(
    purchase, member, document: str, date: date, amount, currency="", kind=Kind.INVOICE, line=None, note=""
) -> Entry:
    """An invoice or a credit of `purchase`, of day `date`: actual at once, and the commitment shrinks or comes back.

    `amount` is above zero, net, in `currency` (unsaid: the purchase's). It goes to `line`, else over the purchase's
    lines as they are charged. Above what is left of the commitment it posts, as a ledger's row does; `over` of the
    entry says by how much, in the workspace's currency. Refused: a purchase nobody approved, a document of that vendor
    that is there already, a month that is shut for this member, a year none of its lines is of, a currency without a
    rate on that day, and a credit of more than was invoiced: a person would have mistyped it, a ledger's posts.
    """
    purchase = approved(purchase, member.workspace)
    facts = cleaned(purchase, document, date, amount, (currency or purchase.currency).upper(), kind)
    shares = charged.shares(purchase, date, line)
    documents.hold(purchase.workspace)
    periods.hold_for_posting(member, [date])
    documents.refuse_known(purchase.vendor, facts["document"])
    refuse_more_than_billed(purchase, facts["amount"], facts["currency"])
    entry = kept(purchase, member, facts | {"description": note})
    place(entry, shares)
    entry.over = posted(entry, member)
    record(type_invoice, member, purchase, after=told(entry), note=note)
    return entry


@action(_("took a typed invoice of {subject} back"))
def take_back(entry, member) -> Entry:
    """The typed invoice counts nowhere any more: its commitment stands as before, and the row keeps its words.

    Refused: what a ledger brought, what was taken back already, and one of a month that is shut for this member.
    """
    workspace = member.workspace
    rows = Entry.objects.of(workspace).filter(batch=entry.batch_id)
    documents.hold(workspace)
    posting.hold_months(workspace, {row.books_in for row in rows})
    batch = undoing.held(workspace, entry.batch_id)
    if batch is None or not batch.is_done:
        raise Refused(__("It was taken back already, or the ledger’s own row stands for it. Reload the page."))
    entry = rows.select_related("purchase").filter(split_of=None).get()
    undoing.withdraw(batch, member)
    record(take_back, member, entry.purchase or entry, before=told(entry))
    return entry


# ── What is refused ──────────────────────────────────────────────────────────────────────────────────────────────────
def approved(purchase, workspace) -> Purchase:
    purchase = Purchase.objects.of(workspace).select_related("vendor").get(pk=purchase.pk)
    if purchase.approved_at is None:
        raise Refused(__("“%(purchase)s” was not approved, so nothing of it can be invoiced.") % {"purchase": purchase})
    return purchase


def cleaned(purchase, document, day, amount, currency, kind) -> dict:
    """The facts of the entry: a credit is below zero, and foreign money says by which rate it was converted."""
    if kind not in KINDS:
        raise Refused(__("It is an invoice or a credit note."), "kind")
    document = documents.cleaned(document)
    rate, rate_day = rate_on(purchase.workspace, currency, day)
    amount = clean_money(amount, currency, "amount")
    if amount <= 0:
        raise Refused(__("The amount is above zero; a credit note is one by its kind."), "amount")
    if kind == Kind.CREDIT:
        amount = -amount
    facts = {"document": document, "posting_date": day, "month": month_of(day), "currency": currency, "kind": kind,
             "amount": amount, "converted": round_money(amount * rate, purchase.workspace.currency)}  # fmt: skip
    return facts if currency == purchase.workspace.currency else facts | {"rate": rate, "rate_day": rate_day}


def refuse_more_than_billed(purchase, amount, currency) -> None:
    """Refused: a credit (below zero) of more than was invoiced in its currency."""
    if amount > 0:
        return
    billed = charged.billed(purchase, currency)
    if -amount > billed:
        raise Refused(
            __("%(billed)s %(currency)s of it has been invoiced; a credit note cannot give back more.")
            % {"billed": money(billed, currency), "currency": currency},
            "amount",
        )


# ── How it is kept ───────────────────────────────────────────────────────────────────────────────────────────────────
def kept(purchase, member, facts) -> Entry:
    """The entry, of an import of its own. Postgres has the last word on a document that is there already."""
    workspace, now, vendor = purchase.workspace, member.workspace.now(), purchase.vendor
    source, _new = Source.objects.get_or_create(
        workspace=workspace, fingerprint=TYPED, defaults={"name": __("Typed invoices"), "created_at": now}
    )
    batch = Import.objects.create(
        workspace=workspace, source=source, state=Import.State.DONE, phase=Import.Phase.BOOKING, started_by=member,
        created_at=now, done_at=now, counts=dict.fromkeys(PARTS, 0) | {"accepted": 1, "rows": 1, "unreadable": 0},
    )  # fmt: skip
    entry = Entry(
        workspace=workspace, source=source, batch=batch, row=1, nth=1,
        vendor=vendor, vendor_name=vendor.name, vendor_key=vendor.key, purchase=purchase,
        order_number=purchase.order_number or purchase.code, weight=abs(facts["converted"]), waits=Wait.UNMATCHED,
        row_hash=documents.identity(vendor, facts["document"]), **facts,
    )  # fmt: skip
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError as error:
        raise Refused(__("This document was typed already. Reload the page."), "document") from error
    return entry


def place(entry, shares) -> None:
    """On its line; over several, it waits as split and its parts are the actuals."""
    if len(shares) == 1:
        entry.line_id, entry.waits = shares[0][0], Wait.POSTED
    else:
        entry.waits = Wait.SPLIT
        parts.spread(entry, shares, purchase=entry.purchase)
    entry.save(update_fields=["line", "waits"])


def posted(entry, member) -> Decimal:
    """Make it an actual. Gives how much of it is above what was left of the commitment; nothing for a credit, and for a
    framework, which keeps no money itself."""
    workspace, purchase = entry.workspace, entry.purchase
    invoices.held(workspace, {purchase.pk})
    before = charged.committed(purchase)
    rows = Entry.objects.of(workspace).filter(batch=entry.batch_id)
    posting.post(entry.batch, member, rows)
    for found in amnesty.ended(workspace, rows):
        amnesty.alert(*found)
    if entry.amount < 0 or purchase.framework:
        return ZERO
    said = Invoice(entry.line_id, entry.month, entry.amount, entry.currency, entry.converted)
    ((_line, _month, amount),) = at_its_rate(purchase, [said])
    return max(amount - (before - charged.committed(purchase)), ZERO)


def told(entry) -> dict:
    """What the history says of it."""
    said = {"document": entry.document, "billed": f"{money_text(entry.amount, entry.currency)} {entry.currency}"}
    if over := getattr(entry, "over", ZERO):
        said["above what was left"] = f"{money_text(over, entry.workspace.currency)} {entry.workspace.currency}"
    return said

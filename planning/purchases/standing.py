"""What stands approved while it changes: comparing two versions, putting the new in force, falling back to the old."""

from datetime import date
from decimal import Decimal

from planning.budgets import promises
from planning.files.models import StoredFile
from planning.shared.money import ZERO
from planning.vendors.actions import join_register

from .giving_back import give_back
from .models import Item
from .quotes import set_quotes
from .value import Worth, first_month, worth
from .worth import kept_rate, worth_of


def put_in_force(purchase, member):
    """Every key approved the change: what was held for it is committed, what it no longer needs comes back."""
    approved = purchase.approved
    less, _more = compared(worth_from(purchase, approved), worth_of(purchase, keep_rate=True))
    join_register(purchase.vendor)
    if purchase.change_claim:
        promises.commit(purchase.change_claim, purchase, member)
        purchase.more_claims = [*purchase.more_claims, purchase.change_claim]
    purchase.change_claim, purchase.approved, purchase.state = None, None, approved["state"]
    give_back(purchase, less, member)


def fall_back(purchase, member=None):
    """The change was refused, withdrawn or forgotten: back to what was approved, what was held for it released."""
    approved = purchase.approved
    if purchase.change_claim:
        promises.release(purchase.change_claim, purchase, member)
    restore(purchase, approved)
    purchase.change_claim, purchase.approved, purchase.state = None, None, approved["state"]


def compared(old: Worth, new: Worth):
    """(less, more): the shares [(line, month, amount)] that the new charges give back, and those they add."""
    before = {(charge.line_id, charge.month): charge.amount for charge in old.charges}
    after = {(charge.line_id, charge.month): charge.amount for charge in new.charges}
    moved = {key: after.get(key, ZERO) - before.get(key, ZERO) for key in sorted(before.keys() | after.keys())}
    less = [(*key, -amount) for key, amount in moved.items() if amount < 0]
    return less, [(*key, amount) for key, amount in moved.items() if amount > 0]


def worth_from(purchase, approved) -> Worth:
    """The worth of the approved version, as its snapshot says."""
    needed_by = approved["needed_by"] and date.fromisoformat(approved["needed_by"])
    return worth(
        purchase.workspace,
        currency=approved["currency"],
        price=approved["price"],
        term_months=approved["term_months"],
        renews=approved["renews"],
        first_month=first_month(purchase.workspace, needed_by),
        items=[(line, Decimal(amount)) for line, amount in approved["items"]],
        rate=kept_rate(approved["rate"] and Decimal(approved["rate"]), approved["rate_on"]),
    )


def restore(purchase, approved):
    for name, value in approved.items():
        if name not in ("items", "quotes", "state"):
            setattr(purchase, name, value)
    for name in ("amount", "value", "rate"):
        setattr(purchase, name, approved[name] and Decimal(approved[name]))
    for name in ("needed_by", "rate_on"):
        setattr(purchase, name, approved[name] and date.fromisoformat(approved[name]))
    purchase.items.all().delete()
    Item.objects.bulk_create(
        Item(workspace=purchase.workspace, purchase=purchase, line_id=line, amount=Decimal(amount))
        for line, amount in approved["items"]
    )
    files = StoredFile.objects.of(purchase.workspace).filter(pk__in=approved.get("quotes", []))
    set_quotes(purchase, list(files), purchase.requester)

"""The history of one request as its page tells it: beside each entry what was decided, or what changed."""

from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.plain import difference
from planning.shared.templatetags.frame import seat_word
from planning.shared.templatetags.money import money
from planning.trail.queries import history

from .term_words import label, said

CHANGES = ("purchases.edit", "purchases.change")
BY_ID = ("items", "contract", "call_off_of")


def told(purchase, limit: int = 20) -> list:
    """The newest entries about `purchase`, each with `said`: a line in words, or nothing."""
    entries = list(history(purchase, limit))
    for entry in entries:
        entry.said = words(entry, purchase.currency)
    return entries


def words(entry, currency) -> str:
    if entry.verb == "purchases.decide":
        return decided(entry.after)
    return changed(entry, currency) if entry.verb in CHANGES else billed(entry.after or entry.before or {})


def changed(entry, currency) -> str:
    """What changed, field by field. What the history keeps by its id is only said to have changed, and lines not where
    they only follow the price."""
    rows = [row for row in difference(entry.before, entry.after) if row["field"] not in ("version", *BY_ID)]
    parts = [
        f"{label(row['field'])}: {said(row['field'], row['before'], currency)} → "
        f"{said(row['field'], row['after'], currency)}"
        for row in rows
    ]
    if "items" in entry.after and "amount" not in entry.after:
        parts.append(_("which lines pay, or how much each"))
    for name in BY_ID[1:]:
        if entry.after.get(name) != entry.before.get(name):
            parts.append(_("%(field)s: changed") % {"field": label(name)})
    return "; ".join(parts)


def billed(facts) -> str:
    """Which document it was about, of how much, and which of two of it counts."""
    if "document" not in facts:
        return ""
    parts = [facts["document"], cash(facts["billed"])]
    if above := facts.get("above what was left"):
        parts.append(_("%(amount)s above what was left") % {"amount": cash(above)})
    if facts.get("stands") == "typed":
        parts.append(_("the typed one counts again"))
    if brought := facts.get("in the ledger"):
        amounts = " + ".join(map(cash, brought))
        parts.append(_("from now on the ledger’s %(amount)s counts") % {"amount": amounts})
    return ", ".join(parts)


def cash(text) -> str:
    """“1234.50 GBP”, as people write it."""
    amount, currency = text.split()
    return f"{money(Decimal(amount), currency)} {currency}"


def decided(after) -> str:
    facts = {"seat": seat_word(after.get("seat")), "version": after.get("version"), "condition": after.get("condition")}
    match after.get("verdict"):
        case "ask":
            return _("Asked for more, for %(seat)s, on version %(version)s.") % facts
        case "reject":
            return _("Said no for %(seat)s, to version %(version)s.") % facts
        case "approve" if facts["condition"]:
            return _("Approved version %(version)s for %(seat)s, on a condition: %(condition)s") % facts
        case "approve":
            return _("Approved version %(version)s for %(seat)s.") % facts
    return ""

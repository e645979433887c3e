"""What another system may hear: which entries of the history, and what it is told of each.

A message says what happened by ids, counts and sums that every member of the workspace may read. It carries no name of
a person, a vendor or a file, no note, and nothing at all of an import that holds payroll.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from planning.shared.money import money_text
from planning.spend.models import Amnesty, Import


@dataclass(frozen=True)
class Event:
    """`verbs` of the history, and which of their entries (`fits`, by the entry's `after`)."""

    key: str
    label: str
    verbs: tuple[str, ...]
    fits: Callable[[dict], bool] = lambda after: True


def is_open(after) -> bool:
    counts = after.get("counts", {})
    return bool(counts.get("rejected") or counts.get("conflicts"))


# The first that fits is what an entry is called: who hears all of them gets each entry once.
EVENTS = [
    Event(
        "import.waiting",
        _("a file waits for somebody to confirm how it is read"),
        ("spend.upload", "spend.receive", "spend.look"),
        lambda after: after.get("state") == Import.State.MAPPING,
    ),
    Event("import.rejected", _("an import is booked, and rows of it are rejected or in conflict"),
          ("spend.book",), is_open),
    Event("import.booked", _("an import is booked"), ("spend.book",)),
    Event("import.failed", _("a file could not be read"), ("spend.fail",)),
    Event("import.settled", _("conflicting documents of an import are decided"), ("spend.settle",)),
    Event("import.undone", _("an import is undone"), ("spend.undo",)),
    Event("vendor.decided", _("it is decided what becomes of a vendor nobody approved"), ("spend.decide",)),
    Event("vendor.alert", _("a stopped vendor was paid"), ("spend.alert",)),
]  # fmt: skip
# Every webhook hears of itself, so the first message shows whether it arrives.
OWN = [
    Event("webhook.registered", _("it is registered"), ("webhooks.register",)),
    Event("webhook.resumed", _("it goes on"), ("webhooks.resume",)),
]
LABELS = {event.key: event.label for event in [*EVENTS, *OWN]}
VERBS = sorted({verb for event in [*EVENTS, *OWN] for verb in event.verbs})
IMPORT, AMNESTY, WEBHOOK = "spend.import", "spend.amnesty", "webhooks.webhook"


def event_of(entry, webhook) -> str:
    """What `entry` is called for this webhook; "" when it does not hear it."""
    kind, _colon, number = entry.subject.partition(":")
    if kind == WEBHOOK:
        return next((own.key for own in OWN if entry.verb in own.verbs and number == str(webhook.pk)), "")
    heard = (one for one in EVENTS if one.key in webhook.events and entry.verb in one.verbs)
    return next((one.key for one in heard if one.fits(entry.after)), "")


def message(delivery) -> dict | None:
    """What is told, in JSON's types; None where it is kept back. Sums are text, by currency; times ISO 8601, UTC."""
    entry = delivery.entry
    kind, _colon, number = entry.subject.partition(":")
    data = TOLD[kind](entry, int(number))
    if data is None:
        return None
    facts = {"workspace": delivery.workspace.slug, "entry": entry.number}
    return {"type": delivery.event, "timestamp": entry.at.isoformat(), "data": facts | data}


def of_import(entry, number) -> dict | None:
    if not Import.objects.of(entry.workspace_id).filter(pk=number, private=False).exists():
        return None
    told = {key: entry.after[key] for key in ("counts", "totals", "state", "rows", "verdict") if key in entry.after}
    return {"import": number} | told


def of_amnesty(entry, number) -> dict | None:
    amnesty = Amnesty.objects.of(entry.workspace_id).select_related("workspace").filter(pk=number).first()
    if amnesty is None:
        return None
    told = {key: entry.after[key] for key in ("state", "until", "entries") if entry.after.get(key)}
    if amount := entry.after.get("amount"):
        currency = amnesty.workspace.currency
        told |= {"amount": money_text(Decimal(amount), currency), "currency": currency}
    return {"decision": number, "vendor": amnesty.vendor_id} | told


def of_webhook(_entry, number) -> dict:
    return {"webhook": number}


TOLD = {IMPORT: of_import, AMNESTY: of_amnesty, WEBHOOK: of_webhook}

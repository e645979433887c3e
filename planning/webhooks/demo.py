"""The demonstration's webhook: the accounting system heard of imports until its address answered no more."""

from datetime import timedelta

from planning.shared import clock

from . import actions, sending
from .models import Delivery, Webhook

ADDRESS = "https://accounts.harbourpine.example/alignment"  # leads nowhere: .example is nobody's
HEARD = ["import.waiting", "import.rejected", "import.booked", "import.undone", "vendor.alert"]


def tell(story):
    with story.on(2, 1):
        actions.register(story.priya, ADDRESS, HEARD, look=lambda address: None)


def answered(story):
    """What happened since was heard, and all but the newest arrived; that one was tried to the end."""
    webhook = Webhook.objects.of(story.workspace).get()
    sending.hear(story.workspace.pk)
    waiting = webhook.deliveries.filter(state=Delivery.State.WAITING).select_related("entry").order_by("pk")
    *arrived, last = waiting
    for one in arrived:
        one.state, one.tries, one.tried_at, one.status = Delivery.State.DELIVERED, 1, one.entry.at, 204
    Delivery.objects.bulk_update(arrived, ["state", "tries", "tried_at", "status"])
    tried = clock.now() - timedelta(minutes=5)
    Delivery.objects.filter(pk=last.pk).update(
        state=Delivery.State.GIVEN_UP, tries=len(sending.LATER) + 1, tried_at=tried, status=502, answer="Bad Gateway"
    )
    last.tries = len(sending.LATER)
    actions.give_up(last)

"""The demonstration's webhook: the accounting system heard of imports until its address answered no more."""

from datetime import timedelta

from planning.shared import clock

from . import actions, sending
from .models import Delivery, Webhook

ADDRESS = "https://accounts.harbourpine.example/alignment"  # leads nowhere: .example is nobody's
HEARD = ["import.waiting", "import.rejected", "import.booked", "import.undone", "vendor.alert"]


def tell(story):
    with story.at(story.today, 7):
        actions.register(story.priya, ADDRESS, HEARD, look=lambda address: None)
        webhook = Webhook.objects.of(story.workspace).get()
        # What it would have heard since the last month's ledger came.
        Webhook.objects.filter(pk=webhook.pk).update(heard=max(0, webhook.heard - 400))
        sending.hear(story.workspace.pk)
    answered(story, webhook)


def answered(story, webhook):
    """All but the newest arrived; that one was tried to the end."""
    waiting = Delivery.objects.of(story.workspace).filter(webhook=webhook, state=Delivery.State.WAITING).order_by("pk")
    *arrived, last = waiting
    tried = clock.now() - timedelta(hours=1)
    waiting.filter(pk__in=[one.pk for one in arrived]).update(
        state=Delivery.State.DELIVERED, tries=1, tried_at=tried, status=204
    )
    Delivery.objects.filter(pk=last.pk).update(
        state=Delivery.State.GIVEN_UP, tries=len(sending.LATER) + 1, tried_at=tried, status=502, answer="Bad Gateway"
    )
    last.tries = len(sending.LATER)
    actions.give_up(last)

"""What people do with webhooks, and how the clock gives one up."""

import secrets

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared import clock
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import addresses, events, signing
from .models import Delivery, Webhook

MOST = 10


@action(_("registered the webhook {subject}"))
def register(member, address: str, heard: list[str], look=addresses.refuse) -> str:
    """From now on this address hears these events. Gives the secret that signs them, shown this once.

    Refused: addresses that are not https or not of the open internet (`look`), events nobody knows, more than ten.
    """
    chosen = [event.key for event in events.EVENTS if event.key in heard]
    if not chosen:
        raise Refused(__("Choose what it hears."), "events")
    addresses.parts(address)
    look(address)
    if Webhook.objects.of(member.workspace).kept().count() >= MOST:
        raise Refused(__("A workspace has at most %(most)s webhooks.") % {"most": MOST}, "address")
    webhook = Webhook.objects.create(
        workspace=member.workspace,
        address=address,
        events=chosen,
        salt=secrets.token_hex(16),
        registered_by=member,
        registered_at=clock.now(),
    )
    entry = record(register, member, webhook, after={"address": str(webhook), "events": chosen})
    entry.refresh_from_db(fields=["number"])
    Webhook.objects.filter(pk=webhook.pk).update(heard=entry.number - 1)
    return signing.secret_of(webhook)


@action(_("removed the webhook {subject}"))
def remove(webhook, member) -> Webhook:
    """It hears nothing any longer, and what waits is not sent. Its deliveries stay on record."""
    webhook = lock(Webhook.objects.of(member.workspace), webhook.pk)
    if webhook.removed_at is None:
        webhook.removed_at = clock.now()
        webhook.save(update_fields=["removed_at"])
        record(remove, member, webhook)
    return webhook


@action(_("switched the webhook {subject} on again"))
def resume(webhook, member) -> Webhook:
    """It goes on where it stopped; what was given up is tried again first. Refused: one that goes, or was removed."""
    webhook = lock(Webhook.objects.of(member.workspace), webhook.pk)
    if webhook.removed_at or not webhook.stopped_at:
        raise Refused(__("This webhook is not switched off. Reload the page."))
    webhook.stopped_at = None
    webhook.save(update_fields=["stopped_at"])
    again(webhook.deliveries.filter(state=Delivery.State.GIVEN_UP))
    again(webhook.deliveries.filter(state=Delivery.State.WAITING))
    record(resume, member, webhook)
    return webhook


@action(_("had {subject} sent again"))
def retry(delivery, member) -> Delivery:
    """Send one message now, whatever became of it. Refused: what is kept back, and a webhook that is off or removed."""
    delivery = lock(Delivery.objects.of(member.workspace).select_related("webhook"), delivery.pk)
    if delivery.webhook.removed_at or delivery.webhook.stopped_at:
        raise Refused(__("This webhook is switched off: switch it on first."))
    if delivery.state == Delivery.State.WITHHELD:
        raise Refused(__("This is kept back: it is, or may be, about payroll."))
    again(Delivery.objects.filter(pk=delivery.pk))
    record(retry, member, delivery)
    return delivery


def again(deliveries) -> None:
    deliveries.update(state=Delivery.State.WAITING, tries=0, due_at=clock.now())


@action(_("switched the webhook {subject} off, which did not answer"), by="clock")
def give_up(delivery) -> Webhook:
    """A message was tried to the end: the webhook is off until a lead switches it on. Who made it and leads hear it."""
    webhook = lock(Webhook.objects.of(delivery.workspace_id).select_related("registered_by__user"), delivery.webhook_id)
    webhook.stopped_at = clock.now()
    webhook.save(update_fields=["stopped_at"])
    after = {"event": delivery.event, "tries": delivery.tries + 1}
    entry = record(give_up, None, webhook, after=after)
    maker = webhook.registered_by
    told = [maker] if not maker.left_at else Member.objects.of(webhook.workspace).leads(maker.side)
    tell(told, entry, url=place(webhook.workspace, "webhooks:index"), needs=True)
    return webhook

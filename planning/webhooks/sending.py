"""From the history to the receiver: hear what is new, send it in the order in which it happened, note the answer.

A worker holds a webhook while it sends, and each message is sent outside of any transaction. A receiver that does not
answer with 2xx is asked again later and later; what comes after waits behind it. A message may arrive twice (a worker
that died between the answer and the note), never not at all while the webhook goes.
"""

import json
from datetime import timedelta

from django.db.models import Q

from planning.people.scope import scope
from planning.shared import clock
from planning.trail.models import Entry, Head

from . import calling, events, signing
from .models import Delivery, Webhook

State = Delivery.State
# After each try that failed, how long until the next: half a day in all, then it is given up.
LATER = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 480)]
MOST_AT_ONCE, LONGEST = 20, timedelta(seconds=40)
HELD, HEARD_AT_ONCE = timedelta(minutes=3), 500


def hear(workspace_id) -> None:
    """Make a delivery of each entry of the history that a webhook is to hear and was not asked about yet."""
    going = list(Webhook.objects.of(workspace_id).going().order_by("pk"))
    head = Head.objects.filter(workspace=workspace_id).values_list("number", flat=True).first() or 0
    for webhook in going:
        new = Entry.objects.of(workspace_id).filter(number__gt=webhook.heard, verb__in=events.VERBS).order_by("number")
        found = list(new[:HEARD_AT_ONCE])
        Delivery.objects.bulk_create(
            [
                Delivery(workspace_id=workspace_id, webhook=webhook, entry=entry, event=name)
                for entry in found
                if (name := events.event_of(entry, webhook))
            ],
            ignore_conflicts=True,
        )
        upto = found[-1].number if len(found) == HEARD_AT_ONCE else head
        Webhook.objects.filter(pk=webhook.pk, heard__lt=upto).update(heard=upto)


def to_send(workspace_id) -> list[int]:
    """The webhooks whose first waiting message is due, and that nobody sends for now."""
    now = clock.now()
    free = Webhook.objects.of(workspace_id).going().filter(Q(held_until=None) | Q(held_until__lt=now))
    return [webhook.pk for webhook in free.order_by("pk") if first_due(webhook, now)]


def first_due(webhook, now):
    """The oldest waiting message, when its time has come: nothing overtakes it."""
    first = webhook.deliveries.filter(state=State.WAITING).select_related("entry", "workspace").order_by("pk").first()
    return first if first and first.due_at <= now else None


def send(workspace_id: int, webhook_id: int, give_up) -> None:
    """Send what waits for one webhook, until nothing does, a message fails, or it took long enough. `give_up` is the
    action for a message that was tried to the end."""
    started = clock.now()
    if not hold(workspace_id, webhook_id, started):
        return
    try:
        for _turn in range(MOST_AT_ONCE):
            if clock.now() - started > LONGEST or not send_first(workspace_id, webhook_id, give_up):
                return
    finally:
        with scope(workspace_id):
            Webhook.objects.of(workspace_id).filter(pk=webhook_id).update(held_until=None)


def hold(workspace_id, webhook_id, now) -> bool:
    """The conditional update: True for the one worker that sends now."""
    with scope(workspace_id):
        free = Webhook.objects.of(workspace_id).going().filter(Q(held_until=None) | Q(held_until__lt=now))
        return free.filter(pk=webhook_id).update(held_until=now + HELD) == 1


def send_first(workspace_id, webhook_id, give_up) -> bool:
    """Send the oldest waiting message; whether to go on with the next."""
    with scope(workspace_id):
        webhook = Webhook.objects.of(workspace_id).going().filter(pk=webhook_id).first()
        delivery = webhook and first_due(webhook, clock.now())
        if not delivery:
            return False
        message = events.message(delivery)
        if message is None:
            note(delivery, state=State.WITHHELD)
            return True
    answer = calling.call(webhook.address, *signed(webhook, delivery.entry_id, message))
    with scope(workspace_id):
        if not answer.is_good:
            failed(delivery, answer, give_up)
            return False
        note(delivery, answer, state=State.DELIVERED)
        return True


def signed(webhook, entry_id, message) -> tuple[dict, str]:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    return signing.headers(webhook, f"entry_{entry_id}", clock.now(), body), body


def failed(delivery, answer, give_up) -> None:
    """Later again; after the last try, or where the receiver says it is gone, given up."""
    if answer.is_gone or delivery.tries >= len(LATER):
        note(delivery, answer, state=State.GIVEN_UP)
        give_up(delivery)
    else:
        note(delivery, answer, due_at=clock.now() + LATER[delivery.tries])


def note(delivery, answer=None, **changed) -> None:
    """What became of a try. Only of what still waits: a person may have decided meanwhile."""
    if answer is not None:
        changed |= {"tries": delivery.tries + 1, "tried_at": clock.now()}
        changed |= {"status": answer.status, "answer": answer.words[:300]}
    Delivery.objects.of(delivery.workspace_id).filter(pk=delivery.pk, state=State.WAITING).update(**changed)

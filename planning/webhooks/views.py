"""Webhooks: which addresses hear what, and what became of each message."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import door, leads, refusals_on, shown

from . import actions
from .events import LABELS
from .forms import WebhookForm
from .models import Delivery, Webhook
from .sending import LATER

SHOWN = 15


@door(leads)
def index(request):
    return render(request, "webhooks/index.html", facts(request, WebhookForm()))


def facts(request, form) -> dict:
    kept = Webhook.objects.of(request.workspace).kept().select_related("registered_by__user").order_by("-pk")
    found = [(webhook, [LABELS[key] for key in webhook.events], []) for webhook in kept]
    rows = {webhook.pk: rows for webhook, _heard, rows in found}
    for delivery in newest(request.workspace, rows):
        delivery.said = LABELS.get(delivery.event, delivery.event)
        rows[delivery.webhook_id].append(delivery)
    return {"webhooks": found, "form": form, "most_tries": len(LATER) + 1}


def newest(workspace, webhook_ids):
    """The last deliveries of each of these webhooks."""
    ranked = Delivery.objects.raw(
        "SELECT d.* FROM unnest(%s::bigint[]) AS w (id) CROSS JOIN LATERAL ("
        "SELECT * FROM webhooks_delivery d WHERE d.workspace_id = %s AND d.webhook_id = w.id"
        " ORDER BY d.id DESC LIMIT %s) d ORDER BY d.id DESC",
        [list(webhook_ids), workspace.pk, SHOWN],
    )
    return list(ranked.prefetch_related("entry"))


@door(post=leads, does=actions.register)
def registrations(request):
    """The secret is in this answer and nowhere else: no cache and no receipt keeps it."""
    form, secret = WebhookForm(request.POST), None
    if form.is_valid():
        with refusals_on(form):
            secret = actions.register(request.member, form.cleaned_data["address"], form.cleaned_data["events"])
    if not secret:
        return shown(request, "webhooks/index.html", facts(request, form), form)
    response = render(request, "webhooks/secret.html", {"secret": secret})
    response["Cache-Control"], response["Content-Location"] = "no-store", request.place("webhooks:index")
    return response


@door(post=leads, does=actions.remove)
def removal(request, webhook_id):
    webhook = get_object_or_404(Webhook.objects.of(request.workspace).kept(), pk=webhook_id)
    actions.remove(webhook, request.member)
    messages.success(request, _("%(webhook)s hears nothing any longer.") % {"webhook": webhook})
    return request.go("webhooks:index")


@door(post=leads, does=actions.resume)
def going_on(request, webhook_id):
    actions.resume(get_object_or_404(Webhook.objects.of(request.workspace).kept(), pk=webhook_id), request.member)
    messages.success(request, _("It goes on where it stopped."))
    return request.go("webhooks:index")


@door(post=leads, does=actions.retry)
def tries(request, delivery_id):
    actions.retry(get_object_or_404(Delivery.objects.of(request.workspace), pk=delivery_id), request.member)
    messages.success(request, _("It is sent again within the minute."))
    return request.go("webhooks:index")

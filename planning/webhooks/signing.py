"""Messages signed as Standard Webhooks says: webhook-id, webhook-timestamp, webhook-signature (HMAC-SHA256)."""

import base64
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook as Signer


def secret_of(webhook) -> str:
    """The secret, worked out from the installation's key: shown once to who registers, kept nowhere."""
    text = f"{webhook.workspace_id}:{webhook.salt}"
    return "whsec_" + base64.b64encode(salted_hmac("webhooks.secret", text, algorithm="sha256").digest()).decode()


def headers(webhook, message_id: str, moment: datetime, body: str) -> dict[str, str]:
    """What goes with a body. `message_id` is the same at every try, so the receiver knows what it has already."""
    moment = moment.astimezone(UTC)
    return {
        "content-type": "application/json",
        "user-agent": "Alignment-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Signer(secret_of(webhook)).sign(message_id, moment, body),
    }

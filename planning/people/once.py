"""A request that is sent twice is done once.

The key is inserted first, in the action's own transaction: a second copy waits for it, then gets the first answer.
Only successes are kept; the same key with another body is refused.
"""

import hashlib

from django.http import HttpResponse
from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .models import Receipt

KEPT = (200, 201, 202, 204, 302, 303)


def answered_once(request, key: str, route: str, body: bytes, act):
    """`act()`'s response, or the one it gave when this member sent the same key with the same body before."""
    receipt, fresh = Receipt.objects.get_or_create(
        workspace=request.member.workspace,
        member=request.member,
        key=key[:80],
        defaults={"route": route[:200], "body_hash": hashlib.sha256(body).hexdigest()},
    )
    if not fresh:
        return repeated(receipt, route, body)
    response = act()
    if response.status_code in KEPT and not response.streaming:
        receipt.status, receipt.location = response.status_code, response.get("Location", "")
        receipt.body = response.content.decode()
        if response.get("Cache-Control") == "no-store":  # a secret shown once: a repeat is sent where it is listed
            receipt.status, receipt.location, receipt.body = 303, response["Content-Location"], ""
        receipt.save(update_fields=["status", "location", "body"])
    return response


def repeated(receipt, route, body):
    if receipt.route != route[:200] or receipt.body_hash != hashlib.sha256(body).hexdigest():
        raise Refused(_("This key was used for another request. Reload the page and try again."), "Idempotency-Key")
    response = HttpResponse(receipt.body, status=receipt.status)
    if receipt.location:
        response["Location"] = receipt.location
    if receipt.body.startswith("{"):
        response["Content-Type"] = "application/json"
    return response

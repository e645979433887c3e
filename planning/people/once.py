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
UNSAID = {"once", "csrfmiddlewaretoken"}  # of the rendering, not of what was meant
LONGEST_KEY = 80


def answered_once(request, key: str, act):
    """`act()`'s response, or the one it gave when this member sent the same key with the same body before."""
    route, body_hash = f"{request.method} {request.path}"[:200], digest(request)
    receipt, fresh = Receipt.objects.get_or_create(
        workspace=request.member.workspace,
        member=request.member,
        key=key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest(),
        defaults={"route": route, "body_hash": body_hash},
    )
    if not fresh:
        return repeated(receipt, route, body_hash)
    response = act()
    if response.status_code in KEPT and not response.streaming:
        receipt.status, receipt.location = response.status_code, response.get("Location", "")
        receipt.body = response.content.decode()
        if response.get("Cache-Control") == "no-store":  # a secret shown once: a repeat is sent where it is listed
            receipt.status, receipt.location, receipt.body = 303, response["Content-Location"], ""
        receipt.save(update_fields=["status", "location", "body"])
    return response


def digest(request) -> str:
    """SHA-256 over what was sent; of a form, over its fields and the bytes of its files, whatever their boundaries."""
    total = hashlib.sha256()
    if not request.content_type.startswith(("multipart/", "application/x-www-form-urlencoded")):
        total.update(request.body)
        return total.hexdigest()
    total.update(repr(sorted((name, values) for name, values in request.POST.lists() if name not in UNSAID)).encode())
    for name, file in sorted(request.FILES.items()):
        total.update(f"{name} {file.name} {file.size}".encode())
        for chunk in file.chunks():
            total.update(chunk)
        file.seek(0)
    return total.hexdigest()


def repeated(receipt, route, body_hash):
    if (receipt.route, receipt.body_hash) != (route, body_hash):
        raise Refused(
            _("This key was used for another request. Begin anew: on the page loaded again, or with a new key."),
            "Idempotency-Key",
        )
    response = HttpResponse(receipt.body, status=receipt.status)
    if receipt.location:
        response["Location"] = receipt.location
    if receipt.body.startswith(("{", "[")):
        response["Content-Type"] = "application/json"
    return response

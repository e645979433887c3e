"""The API's frame: one token, one scope, one transaction a request, and problem documents (RFC 9457) for every no.

An endpoint is three lines: fetch through the member's workspace, call the action the page calls, describe the result.
"""

import hashlib
from functools import partial, wraps
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import DataError, transaction
from django.http import Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from planning.people.doors import SAFE, introduce
from planning.people.models import Member
from planning.people.once import answered_once
from planning.people.scope import entered_by_token
from planning.shared.locking import retrying
from planning.shared.plain import canonical
from planning.shared.refusals import NotYours, Refused, Stale

PROBLEM = "application/problem+json"


class Bearer(HttpBearer):
    """`inside` has resolved the token already; this describes it to OpenAPI and says no where it did not."""

    def authenticate(self, request, token):
        return getattr(request, "member", None)


class Api(NinjaAPI):
    def get_openapi_schema(self, *args, **kwargs):
        """Every address is inside a workspace, and every no is a problem document; the schema says so once."""
        schema = super().get_openapi_schema(*args, **kwargs)
        slug = {"name": "workspace", "in": "path", "required": True, "schema": {"type": "string"}}
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation.setdefault("parameters", []).insert(0, slug)
                for status in (400, 401, 403, 404, 409, 422):
                    operation["responses"].setdefault(status, problem_response(status))
        return schema


PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": ["string", "null"]}, "message": {"type": "string"}},
            },
        },
        "difference": {"type": "array", "items": {"type": "object"}},
        "changes": {"type": "array", "items": {"type": "string"}},
    },
}


def problem_response(status):
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


api = Api(
    title="Alignment",
    version="1",
    description="One plan for marketing and technology. Money is text, dates are ISO 8601, and every no is a problem.",
    auth=Bearer(),
    urls_namespace="api",
)


# ── One request, one scope ───────────────────────────────────────────────────────────────────────────────────────────
def inside(run):
    """Open the scope of the token's member around an operation. What did not succeed leaves nothing behind."""

    @wraps(run)
    def opened(request, **path):
        slug = path.pop("workspace")
        return retrying(lambda: _in_scope(request, slug, partial(run, request, **path)))

    return opened


def _in_scope(request, slug, operate):
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    secret = token.strip() if scheme.lower() == "bearer" else ""
    with entered_by_token(hashlib.sha256(secret.encode()).hexdigest(), slug, read_only=request.method in SAFE) as found:
        if found is None:
            return kept(operate())  # without a member the operation answers 401, unless it knows another key
        if not found:
            return absent(request, None)
        member = Member.objects.select_related("workspace", "user").get(pk=found)
        request.user = member.user
        introduce(request, member)
        with translation.override(request.member.user.language):
            return kept(_once(request, operate))


def kept(response):
    """The response; of one that did not succeed nothing stays."""
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response


def _once(request, operate):
    key = request.headers.get("Idempotency-Key", "")
    if not key or request.method in SAFE:
        return operate()
    try:
        return answered_once(request, key, operate)
    except Refused as refused:
        return problem_of(request, refused)


api.add_decorator(inside, mode="view")  # around authentication and validation too


# ── Saying no ────────────────────────────────────────────────────────────────────────────────────────────────────────
def problem(status: int, detail: str, errors=(), **more) -> HttpResponse:
    """An RFC 9457 document. `errors` is [{field, message}]."""
    phrase = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": phrase, "status": status, "detail": detail, "errors": list(errors)} | more
    response = HttpResponse(canonical(body), status=status, content_type=PROBLEM)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Refused)
def problem_of(request, refused):
    sentence = str(refused)
    more = {"difference": refused.difference, "changes": refused.changes} if isinstance(refused, Stale) else {}
    return problem(refused.status, sentence, [{"field": refused.field, "message": sentence}], **more)


KINDS = {"str", "int"}


@api.exception_handler(ValidationError)
def invalid(request, error):
    errors = [{"field": field_at(item["loc"]), "message": sentence_of(item)} for item in error.errors]
    return problem(422, _("Some fields need another look."), errors)


def sentence_of(item) -> str:
    """What is missing most often, in our words; of the rest, the schema's own say which rule was broken."""
    empty = item["type"] == "string_too_short" and not item.get("input")
    return _("This is needed.") if empty or item["type"] == "missing" else item["msg"]


def field_at(where) -> str | None:
    """The field as the program that called wrote it: not the name our function gives the body, nor which of several
    kinds of value was tried."""
    parts = [str(part) for part in where[2 if where[0] == "body" else 1 :]]
    while parts and parts[-1] in KINDS:
        parts.pop()
    return ".".join(parts) or None


@api.exception_handler(AuthenticationError)
def unknown(request, error):
    return problem(401, _("This needs a valid token of a member of the workspace, as “Authorization: Bearer …”."))


@api.exception_handler(Http404)
def absent(request, error):
    return problem(404, _("There is no such thing in your workspace."))


@api.exception_handler(PermissionDenied)
def forbidden(request, error):
    return problem(403, str(error) or _("This is not yours to do."))


@api.exception_handler(DataError)
def unstorable(request, error):
    """Postgres keeps no NUL in text, and no number beyond its columns: what the schema could not rule out ends here."""
    return problem(422, _("Something in this request cannot be stored: a NUL character, or a number out of range."))


@api.exception_handler(HttpError)
def other(request, error):
    return problem(error.status_code, str(error))


def may(rule):
    """Only members for whom `rule` (a rule of planning.people.doors) holds; the same as the page's door."""

    def guard(endpoint):
        @wraps(endpoint)
        def guarded(request, *args, **kwargs):
            if not rule(request.member):
                raise NotYours(_("This is for others in the workspace to see or do."))
            return endpoint(request, *args, **kwargs)

        guarded.rule = rule
        return guarded

    return guard

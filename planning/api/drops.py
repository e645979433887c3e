"""Where other systems and mailboxes send ledger files. The key is a drop's secret, not a member's token."""

from django.db import connection
from django.utils.translation import gettext as _
from ninja import Field, File, Router, Schema, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.security import HttpBasicAuth, HttpBearer

from planning.people.secrets import fingerprint
from planning.spend import dropping, sent
from planning.spend.models import Drop

from .base import problem_response

router = Router(tags=["spend"])


class Received(Schema):
    id: int = Field(description="The import: `GET spend/imports/{id}` says how far it is.")
    file: str
    sha256: str
    state: str = Field(description="“running”, or “needs mapping” while a person is to confirm how it is read.")
    again: bool = Field(description="These bytes came before: this is the import that they became then.")


class ReceivedOut(Schema):
    imports: list[Received]
    left_out: list[str] = Field(description="Names of what was sent along and cannot be a ledger.")


def drop_of(request, secret: str) -> Drop | None:
    """The drop that a secret opens in the workspace of this address; the transaction is inside it from then on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT spend_enter_by_drop(%s, %s)", [fingerprint(secret), request.resolver_match.kwargs["workspace"]]
        )
        found = cursor.fetchone()[0]
    return Drop.objects.get(pk=found) if found else None


def opened(request, secret: str) -> Drop:
    """Refused: a secret of no drop that is open, in words for whoever reads the sender's log."""
    if drop := drop_of(request, secret):
        return drop
    raise HttpError(401, _("No open drop has this secret: it was closed, or the secret is mistyped."))


class ByBearer(HttpBearer):
    def authenticate(self, request, token):
        return opened(request, token)


class ByPassword(HttpBasicAuth):
    """Mail services put a password into the address that they call: the secret is the password, any name will do."""

    def authenticate(self, request, username, password):
        return opened(request, password)


@router.post(
    "spend/drops",
    auth=[ByBearer(), ByPassword()],
    response={202: ReceivedOut},
    openapi_extra={"responses": {429: problem_response(429)}},
)
def receive(request, file: File[UploadedFile] = None):
    """Send files of one source: as the files of a form, of any names, or a mail with attachments (message/rfc822).

    They wait for a person to confirm how they are read, unless the drop is trusted and the source's mapping fits. The
    same bytes twice are one import. A drop takes 60 files an hour (429).
    """
    files, left_out = sent.files_of(request)
    received = [dropping.receive(request.auth, one) for one in files]
    return Status(202, {"imports": [described(batch, again) for batch, again in received], "left_out": left_out})


def described(batch, again) -> dict:
    return {
        "id": batch.pk,
        "file": batch.name,
        "sha256": batch.file.sha256,
        "state": batch.state,
        "again": again,
    }

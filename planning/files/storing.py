"""Keeping an upload: its bytes as they came, their SHA-256, what they look like. Nothing is served but through a
door."""

import hashlib
import re
import secrets
from functools import partial

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from planning.shared.refusals import Gone, Refused

from .models import StoredFile

SIGNATURES = [
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
]
WORD_MARKS = (b"\xff\xfe", b"\xfe\xff")


def store(upload, member, largest: int | None = None) -> StoredFile:
    """Keep `upload` (a Django file) for the member's workspace.

    Refused: an empty file, and one of more than `largest` bytes (default: the setting SPEND_UPLOAD_MAX). When the
    transaction fails the bytes are not referred to by anything and the name is never given out again.
    """
    largest = largest or settings.SPEND_UPLOAD_MAX
    if not upload.size:
        raise Refused(_("The file is empty."), "file")
    if upload.size > largest:
        raise Refused(_("The file is larger than %(size)s MB.") % {"size": largest // 2**20}, "file")
    digest, head = fingerprint(upload)
    key = default_storage.save(f"{member.workspace_id}/{secrets.token_hex(16)}", upload)
    return StoredFile.objects.create(
        workspace=member.workspace,
        name=safe_name(upload.name),
        sha256=digest,
        size=upload.size,
        type=sniffed(head),
        key=key,
        uploaded_by=member,
        uploaded_at=member.workspace.now(),
    )


def discard(files) -> None:
    """Throw stored files away that nothing refers to any more; their bytes go once that is certain."""
    for stored in files:
        stored.delete()
        transaction.on_commit(partial(default_storage.delete, stored.key))


def fingerprint(upload) -> tuple[str, bytes]:
    """(SHA-256 in hex, the first bytes); leaves the upload at its start."""
    digest, head = hashlib.sha256(), b""
    for piece in upload.chunks():
        head = head or piece[:4096]
        digest.update(piece)
    upload.seek(0)
    return digest.hexdigest(), head


def sniffed(head: bytes) -> str:
    """A media type by the bytes themselves; names and headers of a request are only claims."""
    for signature, name in SIGNATURES:
        if head.startswith(signature):
            return name
    is_text = head.startswith(WORD_MARKS) or b"\0" not in head
    return "text/plain" if is_text else "application/octet-stream"


def safe_name(name: str) -> str:
    """The last part of a path, without control characters."""
    last = re.split(r"[/\\]", str(name))[-1]
    return re.sub(r"[\x00-\x1f\x7f]", "", last).strip()[:255] or _("file")


def opened(stored):
    """The bytes of a stored file, for reading. Gone: they are not in the storage any more."""
    try:
        return default_storage.open(stored.key, "rb")
    except FileNotFoundError as error:
        raise Gone(
            _("The contents of “%(file)s” are not in the storage any more; an operator can restore them from a backup.")
            % {"file": stored.name}
        ) from error


def beside(stored, suffix: str, make):
    """What was worked out from a stored file, kept beside it: `make()` gives it as a file the first time."""
    key = f"{stored.key}.{suffix}"
    if not default_storage.exists(key):
        with make() as made:
            key = default_storage.save(key, File(made))
    return default_storage.open(key, "rb")

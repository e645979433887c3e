"""What may lie with a line: documents, sheets and pictures by what their bytes are, not by what their name claims."""

import zipfile
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from planning.files.storing import fingerprint, safe_name, sniffed
from planning.shared.refusals import Refused

LARGEST = 10 * 2**20
MOST = 20
# {extension: what the bytes look like}
KNOWN = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".txt": "text/plain",
    ".csv": "text/plain",
    ".md": "text/plain",
    ".eml": "text/plain",
    ".doc": "application/x-ole-storage",
    ".xls": "application/x-ole-storage",
    ".ppt": "application/x-ole-storage",
    ".msg": "application/x-ole-storage",
    ".docx": "application/zip",
    ".xlsx": "application/zip",
    ".pptx": "application/zip",
    ".odt": "application/zip",
    ".ods": "application/zip",
    ".odp": "application/zip",
}
MARKS = ("[Content_Types].xml", "mimetype")  # what an office file has inside and another archive has not


def check(upload) -> str:
    """The SHA-256 of `upload`. Refused: an unknown kind, a name that says another kind than the bytes, an archive
    that only calls itself a document. Its size is `store`'s to refuse.
    """
    digest, head = fingerprint(upload)
    kind = KNOWN.get(PurePosixPath(safe_name(upload.name)).suffix.lower())
    if kind is None:
        raise Refused(_("Attach a document, a sheet, a picture or a text (PDF, Office, PNG, JPEG, CSV, …)."), "file")
    if sniffed(head) != kind or kind == "application/zip" and not is_office(upload):
        raise Refused(_("“%(name)s” is not what its name says.") % {"name": safe_name(upload.name)}, "file")
    return digest


def is_office(upload) -> bool:
    try:
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False
    finally:
        upload.seek(0)
    return any(mark in names for mark in MARKS)

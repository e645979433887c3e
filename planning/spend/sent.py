"""What was sent to a drop: the files of a form, or the attachments of a mail. What cannot be a ledger is left out.

Mail services post a mail's attachments as the files of a form; a mail server can post the mail itself (message/rfc822).
"""

from email import message_from_bytes, policy

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from planning.files.storing import fingerprint, sniffed
from planning.shared.refusals import Refused

MAIL = "message/rfc822"
LONGEST_MAIL = 50 * 2**20
MOST_FILES = 20
TABLES = {"text/plain", "application/zip", "application/x-ole-storage"}
NO_TABLES = (".htm", ".html", ".ics", ".vcf", ".asc", ".p7s", ".eml", ".json", ".xml")  # text, but of other kinds


def files_of(request) -> tuple[list, list[str]]:
    """(files to take in, names of those left out). Refused: nothing that could be a ledger, and too much at once."""
    files = attached(request) if request.content_type == MAIL else list(request.FILES.values())
    if len(files) > MOST_FILES:
        raise Refused(_("At most %(most)s files at once.") % {"most": MOST_FILES}, "file")
    chosen = files if len(files) == 1 else [file for file in files if may_be_table(file)]
    if not chosen:
        raise Refused(_("No ledger file was sent: attach a CSV file or a workbook."), "file")
    return chosen, [file.name for file in files if file not in chosen]


def may_be_table(file) -> bool:
    return bool(file.size) and not file.name.lower().endswith(NO_TABLES) and sniffed(fingerprint(file)[1]) in TABLES


def attached(request) -> list[ContentFile]:
    """The attachments of a mail that was posted as it is."""
    text = request.read(LONGEST_MAIL + 1)
    if len(text) > LONGEST_MAIL:
        raise Refused(_("A mail may have %(size)s MB.") % {"size": LONGEST_MAIL // 2**20}, "file")
    parts = message_from_bytes(text, policy=policy.default).iter_attachments()
    return [ContentFile(part.get_payload(decode=True) or b"", part.get_filename() or "") for part in parts]

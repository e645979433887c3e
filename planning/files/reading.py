"""Opening a stored file as rows of text, whatever it is: delimited text, a workbook, either of them zipped.

Text is streamed. Workbooks load whole, so a child process with a memory limit turns them into CSV first.
"""

import csv
import io
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager

from django.core.files import File
from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from . import storing, workbooks

BIGGEST_UNPACKED = 512 * 2**20
BIGGEST_CELL = 2**20
PIECE = 2**20
MOST_MEMBERS = 50
EMPTY_ZIP = b"PK\x05\x06"
PROTECTED = 0x1  # a flag of a zip's member
csv.field_size_limit(BIGGEST_CELL)


@contextmanager
def opened(stored, inside="", beat=None):
    """The bytes of a stored file as delimited text: a binary file at its start, with its `size`. `inside` names one of
    a zip's several.

    What a workbook says is kept beside it, for it is asked again and again on its way in. Working that out takes
    minutes when it is large; `beat` is called each second of them, and may end it by raising.
    """
    with storing.opened(stored) as file, _unpacked(file, inside) as (inner, place):
        if workbooks.is_workbook(inner):
            with storing.beside(stored, f"{place}csv", lambda: workbooks.as_csv(inner, beat)) as text:
                yield text
        else:
            yield inner


def refuse_no_table(head: bytes) -> None:
    """Refused: what begins as neither text nor a workbook does: a picture, a PDF, a program."""
    if head.startswith((*storing.WORD_MARKS, *workbooks.MAGIC, EMPTY_ZIP)):
        return
    noise = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if storing.sniffed(head) in ("application/pdf", "image/png", "image/jpeg", "image/gif") or noise * 20 > len(head):
        raise Refused(_("This file is no table: bring CSV or a workbook (XLSX, XLS, ODS)."), "file")


def parts(stored) -> list[str]:
    """The names of the files of a zip that holds several; of everything else none.

    Refused: a zip with too many or none, a protected and a damaged one.
    """
    with storing.opened(stored) as file:
        if not _is_plain_zip(file):
            return []
        with zipfile.ZipFile(file) as archive:
            members = _members(archive)
    if len(members) > MOST_MEMBERS:
        raise Refused(
            _("A zip may hold %(most)s files; this one holds %(count)s.")
            % {"most": MOST_MEMBERS, "count": len(members)},
            "file",
        )
    return [member.filename for member in members] if len(members) > 1 else []


@contextmanager
def _unpacked(file, inside):
    """(the file itself, or one of a plain zip; the beginning of the names of what is kept beside it)."""
    if not _is_plain_zip(file):
        file.seek(0)
        yield file, ""
        return
    with zipfile.ZipFile(file) as archive:
        members = [member for member in _members(archive) if inside in ("", member.filename)]
        if len(members) != 1:
            raise Refused(
                _("A zip must hold exactly one file; this one holds %(count)s.") % {"count": len(members)}, "file"
            )
        with _taken_out(archive, members[0]) as unpacked:
            yield unpacked, f"{archive.infolist().index(members[0])}." if inside else ""


def _is_plain_zip(file) -> bool:
    """Whether it is a zip of files: workbooks are zips too, and stay as they are."""
    return zipfile.is_zipfile(file) and not _is_office(file)


def _members(archive):
    members = [item for item in archive.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/")]
    if not members:
        raise Refused(_("This zip holds no file."), "file")
    if any(item.flag_bits & PROTECTED for item in members):
        raise Refused(_("This zip is protected by a password; pack it without one."), "file")
    return members


@contextmanager
def _taken_out(archive, member):
    """One file of a zip: text as it unpacks, a workbook whole. Refused: damaged, too large, and a zip again."""
    if member.file_size > BIGGEST_UNPACKED:
        raise Refused(
            _("Unpacked, this file is larger than %(size)s MB.") % {"size": BIGGEST_UNPACKED // 2**20}, "file"
        )
    try:
        with archive.open(member) as packed:
            if workbooks.is_workbook(packed):
                with tempfile.SpooledTemporaryFile(PIECE) as unpacked:
                    shutil.copyfileobj(packed, unpacked, PIECE)  # never more than the directory says
                    if _is_plain_zip(unpacked):
                        raise Refused(_("A zip inside a zip is not opened; pack the files once."), "file")
                    unpacked.seek(0)
                    yield unpacked
            else:
                text = File(packed, member.filename)
                text.size = member.file_size
                yield text
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
        raise Refused(_("This zip is damaged, or packed in a way that cannot be unpacked."), "file") from error


def _is_office(file):
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise Refused(_("This zip is damaged, or packed in a way that cannot be unpacked."), "file") from error
    return "[Content_Types].xml" in names or "content.xml" in names


def rows(file, mapping):
    """(row number from 1, cells) of a binary file of delimited text, the header and what stands above it included."""
    text = io.TextIOWrapper(file, encoding=mapping["encoding"], errors="replace", newline="")
    try:
        yield from enumerate(cut(text, mapping["delimiter"]), start=1)
    finally:
        if not text.buffer.closed:
            text.detach()  # else it would close the file with it


def cut(text, delimiter):
    """The rows of delimited text as lists of cells. Refused: what has no such rows, as a quote that never ends."""
    try:
        yield from csv.reader(text, delimiter=delimiter)
    except csv.Error as error:
        raise Refused(_("The file cannot be cut into cells: %(problem)s.") % {"problem": error}, "file") from error

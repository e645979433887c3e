"""Opening a stored file as rows of text, whatever it is: delimited text, a workbook, either of them zipped.

Text is streamed. Workbooks load whole, so a child process with a memory limit turns them into CSV first.
"""

import csv
import io
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
PROTECTED = 0x1  # a flag of a zip's member
csv.field_size_limit(BIGGEST_CELL)


@contextmanager
def opened(stored):
    """The bytes of a stored file as delimited text: a binary file at its start. What a workbook says is kept beside it,
    for it is asked again and again on its way in."""
    with storing.opened(stored) as file, _unpacked(file, stored.name) as (inner, name):
        if workbooks.is_workbook(inner, name):
            with storing.beside(stored, "csv", lambda: workbooks.as_csv(inner)) as text:
                yield text
        else:
            yield inner


def refuse_no_table(head: bytes) -> None:
    """Refused: what begins as no text does: a picture, a PDF, a program."""
    if head.startswith(storing.WORD_MARKS):
        return
    noise = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if storing.sniffed(head) in ("application/pdf", "image/png", "image/jpeg", "image/gif") or noise * 20 > len(head):
        raise Refused(_("This file is no table: bring CSV or a workbook (XLSX, XLS, ODS)."), "file")


def is_workbook(stored) -> bool:
    with storing.opened(stored) as file, _unpacked(file, stored.name) as (inner, name):
        return workbooks.is_workbook(inner, name)


def apart(upload):
    """The files to take in of an upload: itself, or, one after the other, those of a zip that holds several.

    Refused: a zip with too many, and what `opened` refuses of a zip.
    """
    if not zipfile.is_zipfile(upload) or _is_office(upload):
        upload.seek(0)
        yield upload
        return
    with zipfile.ZipFile(upload) as archive:
        members = _members(archive)
        if len(members) > MOST_MEMBERS:
            raise Refused(
                _("A zip may hold %(most)s files; this one holds %(count)s.")
                % {"most": MOST_MEMBERS, "count": len(members)},
                "file",
            )
        if len(members) == 1:
            upload.seek(0)
            yield upload
            return
        for member in members:
            with _taken_out(archive, member) as file:
                yield File(file, member.filename)


@contextmanager
def _unpacked(file, name):
    """A plain zip holds exactly one file; workbooks are zips too and stay as they are."""
    if not zipfile.is_zipfile(file) or _is_office(file):
        file.seek(0)
        yield file, name
        return
    with zipfile.ZipFile(file) as archive:
        members = _members(archive)
        if len(members) != 1:
            raise Refused(
                _("A zip must hold exactly one file; this one holds %(count)s.") % {"count": len(members)}, "file"
            )
        with _taken_out(archive, members[0]) as unpacked:
            yield unpacked, members[0].filename


def _members(archive):
    members = [item for item in archive.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/")]
    if not members:
        raise Refused(_("This zip holds no file."), "file")
    return members


@contextmanager
def _taken_out(archive, member):
    """One file of a zip, unpacked. Refused: protected, damaged, too large, and a zip again."""
    if member.flag_bits & PROTECTED:
        raise Refused(_("This zip is protected by a password; pack it without one."), "file")
    with tempfile.SpooledTemporaryFile(PIECE) as unpacked:
        try:
            with archive.open(member) as packed:
                _copy(packed, unpacked)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as error:
            raise Refused(_("This zip is damaged, or packed in a way that cannot be unpacked."), "file") from error
        if zipfile.is_zipfile(unpacked) and not _is_office(unpacked):
            raise Refused(_("A zip inside a zip is not opened; pack the files once."), "file")
        unpacked.seek(0)
        yield unpacked


def _is_office(file):
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise Refused(_("This zip is damaged, or packed in a way that cannot be unpacked."), "file") from error
    return "[Content_Types].xml" in names or "content.xml" in names


def _copy(source, target):
    size = 0
    while piece := source.read(PIECE):
        size += len(piece)
        if size > BIGGEST_UNPACKED:
            raise Refused(
                _("Unpacked, this file is larger than %(size)s MB.") % {"size": BIGGEST_UNPACKED // 2**20}, "file"
            )
        target.write(piece)
    target.seek(0)


def rows(file, mapping):
    """(row number from 1, cells) of a binary file of delimited text, the header and what stands above it included."""
    text = io.TextIOWrapper(file, encoding=mapping["encoding"], errors="replace", newline="")
    try:
        reader = csv.reader(text, delimiter=mapping["delimiter"])
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        raise Refused(_("The file cannot be cut into cells: %(problem)s.") % {"problem": error}, "file") from error
    finally:
        if not text.buffer.closed:
            text.detach()  # else it would close the file with it

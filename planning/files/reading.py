"""Opening a stored file as rows of text, whatever it is: delimited text, a workbook, either of them zipped.

Text is streamed. Workbooks load whole, so a child process with a memory limit turns them into CSV first.
"""

import csv
import io
import tempfile
import zipfile
from contextlib import contextmanager

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from . import storing, workbooks

BIGGEST_UNPACKED = 512 * 2**20
BIGGEST_CELL = 2**20
PIECE = 2**20
WORKBOOK = {"xlsx", "xlsm", "xlsb", "xls", "ods"}
csv.field_size_limit(BIGGEST_CELL)


@contextmanager
def opened(stored):
    """The bytes of a stored file as delimited text: a binary file at its start."""
    with storing.opened(stored) as file, _unpacked(file, stored.name) as (inner, name):
        if workbooks.is_workbook(inner, name):
            with workbooks.as_csv(inner) as text:
                yield text
        else:
            yield inner


def is_workbook(stored) -> bool:
    with storing.opened(stored) as file, _unpacked(file, stored.name) as (inner, name):
        return workbooks.is_workbook(inner, name)


@contextmanager
def _unpacked(file, name):
    """A plain zip holds exactly one file; workbooks are zips too and stay as they are."""
    if not zipfile.is_zipfile(file) or _is_office(file):
        file.seek(0)
        yield file, name
        return
    with zipfile.ZipFile(file) as archive:
        members = [
            item for item in archive.infolist() if not item.is_dir() and not item.filename.startswith("__MACOSX/")
        ]
        if len(members) != 1:
            raise Refused(
                _("A zip must hold exactly one file; this one holds %(count)s.") % {"count": len(members)}, "file"
            )
        with tempfile.SpooledTemporaryFile(PIECE) as unpacked, archive.open(members[0]) as packed:
            _copy(packed, unpacked)
            yield unpacked, members[0].filename


def _is_office(file):
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
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

"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) become CSV in a child process with a memory and time limit.

Numbers come as decimals of at most fifteen digits, which is what a workbook holds; dates in ISO style. The first sheet
that has rows is read; `sheets` reads them all. A workbook is held in memory while it is read (a million rows of six
columns take 600 MB), so what bounds it is MEMORY, beside the size of an upload.
"""

import json
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # how a protected XLSX names its contents
MANIFEST = "META-INF/manifest.xml"  # where an ODS says so
CHILD = Path(__file__).with_name("workbook_child.py")
BIGGEST_UNPACKED = 4 * 2**30
MEMORY = 2 * 2**30
SECONDS = 300
EMPTY, LOCKED, LARGE = 5, 3, 4  # how the child ends


def is_workbook(file) -> bool:
    """Judged by its first bytes, whatever its name says; leaves the file at its start."""
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    return head.startswith(MAGIC)


@contextmanager
def as_csv(file, beat=None):
    """The workbook `file` as a temporary UTF-8 CSV file. Refused: too large, too slow, not readable, empty.

    `beat()` is called each second meanwhile; what it raises ends the work.
    """
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder, "book"), Path(folder, "text.csv")
        _copied(file, book)
        _convert(book, text, beat=beat)
        with text.open("rb") as result:
            yield result


def sheets(file) -> list[tuple[str, list[list[str]]]]:
    """Every sheet of a workbook that has rows: (its name, its cells as text). Refused as by `as_csv`."""
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder, "book"), Path(folder, "text.json")
        _copied(file, book)
        _convert(book, text, "every sheet")
        return json.loads(text.read_text("utf-8"))


def _copied(file, book):
    with book.open("wb") as copy:
        while piece := file.read(2**20):
            copy.write(piece)
    if zipfile.is_zipfile(book):
        with zipfile.ZipFile(book) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        if unpacked > BIGGEST_UNPACKED:
            raise Refused(
                _("Unpacked, this workbook is larger than %(size)s MB.") % {"size": BIGGEST_UNPACKED // 2**20}, "file"
            )


def _convert(book, text, *more, beat=None):
    command = [sys.executable, "-I", str(CHILD), str(book), str(text), str(MEMORY), *more]
    code, complaint = _waited_for(command, beat)
    if code == LOCKED or (code and _is_protected(book)):
        raise Refused(_("This workbook is protected by a password; save it without one."), "file")
    if code == LARGE or b"memory allocation" in complaint:
        raise Refused(_("This workbook is too large to be read whole; save it as CSV."), "file")
    if code == EMPTY:
        raise Refused(_("This workbook has no rows."), "file")
    if code or not text.exists():
        raise Refused(_("This workbook cannot be read; save it as CSV and try again."), "file")


def _waited_for(command, beat) -> tuple[int, bytes]:
    """(how it ended, what it complained of). Refused: what takes too long. It does not outlive who waits for it."""
    ends = time.monotonic() + SECONDS
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        try:
            while True:
                try:
                    _said, complaint = child.communicate(timeout=1)
                    return child.returncode, complaint
                except subprocess.TimeoutExpired:
                    if time.monotonic() > ends:
                        raise Refused(_("This workbook takes too long to read; save it as CSV."), "file") from None
                    if beat:
                        beat()
        finally:
            child.kill()


def _is_protected(book) -> bool:
    """Whether what could not be read is kept under a password: each format says so in a place of its own."""
    if zipfile.is_zipfile(book):
        with zipfile.ZipFile(book) as archive:
            return MANIFEST in archive.namelist() and b"encryption-data" in archive.read(MANIFEST)
    with book.open("rb") as file:
        before = b""
        while piece := file.read(2**20):
            if ENCRYPTED in before + piece:
                return True
            before = piece[-len(ENCRYPTED) :]
    return False

"""What a stored file says, whatever it is packed in; and a sentence for each file that says nothing."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.files import reading, storing
from planning.people.scope import scope
from planning.shared.refusals import Refused
from planning.spend import tasks
from planning.spend.models import Import
from tests.spend import make

BOOKS = sorted((Path(__file__).parents[1] / "data" / "workbooks").glob("ledger.*"))
CSV = b"Date,Supplier,Amount\n2026-05-14,Northwind,1.00\n2026-05-15,Contoso,2.00\n"


def zipped(**files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def protected(archive: bytes) -> bytes:
    """The same zip, saying of each member that it needs a password."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = archive.index(mark) + place
        archive = archive[:at] + struct.pack("<H", 1) + archive[at + 2 :]
    return archive


def damaged(archive: bytes) -> bytes:
    """The same zip with one byte of what is packed in it turned over."""
    place = 30 + len("may.csv") + 9
    return archive[:place] + bytes([archive[place] ^ 0xFF]) + archive[place + 1 :]


@pytest.mark.parametrize("pack", [lambda name, content: (name, content), lambda name, content: (
    "ledger.zip", zipped(**{name.replace(".", "_"): content})), lambda name, content: ("ledger.csv", content)],
    ids=["plain", "zipped", "under another name"])  # fmt: skip
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.suffix)
def test_every_kind_of_workbook_is_the_same_ledger(inside, book, pack):
    name, content = pack(book.name, book.read_bytes())
    batch = make.brought(inside.finance, SimpleUploadedFile(name, content))
    assert (batch.state, batch.counts["accepted"], make.total(batch)) == ("done", 3, {"GBP": "1135.47"})
    assert list(batch.entries.order_by("row").values_list("posting_date__day", "vendor_name")) == [
        (14, "Northwind Ltd"), (15, "Contoso"), (16, "Ærø Data"),
    ]  # fmt: skip


def test_what_a_workbook_says_is_worked_out_once(inside, monkeypatch):
    stored = storing.store(SimpleUploadedFile("ledger.xlsx", BOOKS[-2].read_bytes()), inside.finance)
    with reading.opened(stored) as file:
        said = file.read()
    monkeypatch.setattr(reading.workbooks, "as_csv", None)
    with reading.opened(stored) as file:
        assert file.read() == said


def test_a_zip_of_several_is_several_imports(cast, as_):
    packed = zipped(may_csv=CSV, june_csv=CSV.replace(b"-05-", b"-06-"))
    finance = as_(cast.finance)
    answer = finance.post("/acme/spend/imports/", {"file": SimpleUploadedFile("ledgers.zip", packed)})
    with scope(cast.workspace):
        tasks.run_import(cast.workspace.pk, Import.objects.get().pk)
        for one in Import.objects.running():
            tasks.run_import(cast.workspace.pk, one.pk)
        assert list(Import.objects.order_by("pk").values_list("inside", "state", "file__name")) == [
            ("may.csv", "needs mapping", "ledgers.zip"), ("june.csv", "needs mapping", "ledgers.zip"),
        ]  # fmt: skip
    page = finance.get(answer["Location"]).content.decode()
    assert ("14 May 2026" in page, "june.csv" in page, "holds 2 files" in page) == (True,) * 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("empty.xlsx", zipped(content_xml=b"<nothing/>"), "This workbook cannot be read"),
        ("nothing.zip", zipped(), "This zip holds no file."),
        ("nested.zip", zipped(inner_zip=zipped(may_csv=CSV)), "A zip inside a zip is not opened"),
        ("locked.zip", protected(zipped(may_csv=CSV)), "This zip is protected by a password"),
        ("damaged.zip", damaged(zipped(may_csv=CSV)), "This zip is damaged"),
        ("bomb.zip", zipped(may_csv=b"0" * 5000), "Unpacked, this file is larger than 0 MB."),
        (
            "locked.xlsx",
            storing.SIGNATURES[1][0] + b"\0" * 600 + reading.workbooks.ENCRYPTED,
            "protected by a password",
        ),
        ("paper.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\0" * 99, "table"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 99, "table"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[:14] and " " not in value else "",
)
def test_what_cannot_be_read_ends_in_one_sentence(inside, monkeypatch, name, content, sentence):
    monkeypatch.setattr(reading, "BIGGEST_UNPACKED", 4000)
    try:
        batch = make.brought(inside.finance, SimpleUploadedFile(name, content))
    except Refused as refused:  # at first sight
        said = str(refused)
    else:
        assert (batch.state, batch.phase) == ("failed", "looking")
        said = batch.failure
    assert sentence in said

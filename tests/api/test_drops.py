"""Files that come by themselves: what the secret of a drop opens, and what it does not."""

from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from planning.people.scope import scope
from planning.shared import clock
from planning.spend import actions, dropping, tasks
from planning.spend.models import Drop, Entry, Import, Source
from tests.spend import make

ADDRESS = "/api/v1/acme/spend/drops"


@pytest.fixture
def source(inside):
    """A source whose mapping a person confirmed."""
    batch = actions.upload(inside.finance, make.ledger(make.row("10.00")), confirmed=False)
    actions.confirm(batch, inside.finance, batch.mapping)
    tasks.run_import(batch.workspace_id, batch.pk)
    return Source.objects.get()


def send(secret, *files, address=ADDRESS, **more):
    named = {f"attachment-{number}": file for number, file in enumerate(files, 1)}
    return Client().post(address, named, headers={"authorization": f"Bearer {secret}"}, **more)


def test_a_file_that_was_sent_waits_for_a_person_and_comes_once(cast, source):
    secret = dropping.open_drop(source, cast.finance, "Mailbox")
    assert secret not in str(Drop.objects.values())
    march = make.ledger(make.row("20.00", document="INV-2"), name="march.csv")
    picture = SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n...")
    answer = send(secret, march, picture)
    assert (answer.status_code, answer.json()["left_out"]) == (202, ["logo.png"])
    (made,) = answer.json()["imports"]
    assert (made["state"], made["file"], made["again"]) == ("needs mapping", "march.csv", False)
    batch = Import.objects.get(pk=made["id"])
    assert (batch.drop.label, batch.started_by, batch.mapping["source"]) == ("Mailbox", cast.finance, source.name)
    march.seek(0)
    again = send(secret, march).json()["imports"][0]
    assert (again["id"], again["again"]) == (made["id"], True)
    assert Entry.objects.count() == 1


def test_a_trusted_drop_books_what_reads_as_the_files_before(cast, source):
    secret = dropping.open_drop(source, cast.finance, "Ledger", trusted=True)
    fits = make.ledger(make.row("20.00", document="INV-2"))
    other = make.ledger(make.row("30,00", document="INV-3", day="14.05.2026"), make.row("1.030,00", document="INV-4"))
    new = make.ledger(["x", "3.00", "2026-05-01"], header=["Who", "Amount", "Date"])
    states = [one["state"] for file in (fits, other, new) for one in send(secret, file).json()["imports"]]
    assert states == ["running", "needs mapping", "needs mapping"]


def test_mail_is_taken_apart(cast, source):
    secret = dropping.open_drop(source, cast.finance, "Mailbox")
    mail = EmailMessage()
    mail.set_content("The ledger of March.")
    mail.add_attachment(make.ledger(make.row("1.00")).read(), maintype="text", subtype="csv", filename="march.csv")
    said = {"content_type": "message/rfc822", "headers": {"authorization": f"Bearer {secret}"}}
    answer = Client().post(ADDRESS, mail.as_bytes(), **said)
    assert [one["file"] for one in answer.json()["imports"]] == ["march.csv"]
    bare = EmailMessage()
    bare.set_content("I forgot it.")
    answer = Client().post(ADDRESS, bare.as_bytes(), **said)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file")


def test_what_a_secret_does_not_open(cast, source):
    secret = dropping.open_drop(source, cast.finance, "Mailbox")
    file = make.ledger(make.row("20.00", document="INV-2"))
    assert send("al_guessed", file).status_code == 401
    assert send(secret, file, address="/api/v1/other/spend/drops").status_code == 401
    bearer = {"authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/acme/spend/entries", headers=bearer).status_code == 401
    empty = send(secret, SimpleUploadedFile("march.csv", b""))
    assert (empty.status_code, empty.json()["detail"]) == (422, "The file is empty.")
    dropping.close_drop(Drop.objects.get(), cast.cmo)
    closed = send(secret, file)
    assert (closed.status_code, "it was closed" in closed.json()["detail"]) == (401, True)
    assert Import.objects.count() == 1


def test_a_drop_takes_so_much_an_hour(cast, source, monkeypatch):
    monkeypatch.setattr(dropping, "MOST_AN_HOUR", 1)
    secret = dropping.open_drop(source, cast.finance, "Mailbox")
    first, second = (make.ledger(make.row("2.00", document=f"INV-{number}")) for number in (2, 3))
    assert send(secret, first).status_code == 202
    assert send(secret, second).status_code == 429
    second.seek(0)
    with scope(cast.workspace), clock.at(clock.now().replace(year=clock.now().year + 1)):
        assert send(secret, second).status_code == 202

"""What was uploaded is kept as it came, and leaves only through a door, as an attachment."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.files.storing import store
from planning.people.scope import scope
from planning.shared.refusals import Refused


def test_a_file_is_kept_with_its_hash_and_true_type(inside):
    kept = store(
        SimpleUploadedFile("../../ledger\n.csv", b"%PDF-1.7 pretends", content_type="text/csv"), inside.finance
    )
    assert (kept.name, kept.size, kept.type) == ("ledger.csv", 17, "application/pdf")
    assert kept.sha256 == hashlib.sha256(b"%PDF-1.7 pretends").hexdigest()


@pytest.mark.parametrize(("content", "largest", "says"), [(b"", None, "empty"), (b"x" * 11, 10, "larger")])
def test_empty_and_oversized_files_are_refused(inside, content, largest, says):
    with pytest.raises(Refused, match=says):
        store(SimpleUploadedFile("a.csv", content), inside.finance, largest)


def test_it_is_served_as_an_attachment_to_members_only(cast, as_):
    with scope(cast.workspace):
        kept = store(SimpleUploadedFile("page.html", b"<script>alert(1)</script>"), cast.finance)
    answer = as_(cast.viewer).get(f"/acme/files/{kept.pk}/content")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert as_(cast.stranger).get(f"/acme/files/{kept.pk}/content").status_code == 404
    assert as_(cast.stranger).get(f"/not-acme/files/{kept.pk}/content").status_code == 404


def test_bytes_that_are_lost_end_in_a_sentence(cast, as_):
    """On the file's own address, on the pages that read it again, and as the end of an import that waited for it."""
    from django.core.files.storage import default_storage

    from planning.spend import actions, tasks
    from planning.spend.models import Import

    with scope(cast.workspace):
        batch = actions.upload(
            cast.finance, SimpleUploadedFile("l.csv", b"Date,Supplier,Amount\n2026-01-05,N,1.00\n"), confirmed=False
        )
        default_storage.delete(batch.file.key)
        kept, number = batch.file, batch.pk
    client = as_(cast.finance)
    for address in (f"files/{kept.pk}/content", f"spend/imports/{number}/rejected"):
        answer = client.get(f"/acme/{address}", HTTP_REFERER="http://testserver/acme/")
        assert (answer.status_code, "not in the storage any more" in answer.content.decode()) == (410, True)
    assert "not in the storage any more" in client.get(f"/acme/spend/imports/{number}/").content.decode()
    assert client.post(f"/acme/spend/imports/{number}/confirmation").status_code == 410
    with scope(cast.workspace):
        Import.objects.update(
            state="running", source=actions.source_of(cast.workspace, ["Date"], batch, cast.finance, {})
        )
    tasks.run_import(cast.workspace.pk, number)
    with scope(cast.workspace):
        ended = Import.objects.get()
    assert (ended.state, "storage" in ended.failure) == ("failed", True)

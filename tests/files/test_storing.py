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

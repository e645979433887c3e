"""Which documents of a vendor are there already? The same number is the same document, in capitals or not."""

import hashlib
import uuid

from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, Case, Q, When
from django.db.models.functions import Lower
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from psycopg.errors import LockNotAvailable

from planning.shared.refusals import Refused

from ..models import TYPED, Entry, Kind, Source

LONGEST = 80
PATIENCE = "5s"
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('spend.documents:' || %s, 0))"
SHARE = "SELECT pg_advisory_xact_lock_shared(hashtextextended('spend.documents:' || %s, 0))"


def hold(workspace) -> None:
    """Until the transaction ends, nobody else types a document or books one. Refused: while a ledger is booked that
    takes longer than a person waits."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(HOLD, [workspace.pk])
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise
        raise Refused(_("A ledger is being booked this minute. Once that is done, try again.")) from error


def share(workspace) -> None:
    """Until the transaction ends, nobody types a document; others may book."""
    with connection.cursor() as cursor:
        cursor.execute(SHARE, [workspace.pk])


def source_of(workspace) -> Source | None:
    """The source of what people type; None while nobody typed anything."""
    return Source.objects.of(workspace).filter(fingerprint=TYPED).first()


def live(source) -> list[tuple]:
    """[(import, vendor, document in small letters, whether it is a credit)] of what is typed and counts."""
    rows = Entry.objects.filter(workspace=source.workspace_id, source=source, undone_at=None, split_of=None)
    credit = Case(When(kind=Kind.CREDIT, then=True), default=False, output_field=BooleanField())
    return list(rows.exclude(document="").order_by("pk").values_list("batch", "vendor", Lower("document"), credit))


def cleaned(document: str) -> str:
    said = " ".join(document.split())
    if not said or len(said) > LONGEST:
        raise Refused(_("Which number does the document carry? It has at most %(most)s signs.") % {"most": LONGEST},
                      "document")  # fmt: skip
    return said


def identity(vendor, document: str) -> uuid.UUID:
    """What Postgres keeps unique among what is typed and live: the vendor and its document."""
    text = f"{vendor.pk}\x1f{document.lower()}"
    return uuid.UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


def same(vendor, document: str):
    """Live rows of this document, as they came: of the vendor, and of its names that nobody matched yet."""
    names = [key for key in (vendor.key, *vendor.aliases.values_list("key", flat=True)) if key]
    rows = Entry.objects.of(vendor.workspace_id).filter(undone_at=None, split_of=None).annotate(said=Lower("document"))
    return rows.filter(Q(vendor=vendor) | Q(vendor=None, vendor_key__in=names), said=document.lower())


def refuse_known(vendor, document: str) -> None:
    """Refused: a document of this vendor that a ledger brought or somebody typed. Call where documents are held."""
    there = same(vendor, document).select_related("source", "purchase").order_by("pk").first()
    if there is None:
        return
    words = {"document": there.document, "vendor": vendor}
    if there.posting_date is None or (there.purchase and there.purchase.restricted):
        raise Refused(_("%(document)s of %(vendor)s is there already.") % words, "document")
    words["day"] = date_format(there.posting_date, "j M Y")
    if there.source.is_typed:
        raise Refused(_("%(document)s of %(vendor)s is there already: typed, of %(day)s.") % words, "document")
    words["source"] = there.source
    raise Refused(_("%(document)s of %(vendor)s is there already: of %(day)s, from “%(source)s”.") % words, "document")

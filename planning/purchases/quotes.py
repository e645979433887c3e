"""Quotes of a request: files that are kept, named by their fingerprint in the terms, and served through the door."""

from django.utils.translation import gettext as _

from planning.files.documents import LARGEST, check
from planning.files.models import StoredFile
from planning.files.storing import discard, store
from planning.shared.refusals import Refused

from .models import Purchase, Quote

MOST = 10


def stored_quote(purchase, member, upload) -> StoredFile:
    """Keep `upload` for this purchase. Refused: more than 10 MB or ten of them, the same file twice, and what is not a
    document, a sheet, a picture or a text by its bytes."""
    digest, held = check(upload), quotes_of(purchase)
    if len(held) >= MOST:
        raise Refused(_("A request holds at most %(most)s quotes; remove one first.") % {"most": MOST}, "file")
    same = next((quote for quote in held if quote.file.sha256 == digest), None)
    if same:
        raise Refused(_("That file is here already, as “%(name)s”.") % {"name": same}, "file")
    return store(upload, member, LARGEST)


def quotes_after(purchase, member, uploads, without) -> list[StoredFile] | None:
    """What its quotes are once `uploads` are attached and those of the ids `without` are taken away; None when neither
    is. A request that is not kept yet (None) has none. Refused: as in stored_quote, the same file twice among them."""
    if not uploads and not without:
        return None
    purchase = purchase or Purchase(workspace=member.workspace)
    files = [quote.file for quote in quotes_of(purchase) if str(quote.pk) not in without]
    for upload in uploads:
        made = stored_quote(purchase, member, upload)
        same = next((file for file in files if file.sha256 == made.sha256), None)
        if same:
            raise Refused(_("That file is here already, as “%(name)s”.") % {"name": same.name}, "file")
        files.append(made)
    if len(files) > MOST:
        raise Refused(_("A request holds at most %(most)s quotes; remove one first.") % {"most": MOST}, "file")
    return files


def quotes_of(purchase) -> list[Quote]:
    return list(purchase.quotes.select_related("file", "added_by__user")) if purchase.pk else []


def set_quotes(purchase, files, member) -> None:
    """`files` (StoredFile) are its quotes from now on; None leaves them as they are."""
    if files is None:
        return
    known = Quote.ever.of(purchase.workspace).filter(purchase=purchase)
    known.filter(removed_at=None).exclude(file__in=files).update(removed_at=purchase.workspace.now())
    known.filter(file__in=files).update(removed_at=None)
    kept = set(known.values_list("file", flat=True))
    Quote.objects.bulk_create(
        Quote(
            workspace=purchase.workspace,
            purchase=purchase,
            file=file,
            added_by=member,
            added_at=purchase.workspace.now(),
        )
        for file in files
        if file.pk not in kept
    )


def throw_away(purchase) -> None:
    """With a draft that is thrown away its files go, which no rule about who reads them would cover any more."""
    files = StoredFile.objects.of(purchase.workspace)
    gone = list(files.filter(pk__in=Quote.ever.filter(purchase=purchase).values("file")))
    Quote.ever.filter(purchase=purchase).delete()
    discard(gone)


def named(purchase) -> list[str]:
    """How the terms name them: by file name and the head of its SHA-256."""
    return [f"{quote} ({quote.file.sha256[:12]})" for quote in quotes_of(purchase)]

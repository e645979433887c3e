"""GET trail?about=: what happened, to one thing or to all."""

from ninja import Query, Router, Schema

from planning.people.doors import anyone
from planning.trail.models import Entry

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["trail"])


class TrailEntryOut(Schema):
    number: int
    at: str
    member: str | None
    verb: str
    about: str
    label: str
    sentence: str
    note: str
    before: dict | None
    after: dict | None
    previous: str
    hash: str


@router.get("trail", response=Listed[TrailEntryOut])
@may(anyone)
def trail(request, about: str = Query("", max_length=80), page: Page = 1, size: Size = 100):
    """Entries, newest first; `about` is a thing as text ("purchases.purchase:12"), as each entry names it."""
    entries = Entry.objects.of(request.workspace).newest()
    return listed(request, entries.about(about) if about else entries, described, page, size)


def described(entry) -> dict:
    note = getattr(entry, "note", None)
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "member": entry.member and entry.member.email,
        "verb": entry.verb,
        "about": entry.subject,
        "label": entry.thing,
        "sentence": entry.sentence,
        "note": note.text if note else "",
        "before": entry.facts.get("before"),
        "after": entry.facts.get("after"),
        "previous": entry.previous,
        "hash": entry.hash,
    }

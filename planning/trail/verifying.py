"""Does the chain hold?

Each entry's hash covers the one before it, its number and its canonical text; the numbers have no gap; the columns say
what the text says; the head is the last entry. Whoever changed a row by hand, even as the owner, breaks one of these.
"""

import hashlib
import json
from datetime import datetime

from .models import Entry, Head

GENESIS = "0" * 64


def first_broken(workspace) -> str | None:
    """A sentence about the first entry that does not hold, or None when all do. Call inside the workspace's scope."""
    number, previous = 0, GENESIS
    for entry in Entry.objects.of(workspace).select_related("note").order_by("number").iterator(chunk_size=2000):
        number += 1
        complaint = wrong_with(entry, number, previous)
        if complaint:
            return f"entry {number} of {workspace.slug}: {complaint}"
        previous = entry.hash
    head = Head.objects.filter(workspace=workspace).first()
    if (head.number, head.hash) != (number, previous) if head else number:
        return f"the head of {workspace.slug} is not its entry {number}"
    return None


def wrong_with(entry, number, previous) -> str | None:
    if entry.number != number:
        return f"missing; the next one is {entry.number}"
    if entry.previous != previous:
        return "does not continue the one before it"
    if entry.hash != hashlib.sha256(f"{previous}:{number}:{entry.text}".encode()).hexdigest():
        return "its text is not the text that was hashed"
    facts = json.loads(entry.text)
    for column, value in (
        ("member", entry.member_id),
        ("verb", entry.verb),
        ("subject", entry.subject),
        ("label", entry.label),
    ):
        if facts[column] != value:
            return f"its {column} is not what the text says"
    if datetime.fromisoformat(facts["at"]) != entry.at:
        return "its time is not what the text says"
    note = getattr(entry, "note", None)
    if note and hashlib.sha256((note.salt + note.text).encode()).hexdigest() != facts["note"]:
        return "its note was changed"
    return None

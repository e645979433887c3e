"""Actions: what a person or a clock can do. Each is one transaction and writes one entry.

    @action(_("sent {subject} for approval"))
    def submit(purchase, member): ...

gives `submit` the verb "purchases.submit". Actions of people are named by the route that calls them (`door(does=…)`),
actions of the clock by the timetable, those of senders by the API; a test compares the lists.
"""

import hashlib
import secrets
from functools import wraps

from django.db import transaction
from django.utils.translation import gettext

from planning.people.scope import whole
from planning.shared.plain import canonical

from .models import Entry, Note, subject_of

ACTIONS: dict[str, object] = {}


def action(says, *, by: str = "person"):
    """Make a function an action. `says` is its sentence, with {subject}; `by` is "person", "clock", or "sender":
    another system, which shows a secret of its own.

    It is one transaction, and it sees the whole books, whoever does it.
    """

    def mark(function):
        room = function.__module__.split(".")[1]

        @wraps(function)
        def acted(*args, **kwargs):
            with transaction.atomic(), whole():
                return function(*args, **kwargs)

        acted.verb, acted.says, acted.by = f"{room}.{function.__name__}", says, by
        ACTIONS[acted.verb] = acted
        return acted

    return mark


def sentence_for(verb: str, label: str) -> str:
    """The sentence of a verb about a label. A verb that is no longer known is shown as it was written."""
    known = ACTIONS.get(verb)
    quoted = label if "“" in label else f"“{label}”"  # what quotes something itself is no quotation
    return (
        str(known.says).format(subject=quoted)
        if known
        else gettext("did “{verb}” to “{label}”").format(verb=verb, label=label)
    )


def by_sender(verb: str) -> bool:
    """Whether another system does this, with a secret of its own."""
    return getattr(ACTIONS.get(verb), "by", "") == "sender"


def record(act, member, subject, *, before=None, after=None, note: str = "") -> Entry:
    """Write that `member` (None: the clock) did `act` to `subject`. Call it last: it takes the head of the history.

    `before` and `after` are dictionaries of what changed; Decimals and dates in them become strings.
    """
    workspace = subject if subject._meta.label == "people.Workspace" else subject.workspace
    note, salt = note.strip(), secrets.token_hex(16)
    facts = {
        "at": workspace.now(),
        "member": member and member.pk,
        "verb": act.verb,
        "subject": subject_of(subject),
        "label": (getattr(subject, "label_in_history", None) or str(subject))[:300],
        "before": before,
        "after": after,
        "note": hashlib.sha256((salt + note).encode()).hexdigest() if note else None,
    }
    columns = {key: facts[key] for key in ("at", "verb", "subject", "label")}
    entry = Entry.objects.create(workspace=workspace, member=member, text=canonical(facts), **columns)
    if note:
        entry.note = Note.objects.create(workspace=workspace, entry=entry, text=note, salt=salt)
    return entry

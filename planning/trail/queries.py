"""Reading the history."""

from .models import Entry


def history(subject, limit: int = 50):
    """The newest entries about a thing (or about its subject text), people and notes loaded."""
    from .models import subject_of

    text = subject if isinstance(subject, str) else subject_of(subject)
    return Entry.objects.about(text).newest()[:limit]

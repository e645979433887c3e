"""Reading the history."""

from .models import Entry


def told_about(workspace, subjects) -> dict[str, str]:
    """Those of `subjects` (texts) about which whoever asks may read something, and what they were called last: what is
    kept back from them is not there, nor what nothing was ever done to."""
    entries = Entry.objects.of(workspace).about_any(set(subjects)).order_by("subject", "-number")
    return dict(entries.distinct("subject").values_list("subject", "label"))


def history(subject, limit: int = 50, also=()):
    """The newest entries about a thing (or about its subject text), and about those `also` that became a part of it;
    people and notes loaded."""
    from .models import subject_of

    texts = [one if isinstance(one, str) else subject_of(one) for one in (subject, *also)]
    return Entry.objects.about_any(texts).newest()[:limit]

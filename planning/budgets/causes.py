"""Why money is held or moved, as far as the reader may know: a restricted purchase shows its amount, and no words."""

from planning.trail.queries import told_about

PURCHASE = "purchases.purchase:"


def names_of(workspace, causes) -> dict[str, str | None]:
    """What the purchases among `causes` are called; None for one whose page is not there for whoever asks."""
    about = {cause for cause in causes if cause.startswith(PURCHASE)}
    return dict.fromkeys(about) | told_about(workspace, about) if about else {}


def closed_among(workspace, causes) -> set[str]:
    """Those of `causes` whose page is not there for whoever asks."""
    return {cause for cause, name in names_of(workspace, causes).items() if name is None}

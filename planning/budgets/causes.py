"""Why money is held or moved, as far as the reader may know: a restricted purchase shows its amount, and no words."""

from planning.trail.queries import told_about

PURCHASE = "purchases.purchase:"


def closed_among(workspace, causes) -> set[str]:
    """Those of `causes` whose page is not there for whoever asks."""
    about = {cause for cause in causes if cause.startswith(PURCHASE)}
    return about - told_about(workspace, about) if about else set()

from datetime import timedelta
from pathlib import Path

import pytest

from planning.people.scope import scope
from planning.signoffs.papers import SeatSpec, open_paper
from planning.signoffs.signing import sign

HERE = Path(__file__).parent


@pytest.fixture
def gallery(settings, cast):
    """The site with one more page, /acme/gallery/, and a paper that waits for one of its keys."""
    settings.ROOT_URLCONF = "tests.front.gallery"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], HERE]}]
    with scope(cast.workspace, cast.cio.user):
        yesterday = cast.workspace.now() - timedelta(days=1)
        paper = open_paper(
            kind="budget",
            subject=cast.cmo,
            version=3,
            terms={"total": "6000000.00"},
            author=cast.marketing_planner,
            url="/acme/",
            seats=[
                SeatSpec("marketing", reason="The line is funded by both sides"),
                SeatSpec("technology", holder=cast.cio, reason="The line is funded by both sides"),
                SeatSpec("finance", reason="Over 10,000.00 at this vendor in twelve months", due=yesterday),
            ],
        )
        sign(paper, cast.cio, "technology", "approve", 3, note="Seats checked with hosting.")
    return cast

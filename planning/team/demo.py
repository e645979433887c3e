"""The demonstration's comings and goings: a deputy for next week, an invitation on its way, a program's token."""

from datetime import timedelta

from . import deputising, inviting, tokens


def tell(story):
    """Elena holds Daniel's key while he is away next week; Leo is invited; finance's ledger job has a token."""
    with story.ago(2):
        away = story.today + timedelta(days=7)
        deputising.appoint(story.daniel, story.daniel, story.elena, away, away + timedelta(days=5))
        inviting.invite(story.maya, "leo.marsh@harbourpine.example", "marketing", "planner")
        tokens.make_token(story.priya, "Monthly ledger")

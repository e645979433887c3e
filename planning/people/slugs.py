"""Which addresses may a workspace have? Fixed routes come first, so their first word is nobody's."""

import re

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

# A test compares this with the resolver; the rest is kept free for what a reverse proxy may want in front.
RESERVED = frozenset(
    {
        "accounts",
        "admin",
        "api",
        "assets",
        "decisions",
        "feeds",
        "healthz",
        "help",
        "invitations",
        "mailbox",
        "media",
        "static",
        "www",
    }
)
SHAPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def clean_slug(text: str) -> str:
    """The address as it is kept. Refused: anything but small letters, digits and single hyphens, and reserved words."""
    slug = text.strip()
    if not SHAPE.fullmatch(slug) or len(slug) > 40:
        raise Refused(_("An address is made of small letters, digits and hyphens, at most 40 of them."), "slug")
    if slug in RESERVED:
        raise Refused(
            _("The address “%(slug)s” is kept for the product itself; choose another.") % {"slug": slug}, "slug"
        )
    return slug

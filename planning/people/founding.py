"""A new workspace. It takes its number from the sequence first, so that its own policy lets it in."""

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .models import Workspace
from .scope import scope
from .slugs import clean_slug


def found(slug: str, **fields) -> Workspace:
    """Make an empty workspace at `slug`. Refused: an address that is taken or kept. Fields are those of the model."""
    slug = clean_slug(slug)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_workspace', 'id'))")
        number = cursor.fetchone()[0]
    workspace = Workspace(pk=number, slug=slug, **fields)
    workspace.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic(), scope(number):
            workspace.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("The address “%(slug)s” is taken.") % {"slug": slug}, "slug") from error
    return workspace

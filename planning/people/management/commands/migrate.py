"""Django's own command, with one refusal more."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

TOO_OLD = (
    "This database is older than the release before this one: take that release, start it once, then take this one."
)


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        applied = MigrationRecorder(connections[options["database"]]).applied_migrations()
        if half_way(applied, our_migrations()):
            raise CommandError(TOO_OLD)
        super().handle(*args, **options)


def half_way(applied: Collection[tuple[str, str]], ours: Mapping[tuple[str, str], Migration]) -> bool:
    """Whether a database has some, but not all, of what our migrations replace, where it has not those themselves.

    Django would leave out a migration that is partly there, and say that there is nothing to do.
    """
    replaced = [name in applied for key, migration in ours.items() if key not in applied for name in migration.replaces]
    return any(replaced) and not all(replaced)


def our_migrations() -> dict[tuple[str, str], Migration]:
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in settings.ROOMS}

"""The whole installation into one file; docs/operations.md says how often and where to."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alignment.stack import archive, places
from alignment.stack.refusal import CannotStart


class Command(BaseCommand):
    help = "Saves the database and the stored files into one archive. Works while the site is running."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            archive.save(file.absolute(), places.database_url("owner"), Path(settings.MEDIA_ROOT))
        except (CannotStart, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Saved {file} ({file.stat().st_size / 2**20:.1f} MB).")

"""The whole installation out of one file, in place of what is there."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alignment.stack import archive, places
from alignment.stack.refusal import CannotStart


class Command(BaseCommand):
    help = "Replaces the database and the stored files by those of an archive that `backup` made."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--no-input", action="store_true", help="do not ask")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not options["no_input"] and sys.stdin.isatty():
            answer = input("Everything that is there now is replaced. Type yes to go on: ")
            if answer.strip().lower() != "yes":
                raise CommandError("Nothing was changed.")
        try:
            archive.load(file.absolute(), places.database_url("owner"), Path(settings.MEDIA_ROOT))
        except (CannotStart, OSError) as problem:
            raise CommandError(str(problem)) from problem
        # sessions are cached, and belong to the state that is gone
        cache.clear()
        self.stdout.write(f"Restored {file}. If it was made by an older version, run `manage.py migrate` as the owner.")

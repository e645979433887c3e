from django.core.management.base import BaseCommand, CommandError

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_id, workspace_ids
from planning.trail.models import Head
from planning.trail.verifying import first_broken


class Command(BaseCommand):
    help = "Check the chain of hashes. Exit 1 and the first broken entry when it does not hold."

    def add_arguments(self, parser):
        parser.add_argument("slug", nargs="?", help="one workspace; all of them when left out")

    def handle(self, slug=None, **options):
        ids = [workspace_id(slug)] if slug else workspace_ids()
        if ids == [None]:
            raise CommandError(f"There is no workspace “{slug}”.")
        broken = False
        for number in ids:
            with scope(number, read_only=True):
                workspace = Workspace.objects.get(pk=number)
                complaint = first_broken(workspace)
                head = Head.objects.filter(workspace=workspace).first()
            broken = broken or bool(complaint)
            self.stdout.write(complaint or f"{workspace.slug}: {head.number if head else 0} entries hold")
        if broken:
            raise SystemExit(1)

from django.core.management.base import BaseCommand, CommandError

from planning.people.models import Member
from planning.people.scope import scope, workspace_id
from planning.team.tokens import make_token


class Command(BaseCommand):
    help = "Make an API token for a member and print it, alone."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("slug")
        parser.add_argument("--label", default="command line")

    def handle(self, email, slug, label, **options):
        number = workspace_id(slug)
        if number is None:
            raise CommandError(f"There is no workspace “{slug}”.")
        with scope(number):
            people = Member.objects.of(number).active().select_related("user", "workspace")
            member = people.filter(user__email=email.strip().lower(), user__is_active=True).first()
            if member is None:
                raise CommandError(f"{email} has no place in “{slug}”.")
            self.stdout.write(make_token(member, label))

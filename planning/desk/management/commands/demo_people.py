from django.core.management.base import BaseCommand

from planning.desk.story import CAST, PASSWORD, SLUG, email_of
from planning.people.scope import workspace_id


class Command(BaseCommand):
    help = "Print who can sign in to the demonstration: name, title, e-mail, password, separated by tabs."

    def handle(self, **options):
        if not workspace_id(SLUG):
            return
        for key, (name, _side, _role, title, _holds) in CAST.items():
            self.stdout.write("\t".join((name, title, email_of(key), PASSWORD)))

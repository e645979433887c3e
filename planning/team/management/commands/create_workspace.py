from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from planning.shared.refusals import Refused
from planning.team.operating import create_workspace


class Command(BaseCommand):
    help = "Open a workspace: one CMO–CIO pair and everybody who plans with them."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the first word of its addresses")
        parser.add_argument("--name", required=True)
        parser.add_argument("--currency", default="GBP", help="three letters (ISO 4217)")
        parser.add_argument("--fiscal-start", type=int, default=1, help="the first month of the fiscal year, 1 to 12")
        parser.add_argument("--fiscal-label", choices=["start", "end"], default="end", help="what names the year")
        parser.add_argument("--timezone", default="UTC")

    def handle(self, slug, name, currency, fiscal_start, fiscal_label, timezone, **options):
        if timezone not in available_timezones():
            raise CommandError(f"“{timezone}” is not a time zone; write it as Europe/London.")
        fields = {"fiscal_start": fiscal_start, "fiscal_label": fiscal_label, "timezone": timezone}
        try:
            create_workspace(slug, name=name, currency=currency.upper(), **fields)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"The workspace “{name}” is open at /{slug}/. Next: manage.py add_member {slug} EMAIL …")

"""Make the demonstration workspace, once. Each room tells its part through its own actions."""

from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import transaction

from planning.budgets import demo as budgets
from planning.budgets.demonstration import review as month_ends
from planning.calendar import demo as calendar
from planning.calendar import seeding
from planning.desk.story import CAST, NAME, SLUG, Story, fiscal_start
from planning.kpis import demo as kpis
from planning.matters import demo as matters
from planning.notices.models import Notice
from planning.people.founding import found
from planning.people.scope import scope, workspace_id
from planning.purchases import demo as purchases
from planning.reviews import demo as reviews
from planning.roles import demo as roles
from planning.shared import clock
from planning.spend import demo as spend
from planning.team import demo as team
from planning.vendors import demo as vendors
from planning.vendors.merging.finding import look_for_twins
from planning.webhooks import demo as webhooks

CHAPTERS = [calendar, team, roles, kpis, vendors, budgets, purchases, webhooks, spend, month_ends, matters, reviews]


class Command(BaseCommand):
    help = "Make the demonstration workspace if it is not there yet."

    def handle(self, **options):
        if workspace_id(SLUG):
            self.stdout.write(f"{NAME} is there already.")
            return
        with transaction.atomic():
            self.tell()
        self.stdout.write(f"{NAME} is ready.")

    def tell(self):
        today = clock.now().date()
        workspace = found(
            SLUG,
            name=NAME,
            currency="GBP",
            fiscal_start=fiscal_start(today),
            fiscal_label="end",
            timezone="Europe/London",
            stands_on=today,
        )
        story = Story(workspace)
        with scope(workspace):
            with story.on(-1, 3):
                for key in CAST:
                    story.join(key)
                seeding.seed(workspace)
            for chapter in CHAPTERS:
                self.stdout.write(f"  {chapter.__name__.split('.')[1]} …")
                chapter.tell(story)
            while look_for_twins(workspace):
                self.stdout.write("  names compared")
            webhooks.answered(story)
            settle_old_notices(story)


def settle_old_notices(story):
    """Its people have read what is older than the last review; what is new is under the bell."""
    old = Notice.objects.of(story.workspace).filter(at__date__lt=story.today - timedelta(days=9))
    old.update(read_at=story.workspace.now())

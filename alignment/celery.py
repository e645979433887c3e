"""Celery, and the whole timetable: everything that runs without a person asking is on this page."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")

app = Celery("alignment")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["alignment"], related_name="health")
app.conf.beat_scheduler = "alignment.clock:Clock"

# Times are UTC; a task that depends on local time asks each workspace or member for its own.
TIMETABLE = {
    "alignment.health.beat": 15,
    "planning.spend.tasks.resume_imports": 10,
    "planning.spend.tasks.clear_staging": crontab(hour=3, minute=10),
    "planning.budgets.tasks.resume_files": 30,
    "planning.vendors.tasks.resume_registers": 30,
    "planning.notices.tasks.sweep": 60,
    "planning.webhooks.tasks.hear": 15,
    "planning.desk.tasks.send_digests": 300,
    "planning.team.tasks.sweep_invitations": 600,
    "planning.signoffs.tasks.remind_of_due_keys": 900,
    "planning.signoffs.tasks.end_waiting": 300,
    "planning.roles.tasks.follow_holders": 3600,
    "planning.budgets.tasks.go_on_where_nothing_is_agreed": 3600,
    "planning.budgets.tasks.keep_forecasts": 3600,
    "planning.budgets.tasks.check_balances": crontab(hour=2, minute=30),
    "planning.spend.tasks.remind_of_decisions": 3600,
    "planning.spend.tasks.weigh_vendors": crontab(hour=3, minute=10),
    "planning.purchases.tasks.expire_requests": 3600,
    "planning.purchases.tasks.tend_emergencies": 900,
    "planning.vendors.tasks.watch_contracts": 3600,
    "planning.vendors.tasks.compare_names": 300,
    "planning.kpis.tasks.remind": 3600,
    "planning.budgets.tasks.tend_month_ends": 3600,
    "planning.reviews.tasks.tend_reviews": 3600,
}

app.conf.beat_schedule = {
    task: {"task": task, "schedule": when, "options": {"expires": 60 if isinstance(when, int) else 3600}}
    for task, when in TIMETABLE.items()
}
__all__ = ["TIMETABLE", "app", "crontab"]

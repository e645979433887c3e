from django.apps import AppConfig
from django.db.models.signals import post_migrate


def secure_tables(sender, using, **kwargs):
    """After the last app has migrated every table is there; earlier calls secure what exists so far."""
    from django.db import connections

    from .tenancy import secure

    secure(connections[using])


class PeopleConfig(AppConfig):
    name = "planning.people"

    def ready(self):
        post_migrate.connect(secure_tables, dispatch_uid="people.secure_tables", sender=self)

"""Many tables in one migration, without Django putting together every model of the house again after each of them."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """Several `CreateModel` at once: the same tables in the same order.

    After each model alone Django makes the classes of all related ones anew, which for a hundred tables took five times
    as long as Postgres. Here those that are there stay, and the new ones are made together; so they may point at each
    other in any order, and in a circle: Postgres gets its foreign keys when all tables stand.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        made = state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(app_label, state)
        if made is not None:
            made.render_multiple([state.models[app_label, model.name_lower] for model in self.models])
            state.apps = made

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create the tables {', '.join(model.name for model in self.models)}"

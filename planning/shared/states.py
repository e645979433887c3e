"""The state of the models between two migrations, with only those classes made that a migration asks for.

Django makes the classes of all related models anew after each operation. Where every table points at its workspace
those are all classes of the house, a hundred times over: most of what a first start waited for.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.utils.functional import cached_property

Key = tuple[str, str]


class AskedFor(StateApps):
    """A registry that makes a class, and those it points at, when it is asked for; for any wider question, all."""

    def __init__(self, real_apps: set[str], states: dict[Key, ModelState]) -> None:
        super().__init__(real_apps, {})
        self.states = states

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> Any:
        if model_name is None:
            app_label, model_name = app_label.split(".")
        self._make([(app_label, model_name.lower())])
        return self.get_registered_model(app_label, model_name)

    @cache  # noqa: B019 - as Django's own: the registry empties it with every class that comes
    def get_models(self, *args: Any, **kwargs: Any) -> Any:
        self._make([*self.states])
        return super().get_models(*args, **kwargs)

    def get_app_config(self, app_label: str) -> Any:
        self._make([*self.states])
        return super().get_app_config(app_label)

    def _make(self, keys: list[Key]) -> None:
        made, wanted = self.all_models, dict[Key, ModelState]()
        while keys:
            key = keys.pop()
            if key in self.states and key not in wanted and key[1] not in made[key[0]]:
                wanted[key] = self.states[key]
                keys.extend(_points_at(key, self.states[key]))
        self.render_multiple([*wanted.values()])


def _points_at(key: Key, state: ModelState) -> Iterator[Key]:
    yield from (resolve_relation(base, *key) for base in state.bases if isinstance(base, str))
    for field in state.fields.values():
        if there := field.remote_field:
            yield from (resolve_relation(end, *key) for end in (there.model, getattr(there, "through", None)) if end)


class Lean(ProjectState):
    """What changes drops the classes made so far; the copy that Django keeps of the state before takes them over."""

    @cached_property
    def apps(self) -> AskedFor:
        return AskedFor(self.real_apps, self.models)

    def clone(self) -> "Lean":
        copy = Lean({key: state.clone() for key, state in self.models.items()}, self.real_apps)
        copy.is_delayed = self.is_delayed
        if apps := self.__dict__.get("apps"):
            copy.apps, apps.states = apps, copy.models
        return copy

    def reload_model(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.pop("apps", None)

    reload_models = reload_model

    def remove_model(self, app_label: str, model_name: str) -> None:
        self.__dict__.pop("apps", None)
        super().remove_model(app_label, model_name)


class Executor(MigrationExecutor):
    def _create_project_state(self, with_applied_migrations: bool = False) -> Lean:
        whole = super()._create_project_state(with_applied_migrations)
        return Lean(whole.models, whole.real_apps)

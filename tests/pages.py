"""Every page of a workspace, with real things of the demonstration put into its address."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver

from planning.people.scope import scope
from planning.shared import periods

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Parameters that are not the id of a model of the same name: how to find a value in the scope of the workspace.
VALUES = {
    "number": lambda workspace: 1,
    "year": lambda workspace: periods.year_of(workspace, workspace.today()),
    "subject": lambda workspace: f"purchases.purchase:{newest('purchases.Purchase', workspace)}",
    "budget_id": lambda workspace: of_this_year("budgets.Budget", workspace, "year"),
    "line_id": lambda workspace: of_this_year("budgets.Line", workspace, "budget__year"),
    "file_id": lambda workspace: newest("files.StoredFile", workspace),
    "token_id": lambda workspace: newest("people.ApiToken", workspace),
    "entry_id": lambda workspace: newest("spend.Entry", workspace),
    "item_id": lambda workspace: newest("reviews.AgendaItem", workspace),
    "explanation_id": lambda workspace: newest("budgets.Explanation", workspace),
    "source_id": lambda workspace: newest("spend.Source", workspace),
    "amnesty_id": lambda workspace: newest("spend.Amnesty", workspace),
    "kind_id": lambda workspace: newest("spend.CategoryKind", workspace),
    "activity_id": lambda workspace: newest("roles.Activity", workspace),
}


@dataclass(frozen=True)
class Page:
    """One route: its address pattern, its view, and (`at`) its address in a workspace."""

    pattern: str
    view: object

    def __str__(self):
        return self.pattern

    @property
    def rules(self):
        return self.view.rules

    def at(self, workspace, ids) -> str:
        return "/" + PARAMETER.sub(
            lambda found: workspace.slug if found[1] == "workspace" else str(ids[found[1]]), self.pattern
        )

    @property
    def parameters(self) -> list[str]:
        return [name for name in PARAMETER.findall(self.pattern) if name != "workspace"]


def pages(patterns=None, prefix="") -> list[Page]:
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            found += [Page(path, pattern.callback)] if path.startswith("<slug:workspace>/") else []
        else:
            found += pages(pattern.url_patterns, path)
    return found


def ids_in(workspace) -> dict:
    """A value for every parameter of every page: the newest thing of its kind in the workspace."""
    values = {}
    with scope(workspace):
        for name in sorted({name for page in pages() for name in page.parameters}):
            values[name] = value_of(name, workspace)
    return values


def value_of(name, workspace):
    if name in VALUES:
        return VALUES[name](workspace)
    return newest(model_of(name)._meta.label, workspace)


def newest(label, workspace):
    found = apps.get_model(label).objects.filter(workspace=workspace).order_by("-pk").first()
    assert found, f"The demonstration has no {label}, so its page was never seen."
    return found.pk


def of_this_year(label, workspace, year):
    """The newest that is agreed: next year's plan is a draft of a few lines."""
    found = apps.get_model(label).objects.filter(workspace=workspace, **{year: VALUES["year"](workspace)})
    return found.order_by("-pk").values_list("pk", flat=True).first()


def model_of(name):
    wanted = name.removesuffix("_id").replace("_", "")
    found = [
        model
        for model in apps.get_models()
        if model._meta.app_label in settings.ROOMS and model._meta.model_name == wanted
    ]
    assert found, f"No model answers to “{name}” in an address: add it to tests/pages.py."
    return found[0]

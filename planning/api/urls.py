"""The API's addresses: /api/v1/<workspace>/… and, for readers, /api/v1/docs."""

from importlib import import_module

from django.urls import path

from .base import api

ROOMS = [
    "people",
    "trail",
    "budgets",
    "budget_lines",
    "budget_transfers",
    "budget_variance",
    "kpis",
    "roles",
    "purchases",
    "reviews",
    "spend",
    "vendors",
]

for room in ROOMS:
    api.add_router("/{workspace}/", import_module(f"planning.api.{room}").router)

addresses = api.urls
for pattern in addresses[0]:
    pattern.callback.login_required = False  # programs show a token, not a session
urlpatterns = [path("", addresses)]

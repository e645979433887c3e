"""The API's addresses: /api/v1/<workspace>/… and, for readers, /api/v1/docs."""

from functools import wraps
from importlib import import_module

from django.urls import path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from .base import api, problem

ROOMS = [
    "people",
    "trail",
    "budgets",
    "budget_lines",
    "budget_transfers",
    "budget_variance",
    "kpis",
    "roles",
    "matters",
    "purchases",
    "reviews",
    "spend",
    "drops",
    "vendors",
]

for room in ROOMS:
    api.add_router("/{workspace}/", import_module(f"planning.api.{room}").router)


def in_problems(view):
    """A method that an address does not know is refused as everything else is: in a problem document."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        refusal = problem(405, _("This address answers only to %(methods)s.") % {"methods": response["Allow"]})
        refusal["Allow"] = response["Allow"]
        return refusal

    answered.login_required = False  # programs show a token, not a session
    return answered


@in_problems
@csrf_exempt
def nowhere(request):
    return problem(404, _("The API has no such address. GET /api/v1/openapi.json names them all."))


addresses = api.urls
for pattern in addresses[0]:
    pattern.callback = in_problems(pattern.callback)
urlpatterns = [path("", addresses), re_path("", nowhere)]

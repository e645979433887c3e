"""Every address. Fixed routes first, then the rooms of a workspace under its slug."""

from django.conf import settings
from django.urls import include, path

from alignment import health

ROOMS_WITH_PAGES = [
    "webhooks",
    "reviews",
    "spend",
    "purchases",
    "budgets",
    "vendors",
    "kpis",
    "matters",
    "roles",
    "signoffs",
    "notices",
    "trail",
    "calendar",
    "files",
    "team",
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("planning.team.urls_open")),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("planning.api.urls")),
    path("decisions/", include("planning.desk.urls_mail")),
    path("feeds/", include("planning.reviews.urls_open")),
    path("<slug:workspace>/", include("planning.desk.urls")),
    path("<slug:workspace>/team/", include("planning.desk.urls_leaving")),
    path("<slug:workspace>/signoffs/", include("planning.desk.urls_papers")),
    *[path(f"<slug:workspace>/{room}/", include(f"planning.{room}.urls")) for room in ROOMS_WITH_PAGES],
]
if settings.MAILBOX:
    urlpatterns.insert(0, path("mailbox/", include("planning.notices.urls_mailbox")))

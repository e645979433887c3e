"""The calendar address: outside the workspaces, because calendar programs show a secret and no session."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from planning.people.models import Workspace
from planning.people.scope import scope

from .feeds import digest, owner_of
from .invitations import LOOK_BACK, feed
from .models import Review


@login_not_required
@require_safe
def calendar(request, secret):
    """A member's reviews as a calendar. 404 for a secret that opens nothing; 304 when nothing changed."""
    owner = owner_of(secret)
    if owner is None:
        raise Http404("No such calendar.")
    with scope(owner[0], read_only=True):
        workspace = Workspace.objects.get(pk=owner[0])
        since = workspace.today() - LOOK_BACK
        reviews = list(Review.objects.of(workspace).filter(on__gte=since).order_by("on", "pk"))
        body = feed(workspace, reviews)
    tag = f'"{digest(body.decode())[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300"}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)

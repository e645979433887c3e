"""Pages outside any workspace: the chooser, and the door of somebody invited."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache

from planning.people.models import Invitation, User
from planning.people.scope import invited, memberships, scope
from planning.people.secrets import fingerprint
from planning.shared.refusals import Refused

from .accounts import make_account
from .forms import NewcomerForm
from .inviting import accept, what_is_wrong

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def chooser(request):
    """The workspaces of a person; straight in when there is one."""
    places = memberships(request.user)
    if len(places) == 1:
        return redirect("desk:index", places[0]["slug"])
    with translation.override(request.user.language):
        return render(request, "team/chooser.html", {"places": places})


@login_not_required
@never_cache
def invitation(request, secret):
    """Whoever holds the link sees what is offered; a POST takes it."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "POST"])
    found = invited(fingerprint(secret))
    if found is None:
        return render(request, "team/invitation_gone.html", {}, status=404)
    with scope(found["workspace_id"], read_only=request.method != "POST"):
        row = Invitation.objects.select_related("workspace", "invited_by__user").get(pk=found["id"])
        with translation.override(row.workspace.language):
            if what_is_wrong(row):
                return render(
                    request, "team/invitation_gone.html", {"why": what_is_wrong(row), "invitation": row}, status=410
                )
            return take(request, row) if request.method == "POST" else offer(request, row)


invitation.does = (accept,)
invitation.is_open = True


def offer(request, row, form=None, why="", status=200):
    known = User.objects.filter(email=row.email).first()
    context = {
        "invitation": row,
        "known": known,
        "is_them": request.user.is_authenticated and request.user.email == row.email,
        "form": form or NewcomerForm(),
        "why": why,
    }
    return render(request, "team/invitation.html", context, status=status)


def take(request, row):
    known = User.objects.filter(email=row.email).exists()
    if known and not (request.user.is_authenticated and request.user.email == row.email):
        return offer(request, row, status=403)
    form = NewcomerForm(request.POST)
    if not known and not form.is_valid():
        return offer(request, row, form, status=422)
    try:
        user = request.user if known else newcomer(row, form)
        accept(row, user)
    except Refused as refused:
        return offer(request, row, form, str(refused), status=refused.status)
    if not known:
        login(request, user, backend=BACKEND)
    return redirect("desk:index", row.workspace.slug)


def newcomer(row, form) -> User:
    """The link came by mail, so the address is theirs."""
    name, password = form.cleaned_data["name"].strip(), form.cleaned_data["password"]
    return make_account(row.email, password, name=name, language=row.workspace.language)

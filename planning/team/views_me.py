"""About oneself, and about the workspace."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, guests, leads, refusals_on, shown
from planning.people.models import ApiToken

from . import profile as about
from . import settling, tokens
from .forms import NameForm, ProfileForm, SettingsForm, TokenForm


@door(guests, does=about.change_profile)
def profile(request):
    user = request.user
    initial = {name: getattr(user, name) for name in ("name", *about.FIELDS)}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            about.change_profile(request.member, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return request.go("team:profile")
    return shown(
        request, "team/profile.html", {"form": form, "token_form": TokenForm(), "tokens": own_tokens(request)}, form
    )


@door(post=guests, does=tokens.make_token)
def api_tokens(request):
    """The secret is in this answer and nowhere else: no cache and no receipt keeps it."""
    form = TokenForm(request.POST)
    secret = None
    if form.is_valid():
        with refusals_on(form):
            secret = tokens.make_token(request.member, **form.cleaned_data)
    response = shown(request, "team/token.html", {"form": form, "secret": secret}, form)
    response["Cache-Control"], response["Content-Location"] = "no-store", request.place("team:profile")
    return response


@door(post=guests, does=tokens.revoke_token)
def api_token_revocation(request, token_id):
    tokens.revoke_token(get_object_or_404(ApiToken.objects.of(request.workspace), pk=token_id), request.member)
    messages.success(request, _("The token opens nothing any longer."))
    return request.go("team:profile")


@door(anyone, leads, does=settling.change_settings)
def workspace_settings(request):
    fixed = settling.calendar_is_fixed(request.workspace)
    kind = NameForm if fixed else SettingsForm
    form = kind(request.POST or None, instance=request.workspace)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            settling.change_settings(request.member, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return request.go("team:settings")
    first_month = MONTHS[request.workspace.fiscal_start]
    return shown(request, "team/settings.html", {"form": form, "fixed": fixed, "first_month": first_month}, form)


def own_tokens(request):
    return ApiToken.objects.of(request.workspace).filter(member=request.member, revoked_at=None).order_by("-created_at")

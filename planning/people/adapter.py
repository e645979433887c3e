"""How allauth behaves here: people come in by invitation, never by signing up.

Single sign-on makes an account only for who comes through an invitation's link and proves the invited address. The link
travels in the sign-on's own state, which allauth keeps in the session, so it cannot be made up at the provider.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthError
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from .models import Invitation
from .scope import invited, scope
from .secrets import fingerprint


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(back_to_the_door(request, cancelled=error == AuthError.CANCELLED))

    def pre_social_login(self, request, sociallogin):
        """Who comes for an invitation comes with its address. Any other is refused, and nobody is signed in."""
        invitation = invitation_of(sociallogin)
        if invitation and not proves(sociallogin, invitation.email):
            sentence = _("This invitation is for %(email)s, and you signed in as %(other)s.")
            messages.error(request, sentence % {"email": invitation.email, "other": said(sociallogin)})
            raise ImmediateHttpResponse(redirect(sociallogin.state["next"]))

    def is_open_for_signup(self, request, sociallogin):
        """Whether a new account may be made: for the address of an invitation that is still good."""
        invitation = invitation_of(sociallogin)
        return bool(invitation and invitation.is_good and proves(sociallogin, invitation.email))

    def populate_user(self, request, sociallogin, data):
        user = super().populate_user(request, sociallogin, data)
        user.email = user.email.lower()
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part) or user.email.partition("@")[0])[:120]
        return user

    def save_user(self, request, sociallogin, form=None):
        sociallogin.user.language = invitation_of(sociallogin).workspace.language
        return super().save_user(request, sociallogin, form)


def back_to_the_door(request, cancelled=False):
    """To the page of signing in, with a sentence: the provider did not do its part."""
    if cancelled:
        messages.info(request, _("You did not sign in. Nothing changed."))
    else:
        messages.error(request, _("Single sign-on does not answer now. Try again in a moment, or use your password."))
    return redirect("account_login")


def invitation_of(sociallogin) -> Invitation | None:
    """The invitation that this sign-on was begun from, if it was."""
    try:
        found = resolve(sociallogin.state.get("next") or "")
    except Resolver404:
        return None
    row = invited(fingerprint(found.kwargs["secret"])) if found.url_name == "invitation" else None
    if row is None:
        return None
    with scope(row["workspace_id"], read_only=True):
        return Invitation.objects.select_related("workspace").get(pk=row["id"])


def proves(sociallogin, email: str) -> bool:
    """Whether the provider vouches that this address is theirs."""
    return any(address.verified and address.email.lower() == email for address in sociallogin.email_addresses)


def said(sociallogin) -> str:
    return next((address.email for address in sociallogin.email_addresses), "") or _("somebody without an address")

"""The way to the company's own sign-in, and what is said when it does not answer."""

from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from requests import RequestException

from planning.people.adapter import back_to_the_door


@login_not_required
def departure(request, provider_id):
    """Off to the provider. It is asked for its addresses first: one that is down, or answers nonsense, ends here."""
    try:
        return views.login(request, provider_id)
    except (RequestException, KeyError):
        return back_to_the_door(request)

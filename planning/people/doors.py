"""The door of every page inside a workspace: who is this, where, and may they?

A GET runs in a transaction that Postgres itself keeps read-only. A POST is one transaction: it ends in a success or it
changed nothing. Whoever is not of the workspace gets 404, so nobody learns which addresses exist.
"""

from contextlib import contextmanager, suppress
from functools import partial, wraps

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from planning.shared.locking import retrying
from planning.shared.refusals import Refused, in_full

from .models import Member, Role, Side
from .once import UNSAID, answered_once
from .places import place
from .scope import entered

SAFE = {"GET", "HEAD"}
TRY = "try"  # a button of this name does nothing: its value is the page that shows what would be


# ── Who may pass ─────────────────────────────────────────────────────────────────────────────────────────────────────
def guests(member) -> bool:
    """Everybody in the workspace, guests too."""
    return True


def anyone(member) -> bool:
    """Everybody but guests, who see only what is shared with them."""
    return not member.is_guest


def editors(member) -> bool:
    """Leads and planners: those who propose. Viewers and auditors read."""
    return member.can_edit


def leads(member) -> bool:
    """Leads of any side."""
    return member.is_lead


def finance(member) -> bool:
    """Finance, where it may change things."""
    return member.side == Side.FINANCE and member.can_edit


def auditors(member) -> bool:
    """Those who read everything: auditors, and leads."""
    return member.role in (Role.AUDITOR, Role.LEAD)


# ── The door ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def door(get=None, post=None, *, does=()):
    """Admit `get` to look and `post` (default: the same) to act. `does` names the actions a POST can call.

    The view gets a request with `member`, `workspace`, `place(name, *args)` and `go(name, *args)`; the slug is taken.
    """
    does = does if isinstance(does, tuple) else (does,)
    rules = {method: get for method in SAFE if get} | ({"POST": post or get} if does or post else {})

    def guard(view):
        @wraps(view)
        def guarded(request, workspace, *args, **kwargs):
            if request.method not in rules:
                return page_above(request) or HttpResponseNotAllowed(sorted(rules))
            try:
                return retrying(
                    lambda: _pass(request, workspace, rules[request.method], partial(view, *args, **kwargs))
                )
            except Refused as refused:
                return _refuse(request, refused)

        guarded.rules, guarded.does, guarded.is_door = rules, does, True
        return guarded

    return guard


def page_above(request):
    """Where a GET of an address that has no page is sent, to the next one above it that has: a person kept the address
    of a form that was refused, or signed in again while sending one. None for what is no GET."""
    path = request.path.rstrip("/")
    while request.method in SAFE and path:
        path = path.rpartition("/")[0]
        for address in (f"{path}/", path):
            with suppress(Resolver404):
                if "GET" in getattr(resolve(address).func, "rules", {}):
                    return redirect(address)
    return None


def _pass(request, slug, rule, view):
    reads = request.method in SAFE
    with entered(request.user, slug, read_only=reads) as member_id:
        if member_id is None:
            raise Http404("No such workspace for this person.")
        member = Member.objects.select_related("workspace").get(pk=member_id)
        member.user = request.user
        introduce(request, member)
        if not rule(request.member):
            raise PermissionDenied(_("This is for others in the workspace to see or do."))
        if request.workspace.leads_need_second_factor and request.member.is_lead and not is_mfa_enabled(request.user):
            messages.info(
                request,
                _("%(workspace)s asks leads for a second factor. Add one to go on.") % {"workspace": request.workspace},
            )
            return redirect("mfa_index")
        with translation.override(request.user.language), timezone.override(request.member.zone):
            if reads:
                return view(request)
            response = _act(request, view)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response


def introduce(request, member):
    """Tell a request who is asking, and give it addresses inside the workspace."""
    request.member, request.workspace = member, member.workspace
    request.place = partial(place, member.workspace)
    request.go = lambda name, *args: redirect(request.place(name, *args))


def _act(request, view):
    if TRY in request.POST:
        return tried(request)
    key = request.POST.get("once")
    return answered_once(request, key, lambda: view(request)) if key else view(request)


def tried(request):
    """To the page at the button's value, with what the form says in its address; the form's tokens stay out of it."""
    page = request.POST[TRY]
    if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, None):
        page = request.path
    said = {name: values for name, values in request.POST.lists() if name not in UNSAID | {TRY} and any(values)}
    return redirect(f"{page}?{urlencode(said, doseq=True)}")


# ── Saying no ────────────────────────────────────────────────────────────────────────────────────────────────────────
def _refuse(request, refused):
    """A refusal that no form took: told where the person is, with nothing changed."""
    with translation.override(request.user.language):
        sentence = in_full(refused)
    if request.headers.get("HX-Request"):
        response = render(request, "parts/refused.html", {"sentence": sentence}, status=refused.status)
        response["HX-Retarget"], response["HX-Reswap"] = "#messages", "innerHTML"
        return response
    back = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    if request.method in SAFE or not known:
        facts = {"sentence": sentence, "status": refused.status}
        return render(request, "422.html", facts, status=refused.status)
    messages.error(request, sentence)
    return redirect(back)


@contextmanager
def refusals_on(form):
    """A refusal inside the block becomes an error of `form`, and what the block did is undone."""
    try:
        with transaction.atomic():
            yield
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, in_full(refused))


def shown(request, template, context, form=None) -> HttpResponse:
    """`render`, with status 422 when `form` came back with errors, so that nothing of the attempt stays."""
    return render(request, template, context, status=422 if form is not None and form.errors else 200)

"""Roles and the people in them."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused

from . import appointing
from .forms import AppointForm, EndForm
from .models import Holding, Role
from .standing_in import deputies_today


@door(anyone)
def holders(request):
    """Every role, marketing left and technology right, with who holds it today, before and after."""
    held = defaultdict(list)
    for holding in Holding.objects.of(request.workspace).select_related("member__user", "role").order_by("days"):
        held[holding.role_id].append(holding)
    today = request.workspace.today()
    roles = [
        card(role, held[role.pk], today, request.member) for role in Role.objects.of(request.workspace).order_by("name")
    ]
    sides = {side: [one for one in roles if one["role"].side == side] for side in ("marketing", "technology")}
    others = [one for one in roles if one["role"].side not in sides]
    page = {"sides": sides, "others": others, "today": today, "deputies": deputies_today(request.workspace)}
    return render(request, "roles/holders.html", page)


def card(role, holdings, today, member):
    now = [holding for holding in holdings if today in holding.days]
    return {
        "role": role,
        "now": now,
        "next": [holding for holding in holdings if holding.days.lower and holding.days.lower > today],
        "past": [holding for holding in holdings if holding.days.upper and holding.days.upper <= today],
        "vacant": not now,
        "ends": None
        if any(holding.days.upper is None for holding in now)
        else max((h.days.upper for h in now), default=None),
    }


@door(anyone, editors, does=appointing.appoint)
def role(request, role_id):
    """One role: its holders, and a form to name the next."""
    role = get_object_or_404(Role.objects.of(request.workspace), pk=role_id)
    form = AppointForm(request.POST or None, role=role, initial={"since": request.workspace.today()})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            appointing.appoint(role, request.member, **form.cleaned_data)
            return request.go("roles:role", role.pk)
    holdings = Holding.objects.of(request.workspace).filter(role=role).select_related("member__user").order_by("-days")
    page = {"role": role, "form": form, "holdings": holdings, "today": request.workspace.today()}
    return shown(request, "roles/role.html", page, form)


@door(post=editors, does=appointing.end_holding)
def ending(request, holding_id):
    holding = get_object_or_404(Holding.objects.of(request.workspace), pk=holding_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say the first day they no longer hold it."), "until")
    appointing.end_holding(holding, request.member, until=form.cleaned_data["until"])
    return request.go("roles:role", holding.role_id)


@door(post=anyone, does=appointing.accept_holding)
def acceptance(request, holding_id):
    holding = get_object_or_404(Holding.objects.of(request.workspace), pk=holding_id)
    appointing.accept_holding(holding, request.member)
    return request.go("roles:mine")

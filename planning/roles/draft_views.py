"""The draft's pages: each cell, row and column changes by one action."""

import json

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import door, editors, refusals_on, shown
from planning.shared.refusals import Refused

from . import actions, agreeing, cells, importing
from .drafts import version_in
from .forms import ActivityForm, ProposalForm, RoleForm, StartersForm
from .grid import grid_of
from .letters import after, clean_letters
from .models import Version
from .starters import STARTERS
from .told import told
from .views import matrix_page


@door(editors, editors, does=actions.begin_draft)
def draft(request):
    """The draft as a grid to change; POST starts one."""
    if request.method == "POST":
        actions.begin_draft(request.member)
        return request.go("roles:draft")
    version = version_in(request.workspace, Version.State.DRAFT)
    if version is None:
        return request.go("roles:index")
    page = matrix_page(request, version, editable=True)
    page["can_agree"] = len(importing.to_agree(version, version.activities.all()))
    return render(request, "roles/draft.html", page)


@door(post=editors, does=actions.drop_draft)
def removal(request):
    actions.drop_draft(request.member)
    return request.go("roles:index")


@door(post=editors, does=cells.set_letters)
def letters(request):
    """Cells as they were typed, pasted or clicked. `changes` is JSON: [[activity, role, letters seen, letters], …].

    Without a script a cell is a button, whose `cell` is "activity.role.letters seen": it goes one click further.
    """
    if "cell" in request.POST:
        activity, role, seen = parts_of(request.POST["cell"])
        changes = [(activity, role, after(clean_letters(seen)), seen)]
    else:
        changes = changes_in(request.POST.get("changes", ""))
    draft = cells.set_letters(request.member, changes)
    if not request.htmx:
        return request.go("roles:draft")
    return saved(request, draft, {activity for activity, *_cell in changes}, {role for _row, role, *_ in changes})


def saved(request, draft, rows, columns):
    """The counts that may have changed, and the findings; each replaces what is there of its id."""
    grid = grid_of(draft)
    page = {
        "rows": [row for row in grid.rows if row.activity.pk in rows],
        "columns": [column for column in grid.columns if column.role.pk in columns],
        "findings": told(grid),
        "version": draft,
    }
    return render(request, "roles/_saved.html", page)


def changes_in(text) -> list[tuple]:
    try:
        read = json.loads(text)
        return [(int(activity), int(role), str(wanted), str(seen)) for activity, role, seen, wanted in read]
    except (ValueError, TypeError, OverflowError) as error:
        raise Refused(_("That cell is not in the draft."), "changes") from error


def parts_of(text):
    activity, _dot, rest = text.partition(".")
    role, _dot, seen = rest.partition(".")
    if not (activity.isdigit() and role.isdigit()) or len(activity + role) > 36:
        raise Refused(_("That cell is not in the draft."), "cell")
    return int(activity), int(role), seen


@door(post=editors, does=cells.mend)
def mending(request):
    """The change that settles a finding, as it was suggested."""
    cells.mend(request.member, request.POST.get("mend", ""))
    return request.go("roles:draft")


# ── Rows and columns ─────────────────────────────────────────────────────────────────────────────────────────────────
@door(editors, editors, does=actions.add_activity)
def activities(request):
    form = ActivityForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_activity(request.member, **form.cleaned_data)
            return request.go("roles:draft")
    return shown(request, "roles/form.html", {"form": form, "title": _("Add an activity"), "word": _("Add")}, form)


@door(editors, editors, does=actions.change_activity)
def activity(request, activity_id):
    row = row_in_draft(request, activity_id)
    fields = ("name", "area", "joint", "low", "high", "routes")
    start = {field: getattr(row, field) for field in fields}
    start |= {name: format(start[name].normalize(), "f") for name in ("low", "high") if start[name] is not None}
    start["only_for"] = row.domain or row.category_id or ""
    form = ActivityForm(request.POST or None, initial=start, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_activity(request.member, row.pk, **form.cleaned_data)
            return request.go("roles:draft")
    return shown(request, "roles/activity.html", {"form": form, "title": row.name, "activity": row}, form)


def row_in_draft(request, activity_id):
    version = version_in(request.workspace, Version.State.DRAFT)
    if version is None:
        raise Http404("There is no draft.")
    return get_object_or_404(version.activities, pk=activity_id)


@door(post=editors, does=actions.remove_activity)
def activity_removal(request, activity_id):
    actions.remove_activity(request.member, activity_id)
    return request.go("roles:draft")


@door(editors, editors, does=actions.add_role)
def columns(request):
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_role(request.member, **form.cleaned_data)
            return request.go("roles:draft")
    return shown(request, "roles/form.html", {"form": form, "title": _("Add a role"), "word": _("Add")}, form)


@door(post=editors, does=actions.remove_role)
def column_removal(request, role_id):
    actions.remove_role(request.member, role_id)
    return request.go("roles:draft")


# ── Many at once ─────────────────────────────────────────────────────────────────────────────────────────────────────
@door(editors, editors, does=importing.take_starters)
def starters(request):
    """Ready activities for joint work."""
    form = StartersForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            importing.take_starters(request.member, keys=form.cleaned_data["keys"])
            return request.go("roles:draft")
    return shown(request, "roles/starters.html", {"form": form, "starters": STARTERS}, form)


@door(post=editors, does=importing.let_other_side_agree)
def agreement(request):
    importing.let_other_side_agree(request.member)
    return request.go("roles:draft")


# ── Towards the keys ─────────────────────────────────────────────────────────────────────────────────────────────────
@door(editors, editors, does=agreeing.propose)
def proposal(request):
    version = version_in(request.workspace, Version.State.DRAFT)
    if version is None:
        return request.go("roles:index")
    form = ProposalForm(request.POST or None, initial={"version": version.number})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            proposed = agreeing.propose(request.member, **form.cleaned_data)
            return request.go("roles:version", proposed.number)
    return shown(
        request, "roles/proposal.html", {"form": form, "version": version, "findings": told(grid_of(version))}, form
    )


@door(post=editors, does=agreeing.withdraw_matrix)
def withdrawal(request):
    agreeing.withdraw_matrix(request.member)
    return request.go("roles:versions")

"""One line: what is agreed, where its money stands, what moved it; and the forms that change it."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors, refusals_on, shown

from .. import actions
from ..forms import NotesForm
from ..lines.form import LineForm
from ..lines.history import history_of
from ..lines.page import facts_of
from ..models import Line
from ..versions.drafts import current, in_force
from .budgets import one as one_budget


@door(anyone)
def line(request, line_id):
    line = one(request, line_id)
    return render(request, "budgets/line.html", facts_of(line) | {"entries": history_of(line)})


@door(editors, does=actions.add_line)
def addition(request, budget_id):
    budget = one_budget(request, budget_id)
    form = LineForm(budget, request.POST or None, member=request.member)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = actions.add_line(budget, request.member, **form.values())
            return request.go("budgets:budget", made.budget_id)
    return shown(request, "budgets/line_form.html", {"form": form, "budget": budget}, form)


@door(editors, does=actions.edit_line)
def change(request, line_id):
    line = one(request, line_id)
    revision = current(line)
    form = LineForm(line.budget, request.POST or None, line=line, revision=revision, member=request.member)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.edit_line(line, request.member, seen=request.POST.get("seen") or None, **form.values())
            return request.go("budgets:line", line.pk)
    page = {"form": form, "budget": line.budget, "line": line, "revision": revision, "agreed": in_force(line)}
    return shown(request, "budgets/line_form.html", page, form)


@door(editors, does=actions.note_line)
def notes(request, line_id):
    line = one(request, line_id)
    form = NotesForm(line, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.note_line(line, request.member, **form.cleaned_data)
            return request.go("budgets:line", line.pk)
    return shown(
        request,
        "budgets/notes.html",
        {"form": form, "line": line, "budget": line.budget, "revision": current(line)},
        form,
    )


@door(post=editors, does=actions.remove_line)
def removal(request, line_id):
    line = one(request, line_id)
    actions.remove_line(line, request.member)
    return request.go("budgets:budget", line.budget_id)


def one(request, line_id) -> Line:
    line = get_object_or_404(Line.objects.of(request.workspace).select_related("budget", "owner__user"), pk=line_id)
    line.workspace = line.budget.workspace = request.workspace
    return line

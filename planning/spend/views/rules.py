"""The rules people taught: what each says, in which order they are asked, and a new one looked at before it holds."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused

from .. import assigning, teaching
from ..deciding_forms import RuleForm
from ..line_names import named
from ..models import Rule
from .queue import say_placed

SHOWN = 200


@door(anyone, editors, does=teaching.write)
def rules(request):
    said = request.POST if request.method == "POST" else request.GET or None
    form = RuleForm(said, workspace=request.workspace)
    tried = None
    if said is not None and form.is_valid():
        with refusals_on(form):
            if request.method == "POST":
                _rule, placed = teaching.write(request.member, **form.cleaned_data)
                say_placed(request, placed)
                return request.go("spend:rules")
            tried = tried_out(request.workspace, form)
    return shown(request, "spend/rules.html", page(request, form, tried), form if request.method == "POST" else None)


def tried_out(workspace, form):
    criteria = {key: value for key, value in form.cleaned_data.items() if key not in ("line", "priority")}
    return teaching.dry_run(workspace, form.cleaned_data["line"], **criteria)


def page(request, form, tried) -> dict:
    names = named(request.workspace)
    found = Rule.objects.of(request.workspace).select_related("vendor", "source", "learned_from__user")
    ordered = found.order_by("-priority", "-learned_at", "-pk")[:SHOWN]
    return {"form": form, "tried": tried, "rules": [(rule, names.get(rule.line_id, "")) for rule in ordered]}


def rule_of(request, rule_id):
    return get_object_or_404(Rule.objects.of(request.workspace), pk=rule_id)


@door(post=editors, does=teaching.rank)
def priority(request, rule_id):
    said = request.POST.get("priority", "").strip()
    if not said.lstrip("-").isdecimal():
        raise Refused(_("A priority is a whole number."), "priority")
    teaching.rank(rule_of(request, rule_id), request.member, int(said))
    return request.go("spend:rules")


@door(post=editors, does=assigning.forget)
def removal(request, rule_id):
    assigning.forget(rule_of(request, rule_id), request.member)
    return request.go("spend:rules")

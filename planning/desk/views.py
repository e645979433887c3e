"""The first page of a workspace, its search, and deciding without leaving it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.budgets.asked import asked_of
from planning.budgets.pictures import where_the_money_stands
from planning.people.doors import anyone, door, editors, guests
from planning.purchases import conditions
from planning.signoffs.models import Paper
from planning.signoffs.waiting import keys_of
from planning.spend import undecided

from .blocks import block_for
from .deciding import ACTIONS, BY_KIND
from .forms import DecisionForm
from .headline import headline
from .needs import asked_by_letter, needs_you, you_wait_for
from .search import search
from .waiting import open_seats, who_waits_for_whom


@door(guests)
def index(request):
    member, workspace = request.member, request.workspace
    if member.is_guest:
        return render(request, "desk/guest.html")
    money, held = where_the_money_stands(workspace), keys_of(member)
    seats = open_seats(member, held)
    needs = needs_you(member, held)
    asked = [*asked_by_letter(member, held, seats), *conditions.asked_of(member)]
    asked += [*asked_of(member), *undecided.asked_of(member)]
    return render(
        request,
        "desk/index.html",
        {
            "sentence": headline(workspace, money, [*needs, *asked]),
            "needs": needs,
            "asked": asked,
            "waits": you_wait_for(member, seats),
            "money": money,
            "aisle": who_waits_for_whom(workspace, seats),
        },
    )


@door(anyone)
def role(request):
    """What the desk shows by role, asked for after the desk is there: it is the longest of its questions."""
    block = block_for(request.member, where_the_money_stands(request.workspace))
    return render(request, "desk/role.html", {"role_block": block})


@door(post=editors, does=ACTIONS)
def decision(request, paper_id):
    paper = get_object_or_404(Paper.objects.of(request.workspace), pk=paper_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        BY_KIND[paper.kind](paper, request.member, **form.cleaned_data)
        messages.success(request, _("Your key is turned on “%(paper)s”.") % {"paper": paper})
    else:
        messages.error(request, _("That decision was not complete; nothing was changed."))
    return request.go("desk:index")


@door(guests)
def results(request):
    words = request.GET.get("q", "")
    found = [] if request.member.is_guest else search(request.workspace, words)
    return render(request, "desk/search.html", {"words": words, "found": found})

"""Joint work: what is under way, starting some, and one piece of it from R to I."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused
from planning.signoffs.models import Duty, Paper, Seat
from planning.signoffs.papers import fresh
from planning.trail.queries import history

from . import actions
from .forms import DecisionForm, StartForm
from .models import Matter

SHOWN = 40


@door(anyone, editors, does=actions.start)
def index(request):
    """What is under way, the nearest day first; what was decided; and a form to start some."""
    form = StartForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            matter = actions.start(request.member, **form.cleaned_data)
            return request.go("matters:matter", matter.pk)
    matters = (
        Matter.objects.of(request.workspace)
        .select_related("author__user", "paper")
        .prefetch_related(
            Prefetch("paper__seats", Seat.objects.open().select_related("holder__user"), to_attr="open_seats"),
            Prefetch(
                "paper__duties", Duty.objects.filter(state="open").select_related("holder__user"), to_attr="at_work"
            ),
        )
    )
    page = {
        "form": form,
        "open": matters.open().order_by("until", "pk"),
        "ended": matters.exclude(state=Matter.State.OPEN).order_by("-pk")[:SHOWN],
        "today": request.workspace.today(),
    }
    return shown(request, "matters/index.html", page, form)


@door(anyone)
def matter(request, matter_id):
    """One piece of work on one page: who prepares, who is asked, who agrees, who decides, who is told."""
    found = found_in(request, matter_id)
    page = {"matter": found, "paper": fresh(found.paper), "steps": steps(found.paper), "entries": history(found)}
    return shown(request, "matters/matter.html", page, None)


@door(post=editors, does=actions.decide)
def decision(request, matter_id):
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused(_("That decision was not complete; nothing was changed."))
    actions.decide(found_in(request, matter_id), request.member, **form.cleaned_data)
    return request.go("matters:matter", matter_id)


@door(post=editors, does=actions.call_off)
def withdrawal(request, matter_id):
    actions.call_off(found_in(request, matter_id), request.member, request.POST.get("note", "")[:2000])
    return request.go("matters:matter", matter_id)


def found_in(request, matter_id) -> Matter:
    matters = Matter.objects.of(request.workspace).select_related("author__user", "paper__workspace")
    return get_object_or_404(matters, pk=matter_id)


def steps(paper) -> list[tuple[str, str, str]]:
    """The five letters as a line: (letter, word, "past" | "now" | "next")."""
    duties, seats = list(paper.duties.all()), list(paper.seats.exclude(state=Seat.State.MOVED))
    undone = {duty.letter for duty in duties if duty.state in (Duty.State.WAITING, Duty.State.OPEN)}
    open_letters = {seat.letter for seat in seats if seat.is_open or seat.state == Seat.State.WAITING}
    closed = paper.state != Paper.State.OPEN
    now = "I" if closed else next((letter for letter in "RC" if letter in undone), "A" if "A" in open_letters else "G")
    words = {"R": _("work"), "C": _("ask"), "G": _("agree"), "A": _("decide"), "I": _("tell")}
    order = list("RCGAI")
    place = order.index(now)
    return [
        (letter, words[letter], "now" if letter == now and not closed else "past" if at < place or closed else "next")
        for at, letter in enumerate(order)
    ]

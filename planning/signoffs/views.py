from django.shortcuts import get_object_or_404, redirect, render

from planning.people.doors import anyone, door

from .doing import answer, finish
from .models import Duty
from .waiting import asked_by, duties_for, seats_for


@door(anyone)
def index(request):
    """What waits for me, and whom I wait for."""
    page = {
        "seats": seats_for(request.member),
        "duties": duties_for(request.member),
        "asked": asked_by(request.member),
    }
    return render(request, "signoffs/index.html", page)


@door(post=anyone, does=(answer, finish))
def word(request, duty_id):
    """R says it is done, C answers; back to the page of the thing."""
    duty = get_object_or_404(Duty.objects.of(request.workspace).select_related("paper"), pk=duty_id)
    act = answer if duty.is_question else finish
    act(duty, request.member, request.POST.get("note", "")[:4000])
    return redirect(duty.paper.url)

"""What people and the clock do before a decision: R says it is done, C answers, silence is written down.

All of it is told in the history of the thing the paper is about.
"""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.deputies import acting_for
from planning.people.models import Member
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .duties import advance
from .models import Duty, Paper
from .reminding import settle_duties

State = Duty.State


@action(_("said the work on {subject} is done"))
def finish(duty, member, note: str = "") -> Duty:
    """R's part of a paper is done; the last of those that come first lets the questions go out.

    Refused: somebody else's task, one that is done, a paper that is closed.
    """
    duty = held(duty, member.workspace)
    if duty.is_question:
        raise Refused(_g("This is a question: answer it."), "note")
    say(duty, member, State.DONE, note)
    turn = advance(duty.paper)
    entry = record(finish, member, duty.paper, after={"R": duty.role_name}, note=note)
    tell([duty.paper.author], entry, url=duty.paper.url)
    tell(turn, entry, url=duty.paper.url, needs=True)
    return duty


@action(_("answered what was asked about {subject}"))
def answer(duty, member, note: str) -> Duty:
    """C says what they think; it decides nothing. The last answer opens A's button.

    Refused: somebody else's question, an empty answer, one that was answered or ran out, a paper that is closed.
    """
    duty = held(duty, member.workspace)
    if not duty.is_question:
        raise Refused(_g("This is a task: say when it is done."), "note")
    if not note.strip():
        raise Refused(_g("Write the answer."), "note")
    say(duty, member, State.ANSWERED, note)
    turn = advance(duty.paper)
    entry = record(answer, member, duty.paper, after={"C": duty.role_name}, note=note)
    tell([duty.paper.author], entry, url=duty.paper.url)
    tell(turn, entry, url=duty.paper.url, needs=True)
    return duty


@action(_("wrote down “no answer” about {subject}"), by="clock")
def write_no_answer(duty) -> bool:
    """A question whose time is over. False when it was answered, or its paper closed, a moment before."""
    workspace = duty.workspace
    paper = lock(Paper.objects.of(workspace).select_related("author"), duty.paper_id)
    duty = Duty.objects.select_related("holder__user").get(pk=duty.pk)
    if not (duty.is_open and paper.is_open and duty.is_question) or duty.due_at > workspace.now():
        return False
    duty.state, duty.said_at = State.SILENT, workspace.now()
    duty.save(update_fields=["state", "said_at"])
    settle_duties(workspace.pk, [duty])
    turn = advance(paper)
    entry = record(write_no_answer, None, paper, after={"C": duty.role_name, "asked": duty.holder_id})
    tell([paper.author], entry, url=paper.url)
    tell(turn, entry, url=paper.url, needs=True)
    return True


def run_out(workspace):
    """Questions whose time is over."""
    return Duty.objects.of(workspace).open().filter(letter="C", due_at__lte=workspace.now()).order_by("pk")


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def held(duty, workspace) -> Duty:
    """The duty as it is now, its paper held."""
    paper = lock(Paper.objects.of(workspace).select_related("author"), duty.paper_id)
    duty = Duty.objects.of(workspace).select_related("holder__user").get(pk=duty.pk)
    duty.paper = paper
    if not paper.is_open:
        raise Refused(_g("This is %(state)s already; nothing is left to say.") % {"state": paper.get_state_display()})
    if not duty.is_open:
        raise Refused(_g("“%(duty)s” is %(state)s.") % {"duty": duty, "state": duty.get_state_display()})
    return duty


def say(duty, member, state, note):
    duty.said_for = standing(duty, member)
    duty.state, duty.said_by, duty.said_at = state, member, member.workspace.now()
    duty.answer = note.strip()
    duty.save(update_fields=["state", "said_by", "said_for", "said_at", "answer"])
    settle_duties(duty.workspace_id, [duty])


def standing(duty, member, absent=None) -> Member | None:
    """For whom `member` speaks: None for themselves, else the member they stand in for. A task has no clock of its own,
    so a lead of its side can end it for whoever has it. Refused: nobody of theirs."""
    if is_theirs(duty, member):
        return None
    if not duty.is_question and member.is_lead and member.side == duty.side:
        return duty.holder
    ids = acting_for(member, member.workspace.today()) if absent is None else [one.pk for one in absent]
    for one in Member.objects.filter(pk__in=ids).order_by("pk") if absent is None else absent:
        if is_theirs(duty, one):
            return one
    raise NotYours(_g("%(person)s is asked here.") % {"person": duty.holder or duty.role_name})


def is_theirs(duty, member) -> bool:
    if duty.holder_id:
        return duty.holder_id == member.pk
    return member.is_lead and member.side == duty.side

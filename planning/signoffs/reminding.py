"""Keys that are due: a mail on the day, then to the deputies, then to the leads of the side, then across the aisle.

The ladder is data: one reminder row a person and step. Rows of a seat are dropped when it is decided, moved or void,
and while it waits for an answer to what it asked: the answer puts the due time off, and the ladder starts from there.
"""

from datetime import datetime, time, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from planning.calendar.business_time import hours_of
from planning.notices.models import Notice
from planning.notices.reminding import Step, drop, remind, take_up
from planning.people.deputies import standing_in_for
from planning.people.models import KEY_SIDES, Member
from planning.trail.models import subject_of

from . import mail_keys
from .models import Duty, Paper, Seat

RULE, ASKED = "signoffs.due", "signoffs.asked"
MORNING = time(8)
LEADS_MAY = ("reading",)  # papers on which a lead of the side may give the word of a named holder
LOOK_AHEAD = timedelta(days=1)


def remind_of_due(workspace) -> int:
    """Write the ladder of every seat that can be decided and falls due within a day. Returns how many there were."""
    soon = Seat.objects.of(workspace).open().filter(due_at__lt=workspace.now() + LOOK_AHEAD)
    soon = soon.exclude(state=Seat.State.ASKED)
    seats = list(soon.select_related("paper", "holder__user", "holder__workspace").order_by("pk"))
    if seats:
        hours, leads = hours_of(workspace), leads_by_side(workspace)
        steps = {seat: ladder(workspace, seat, hours, leads) for seat in seats}
        for seat, climb in steps.items():
            remind(workspace, RULE, subject_of(seat), climb)
        links = [(seat, step.member) for seat, climb in steps.items() for step in climb if "sealed" in step.facts]
        mail_keys.make(workspace, links)
    return len(seats)


def remind_of_questions(workspace) -> int:
    """A question that runs out within a day is said once more, in the morning, to whom it was put."""
    soon = Duty.objects.of(workspace).open().filter(due_at__lt=workspace.now() + LOOK_AHEAD).exclude(holder=None)
    duties = list(soon.select_related("paper", "holder__user", "holder__workspace").order_by("pk"))
    for duty in duties:
        due = duty.due_at.astimezone(workspace.zone)
        morning = datetime.combine(due.date(), MORNING, tzinfo=workspace.zone)
        step = Step(duty.holder, morning, occasion(due), question_facts(duty, due))
        remind(workspace, ASKED, subject_of(duty), [step])
    return len(duties)


def question_facts(duty, due) -> dict:
    with translation.override(duty.holder.user.language):
        when = due.astimezone(duty.holder.zone).strftime("%d.%m.%Y %H:%M")
        lines = [_("You are asked until %(when)s; after that “no answer” is written down.") % {"when": when}]
        facts = {"subject": duty.paper.label, "lines": lines, "url": duty.paper.url}
        return facts | {"at_once": True, "until": due.isoformat()}


def ladder(workspace, seat, hours, leads) -> list[Step]:
    """Who is reminded when: holders on the morning of the due day, deputies when it is over, the leads a business day
    later, the side that waits another one later. Nobody is asked twice, nor whoever wrote the paper."""
    due = seat.due_at.astimezone(workspace.zone)
    own = [seat.holder] if seat.holder else leads.get(seat.side, [])
    rungs = [
        ("due", datetime.combine(due.date(), MORNING, tzinfo=workspace.zone), own),
        ("deputy", due, deputies_of(own, due.date())),
        ("lead", hours.add_days(due, 1), leads.get(seat.side or (seat.holder and seat.holder.side), [])),
        (
            "other side",
            hours.add_days(due, 2),
            [one for side in KEY_SIDES if side != seat.side for one in leads.get(side, [])],
        ),
    ]
    seen, steps = {None if seat.paper.author_decides else seat.paper.author_id}, []
    for rung, at, people in rungs:
        for person in people:
            if person.pk not in seen:
                seen.add(person.pk)
                steps.append(Step(person, at, f"{occasion(due)} {rung}", facts(seat, person, due, rung)))
    return steps


def facts(seat, person, due, rung) -> dict:
    with translation.override(person.user.language):
        when = due.astimezone(person.zone).strftime("%d.%m.%Y %H:%M")
        lines = [_("The key of %(seat)s is due %(when)s.") % {"seat": seat.name, "when": when}]
        if rung != "due":
            lines.append(_("It has not been turned, so this comes to you as well."))
        return {"subject": seat.paper.label, "lines": lines, "url": seat.paper.url, "at_once": True} | (
            {"sealed": mail_keys.sealed(seat, person)} if may_decide(seat, rung) else {}
        )


def may_decide(seat, rung) -> bool:
    """Whether who is reminded on this rung may turn the key, so that a link to decide leads somewhere: the holder, the
    leads where nobody is named, and their deputies. A lead who hears of another's key sees to it that it is turned."""
    return rung in ("due", "deputy") or rung == "lead" and seat.paper.kind in LEADS_MAY


def leads_by_side(workspace) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for lead in Member.objects.of(workspace).leads().select_related("user").order_by("pk"):
        found.setdefault(lead.side, []).append(lead)
    return found


def deputies_of(holders, day) -> list[Member]:
    return [deputy for holder in holders for deputy in standing_in_for(holder, day)]


def occasion(due) -> str:
    return f"{due:%Y-%m-%dT%H:%M}"


def go_on(seat):
    """A question was answered in no business time at all: the same due time, so what was dropped waits again."""
    if seat.due_at:
        take_up(seat.workspace_id, RULE, subject_of(seat), occasion(seat.due_at.astimezone(seat.paper.workspace.zone)))


def settle(workspace_id, seats):
    """These seats need no reminder any longer."""
    drop(workspace_id, RULE, *(subject_of(seat) for seat in seats))


def settle_notices(paper):
    """What was told of this paper needs nobody any longer, unless another one waits on the same page."""
    if not Paper.objects.of(paper.workspace_id).filter(url=paper.url, state=Paper.State.OPEN).exists():
        Notice.objects.of(paper.workspace_id).unread().filter(url=paper.url, needs=True).update(needs=False)


def settle_duties(workspace_id, duties):
    """These questions need no reminder any longer."""
    drop(workspace_id, ASKED, *(subject_of(duty) for duty in duties))

"""What was bought before it was approved and waits for a decision: on whose desk it stands, and whom the clock tells.

A case waits until the day by which its owner decides; tolerated, it waits again on the day it was tolerated until. Its
owner hears of that day a week and a day before it; once it is over, the leads of both sides do too.
"""

from datetime import datetime, time

from django.db.models import Q
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets.asked import Asked, days_since
from planning.notices.models import Notice, Reminder
from planning.notices.reminding import Step, remind
from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.trail.acts import action, record
from planning.trail.models import subject_of

from .models import Amnesty

RULE = "spend.undecided"
RUNGS = (7, 1)  # days before its day
OVER = -1
SHOWN = 12
OPEN, TOLERATED = Q(state__in=[Amnesty.State.NEW, Amnesty.State.REVIEW]), Q(state=Amnesty.State.TOLERATED)


def asked_of(member) -> list[Asked]:
    """What `member` has to decide about, the earliest day first; nothing for who may not decide. One query."""
    if not member.can_edit:
        return []
    today = member.workspace.today()
    found = Amnesty.objects.of(member.workspace).filter(OPEN | TOLERATED & Q(tolerated_until__lte=today), owner=member)
    cases = sorted(found.select_related("vendor"), key=lambda case: (case.due_on, case.pk))[:SHOWN]
    return [Asked(what_waits(case, today), url_of(case), days_since(member, since(case))) for case in cases]


def near(workspace) -> list[Amnesty]:
    """The cases somebody may have to be reminded of today."""
    found = Amnesty.objects.of(workspace).filter(OPEN | TOLERATED).order_by("pk")
    return [case for case in found if rung_of(case, workspace.today()) is not None]


@action(_("reminded of the decision about {subject}"), by="clock")
def remind_of_decision(case):
    """Who answers for the decision, and has not heard of today's rung, gets one mail and one notice.

    A rung that was reached when the case was opened or decided last is left out: its people were told then.
    """
    workspace = case.workspace
    case = lock(Amnesty.objects.of(workspace).select_related("vendor", "owner__user"), case.pk)
    rung = rung_of(case, workspace.today())
    if rung is None:
        return
    occurrence = f"{case.due_on}:{'over' if rung == OVER else rung}"
    told = Reminder.objects.of(workspace).filter(rule=RULE, subject=subject_of(case), occurrence=occurrence)
    heard = set(told.values_list("member_id", flat=True))
    people = [person for person in asked_about(case, rung) if person.pk not in heard]
    if not people:
        return
    steps = [Step(person, workspace.now(), occurrence, facts(case, person, rung)) for person in people]
    remind(workspace, RULE, subject_of(case), steps)
    entry = record(remind_of_decision, None, case, after={"day": case.due_on, "people": len(people)})
    tell(people, entry, url=url_of(case), needs=True)
    # Its mail is the reminder's; the digest need not say it again.
    Notice.objects.of(workspace).filter(entry=entry).update(mailed_at=workspace.now())


def rung_of(case, today) -> int | None:
    """The rung `today` is on, what was missed merged into it. None when it is early, or when nobody need decide."""
    if case.due_on is None:
        return None
    left = (case.due_on - today).days
    rung = OVER if left < 0 else min((rung for rung in RUNGS if rung >= left), default=None)
    began = since(case).astimezone(case.workspace.zone).date() if case.is_open else case.decided_on
    return rung if rung is not None and (case.due_on - began).days > rung else None


def asked_about(case, rung) -> list[Member]:
    leads = Member.objects.of(case.workspace).active().leads("marketing", "technology").select_related("user")
    owner = [case.owner] if case.owner.left_at is None else []
    people = [*owner, *leads] if rung == OVER or not owner else owner
    return list({person.pk: person for person in people}.values())


def facts(case, person, rung) -> dict:
    """What the mail says, in the reader's language."""
    with translation.override(person.user.language):
        lines = [__("It is adopted, tolerated until a day, or stopped.")]
        if person.pk != case.owner_id:
            lines.append(
                __("%(owner)s has not decided, so this comes to you as well: a lead may decide.")
                % {"owner": case.owner}
            )
        said = what_waits(case, case.workspace.today())
        return {"subject": said, "lines": lines, "url": url_of(case), "at_once": True}


def what_waits(case, today) -> str:
    """In words, for a desk and for a mail."""
    words = {"vendor": case.vendor, "day": date_format(case.due_on, "j M Y")}
    over = case.due_on < today
    if case.is_open and over:
        return __("The decision about %(vendor)s, bought before it was approved, was due by %(day)s") % words
    if case.is_open:
        return __("Decide about %(vendor)s, bought before it was approved, by %(day)s") % words
    if over:
        return __("%(vendor)s was tolerated until %(day)s: decide again") % words
    return __("%(vendor)s is tolerated until %(day)s only: decide what comes after") % words


def since(case):
    """When it began to wait: it was opened, or the day it was tolerated until came."""
    if case.is_open:
        return case.opened_at
    return datetime.combine(case.tolerated_until, time(), tzinfo=case.workspace.zone)


def url_of(case) -> str:
    return place(case.workspace, "spend:amnesty", case.pk)

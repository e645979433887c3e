"""Standing in: a member's key in another hand between two dates, [from, until).

Two keys never meet in one person, so a deputy is of the same side as the key, however long the chain. Postgres holds it
too.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Deputy, Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .staffing import may_staff


@action(_("appointed a deputy for {subject}"))
def appoint(holder, member, deputy, starts: date, until: date) -> Deputy:
    """Let `deputy` hold `holder`'s key from `starts` to the day before `until`.

    By the holder, or a lead of their side. Refused: oneself, another side, who stands in for the other side that day,
    who cannot decide (guests, viewers, auditors, people who left), days that are over or in the wrong order.
    """
    if member.pk != holder.pk and not may_staff(member, holder.side):
        raise NotYours(_g("This is for %(person)s or a lead of their side.") % {"person": holder})
    refuse_days(member.workspace, starts, until)
    refuse_pair(holder, deputy)
    try:
        with transaction.atomic():
            row = Deputy.objects.create(
                workspace=member.workspace,
                member=holder,
                deputy=deputy,
                side=holder.side,
                days=DateRange(starts, until),
            )
    except IntegrityError as error:
        raise Refused(
            _g("%(person)s already stands in for the other side on one of these days; nobody holds both keys.")
            % {"person": deputy},
            "deputy",
        ) from error
    entry = record(appoint, member, holder, after={"deputy": deputy.pk, "from": starts, "until": until})
    tell([holder, deputy, *other_leads(holder)], entry, url=place(member.workspace, "team:index"))
    return row


@action(_("ended a deputy of {subject}"))
def end_deputy(row, member) -> Deputy:
    """From now on the deputy decides nothing in the holder's place; what they decided stands."""
    row = lock(Deputy.objects.of(member.workspace).select_related("member__user", "deputy__user"), row.pk)
    if member.pk not in (row.member_id, row.deputy_id) and not may_staff(member, row.member.side):
        raise NotYours(_g("This is for %(person)s or a lead of their side.") % {"person": row.member})
    if row.ended_at is None:
        row.ended_at = member.workspace.now()
        row.save(update_fields=["ended_at"])
        entry = record(end_deputy, member, row.member, before={"deputy": row.deputy_id, "until": row.days.upper})
        tell([row.member, row.deputy, *other_leads(row.member)], entry, url=place(member.workspace, "team:index"))
    return row


def refuse_days(workspace, starts, until):
    if until <= starts:
        raise Refused(_g("The last day comes after the first."), "until")
    if starts < workspace.today():
        raise Refused(_g("A key is not handed over for days that are past."), "starts")


def refuse_pair(holder, deputy):
    if holder.pk == deputy.pk:
        raise Refused(_g("Nobody is their own deputy."), "deputy")
    if not deputy.can_edit:
        raise Refused(_g("%(person)s decides nothing and cannot hold a key.") % {"person": deputy}, "deputy")
    if not holder.can_edit:
        raise Refused(_g("%(person)s has no key to hand over.") % {"person": holder}, "deputy")
    if holder.side != deputy.side:
        raise Refused(_g("%(person)s is on another side; a key stays on its own.") % {"person": deputy}, "deputy")


def end_deputies(member, now):
    """Nobody stands in for `member` any longer, nor they for anybody."""
    if member.pk:
        for part in ("member", "deputy"):
            Deputy.objects.of(member.workspace_id).filter(**{part: member}, ended_at=None).update(ended_at=now)


def other_leads(holder):
    """Who turns the other key wants to know in whose hand this one is."""
    if holder.side not in KEY_SIDES or not holder.is_lead:
        return []
    other = [side for side in KEY_SIDES if side != holder.side]
    return list(Member.objects.of(holder.workspace_id).leads(*other).select_related("user"))

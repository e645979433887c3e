"""Who holds a role, from when until when."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from .models import Column, Holding, Role
from .routing.following import follow, in_history, tell_new


@action(gettext_lazy("named a holder for {subject}"))
def appoint(role, member, *, holder: Member, since: date, until: date | None = None):
    """`holder` takes `role` [since, until). A role in force is filled by a lead of its own side.

    Refused: somebody from the other key side, people who left, empty days, days they hold it already.
    """
    role = lock(Role.objects.of(member.workspace), role.pk)
    refuse_appointment(role, member)
    holding = hold(role, holder, since, until)
    moved = follow(role)
    after = {"holder": holder.name, "from": since, "until": until} | in_history(moved)
    entry = record(appoint, member, role, after=after)
    tell_new(moved, entry)
    tell([holder], entry, url=place(member.workspace, "roles:mine"), needs=True)
    return holding


@action(gettext_lazy("ended a holder's time as {subject}"))
def end_holding(holding, member, *, until: date):
    """Let a holding end before `until`; one that would not have begun goes away."""
    holding = lock(Holding.objects.of(member.workspace), holding.pk)
    role = holding.role
    refuse_appointment(role, member)
    if holding.days.upper and until > holding.days.upper:
        raise Refused(_("It ends earlier already, on %(day)s.") % {"day": holding.days.upper}, "until")
    before = {"holder": holding.member.name, "from": holding.days.lower, "until": holding.days.upper}
    if holding.days.lower and until <= holding.days.lower:
        holding.delete()
    else:
        holding.days = DateRange(holding.days.lower, until)
        holding.save(update_fields=["days"])
    moved = follow(role)
    entry = record(end_holding, member, role, before=before, after={"until": until} | in_history(moved))
    tell_new(moved, entry)
    tell([holding.member], entry, url=place(member.workspace, "roles:holders"))


@action(gettext_lazy("accepted to be {subject}"))
def accept_holding(holding, member):
    """The holder says yes themselves."""
    holding = lock(Holding.objects.of(member.workspace), holding.pk)
    if holding.member_id != member.pk:
        raise NotYours(_("Only %(person)s can accept this.") % {"person": holding.member})
    if holding.accepted_at is None:
        holding.accepted_at = member.workspace.now()
        holding.save(update_fields=["accepted_at"])
        record(accept_holding, member, holding.role, after={"holder": member.name})


def hold(role, holder, since, until) -> Holding:
    """Write a holding; refused when the rules of `appoint` say no."""
    if holder.left_at:
        raise Refused(_("%(person)s is no longer here.") % {"person": holder}, "holder")
    if role.side in KEY_SIDES and holder.side in KEY_SIDES and holder.side != role.side:
        raise Refused(
            _("%(person)s is on the other side: %(role)s speaks for %(side)s.")
            % {"person": holder, "role": role, "side": role.get_side_display()}, "holder",
        )  # fmt: skip
    if until and until <= since:
        raise Refused(_("The last day comes after the first."), "until")
    try:
        with transaction.atomic():
            return Holding.objects.create(
                workspace_id=role.workspace_id, role=role, member=holder, days=DateRange(since, until)
            )
    except IntegrityError as error:
        raise Refused(_("%(person)s holds that role in those days already.") % {"person": holder}, "holder") from error


def refuse_appointment(role, member):
    """Once a role is part of a matrix in force, its own side's leads fill it; a side without a lead, any lead."""
    if not governs(role) or (member.is_lead and member.side == role.side):
        return
    if member.is_lead and not Member.objects.of(member.workspace).leads(role.side).exists():
        return
    raise NotYours(
        _("%(role)s is filled by a lead of %(side)s.") % {"role": role, "side": role.get_side_display()}, "holder"
    )


def governs(role) -> bool:
    """Whether the matrix in force names this role, so that its holder decides things."""
    return Column.objects.of(role.workspace_id).filter(role=role, version__state="in force").exists()

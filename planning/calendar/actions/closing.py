"""Month-end: open → soft-closed (only finance posts) → closed, tied out to the ledger → open again, with a reason."""

from decimal import Decimal

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.money import clean_money, money_text
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..models import Period
from ..periods import refuse_others


@action(_("soft-closed {subject}"))
def soft_close(period, member) -> Period:
    """From now on only finance posts into the month. Refused: a month that is not open."""
    refuse_others(member)
    period = lock(Period.objects.of(member.workspace), period.pk)
    refuse_unless(period, Period.State.OPEN)
    move(period, Period.State.SOFT)
    finish(soft_close, period, member, Period.State.OPEN)
    return period


@action(_("wrote down the ledger's total of {subject}"))
def tie_out(period, member, control_total) -> Period:
    """Write down what the ledger says the month is, in the workspace's currency, whatever the difference to what is
    posted here. Refused: a closed month.
    """
    refuse_others(member)
    total = clean_money(control_total, member.workspace.currency, "control_total")
    period = lock(Period.objects.of(member.workspace), period.pk)
    if period.state == Period.State.CLOSED:
        raise Refused(_g("%(month)s is closed: it was tied out.") % {"month": period}, "control_total")
    before, period.control_total = period.control_total, total
    period.save(update_fields=["control_total"])
    after = {"control_total": total, "difference": period.difference}
    record(tie_out, member, period, before={"control_total": before}, after=after)
    return period


@action(_("closed {subject}"))
def close(period, member, control_total) -> Period:
    """Close a soft-closed month with the ledger's total, in the workspace's currency.

    Refused: another state, and any difference between that total and what was posted here.
    """
    refuse_others(member)
    workspace = member.workspace
    total = clean_money(control_total, workspace.currency, "control_total")
    period = lock(Period.objects.of(workspace), period.pk)
    refuse_unless(period, Period.State.SOFT)
    refuse_difference(period, total, workspace.currency)
    period.control_total, period.closed_by, period.closed_at = total, member, workspace.now()
    move(period, Period.State.CLOSED)
    finish(close, period, member, Period.State.SOFT, control_total=total, difference=Decimal(0))
    return period


@action(_("opened {subject} again"))
def reopen(period, member, reason: str) -> Period:
    """Open a soft-closed or closed month. Refused: without a reason, and one that is open."""
    refuse_others(member)
    if not reason.strip():
        raise Refused(_g("Say why: the auditors read it."), "reason")
    period = lock(Period.objects.of(member.workspace), period.pk)
    if period.state == Period.State.OPEN:
        raise Refused(_g("%(month)s is open.") % {"month": period})
    before = {"state": period.state, "control_total": period.control_total}
    period.control_total = period.closed_by = period.closed_at = None
    move(period, Period.State.OPEN)
    entry = record(reopen, member, period, before=before, after={"state": period.state}, note=reason)
    tell_planners(period, entry)
    return period


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def refuse_unless(period, state):
    if period.state != state:
        raise Refused(
            _g("%(month)s is %(state)s: a month is soft-closed first, then closed.")
            % {"month": period, "state": period.get_state_display()}
        )


def refuse_difference(period, total, currency):
    if total != period.booked:
        facts = {
            "difference": money_text(total - period.booked, currency),
            "booked": money_text(period.booked, currency),
        }
        raise Refused(
            _g("The difference is %(difference)s %(currency)s: %(booked)s is posted here. A month closes at 0.00.")
            % (facts | {"currency": currency}),
            "control_total",
        )


def move(period, state):
    period.state = state
    period.save(update_fields=["state", "control_total", "closed_by", "closed_at"])


def finish(act, period, member, before, **more):
    entry = record(act, member, period, before={"state": before}, after={"state": period.state, **more})
    tell_planners(period, entry)


def tell_planners(period, entry):
    planners = Member.objects.of(period.workspace).leads(*KEY_SIDES)
    tell(planners, entry, url=place(period.workspace, "calendar:periods", period.year))

"""Conditions of an approval: setting one with the key, and which of them are late."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.budgets.asked import Asked, days_since
from planning.people.places import place
from planning.shared.refusals import Refused

from .models import Condition

SOON = timedelta(days=7)
SHOWN = 12


def set_condition(purchase, member, seat, verdict, text, due_on) -> Condition | None:
    """Keep what `member` asks for in return for `seat`'s approval; nothing when nothing was said.

    Refused: a condition without a day, a day that is over, and one beside anything but an approval.
    """
    text = " ".join((text or "").split())[:400]
    if not text and not due_on:
        return None
    if verdict != "approve":
        raise Refused(_("A condition belongs to an approval. Ask or reject with a reason instead."), "condition")
    if not text:
        raise Refused(_("Say what must be done."), "condition")
    if not isinstance(due_on, date) or due_on < purchase.workspace.today():
        raise Refused(_("Say until when: a day that is not over."), "condition_due")
    return Condition.objects.create(
        workspace=purchase.workspace,
        purchase=purchase,
        seat=seat,
        text=text,
        due_on=due_on,
        set_by=member,
        set_at=purchase.workspace.now(),
    )


def late_conditions(workspace):
    """Conditions whose day is over and that nobody has kept, the oldest first, with their purchase and who asks."""
    late = Condition.objects.of(workspace).open().filter(due_on__lt=workspace.today())
    return late.select_related("purchase__requester__user", "set_by__user").order_by("due_on", "pk")


def asked_of(member) -> list[Asked]:
    """What `member` promised and has to keep within a week, and what is late of what was promised to them, the
    earliest day first. One query; nothing for who may not say that it is kept."""
    if not member.can_edit:
        return []
    today = member.workspace.today()
    mine = Q(purchase__requester=member, due_on__lte=today + SOON) | Q(set_by=member, due_on__lt=today)
    rows = Condition.objects.of(member.workspace).open().filter(mine).select_related("purchase")
    return [asked(one, member, today) for one in rows.order_by("due_on", "pk")[:SHOWN]]


def asked(condition, member, today) -> Asked:
    words = {"what": condition.text, "purchase": condition.purchase, "day": date_format(condition.due_on, "j M Y")}
    late = condition.due_on < today
    if condition.purchase.requester_id != member.pk:
        label = _("Promised to you by %(day)s and not kept: %(what)s (%(purchase)s)")
    elif late:
        label = _("You promised by %(day)s, and it is late: %(what)s (%(purchase)s)")
    else:
        label = _("You promised by %(day)s: %(what)s (%(purchase)s)")
    url = place(member.workspace, "purchases:purchase", condition.purchase_id)
    return Asked(label % words, url, days_since(member, condition.set_at))

"""Conditions of an approval: setting one with the key, and which of them are late."""

from datetime import date

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .models import Condition


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

"""Framework orders: a ceiling with a vendor, decided once; its call-offs take the money, with one key each.

A framework holds no money. A call-off keeps to what was decided: the vendor, the currency, the lines, no more sensitive
data, the time, and the ceiling, which all call-offs share.
"""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from planning.shared.locking import lock
from planning.shared.money import ZERO
from planning.shared.periods import add_months, month_of
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money
from planning.vendors.models import DataClass

from .models import Purchase, State

SENSITIVITY = [DataClass.NONE, DataClass.INTERNAL, DataClass.PERSONAL, DataClass.UNKNOWN]


def called_off(framework, besides=None) -> Decimal:
    """What its call-offs are worth that wait or are approved, closed ones among them; the workspace's currency."""
    rows = Purchase.objects.of(framework.workspace_id).asked_for().filter(call_off_of=framework)
    return rows.exclude(pk=besides and besides.pk).aggregate(sum=Sum("value"))["sum"] or ZERO


def left_of(framework, besides=None) -> Decimal:
    """What can still be called off: the ceiling, less what was called off and what was billed without a call-off."""
    return framework.value - called_off(framework, besides) - framework.billed_outside


def refuse_outside(purchase, worth):
    """Refused: a call-off that its framework was not decided for. The framework is held, so that two call-offs at the
    same instant share its ceiling. Nothing for any other purchase."""
    if purchase.call_off_of_id:
        known = Purchase.objects.of(purchase.workspace).select_related("vendor", "workspace")
        refuse_beyond(lock(known, purchase.call_off_of_id), purchase, worth, lines_of(purchase))


def refuse_beyond(framework, purchase, worth, lines):
    """The same on a framework as it is read, for a call-off of `lines` (ids) that is only typed yet."""
    words = {"framework": framework.code, "vendor": framework.vendor}
    if not framework.framework or not framework.is_standing or framework.state == State.INVOICED:
        raise Refused(_("%(framework)s is no framework order that can be called off.") % words, "call_off_of")
    if (framework.vendor_id, framework.currency) != (purchase.vendor_id, purchase.currency):
        raise Refused(_("%(framework)s is with %(vendor)s, in its own currency.") % words, "vendor")
    if SENSITIVITY.index(purchase.data_class) > SENSITIVITY.index(framework.data_class):
        raise Refused(_("%(framework)s was decided for less sensitive data. Ask without it.") % words, "data_class")
    if outside := set(lines) - lines_of(framework):
        words["count"] = len(outside)
        raise Refused(_("%(framework)s was decided for other budget lines. Ask without it.") % words, "items")
    first, last = span(framework)
    if any(not first <= charge.month < last for charge in worth.charges if last):
        raise Refused(_("%(framework)s was decided for another time. Ask without it.") % words, "needed_by")
    left = left_of(framework, purchase)
    if worth.value > left:
        words |= {"left": money(left, purchase.workspace.currency), "currency": purchase.workspace.currency}
        raise Refused(_("%(framework)s has %(left)s %(currency)s left to call off.") % words, "amount")


def refuse_below(framework, value):
    """Refused: a ceiling below what has been called off."""
    if framework.framework and value < called_off(framework) + framework.billed_outside:
        raise Refused(_("More than that has been called off already."), "amount")


def lines_of(purchase) -> set[int]:
    return set(purchase.items.values_list("line_id", flat=True))


def span(framework):
    """[first month, month after the last) of the framework's term; (…, None) without a term."""
    first = month_of(framework.needed_by)
    return first, add_months(first, framework.term_months) if framework.term_months else None


def why_one_key(purchase) -> str:
    return _("A call-off of %(framework)s, which was decided by everybody concerned.") % {
        "framework": purchase.call_off_of.code
    }

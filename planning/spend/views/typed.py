"""An invoice that a person types on a purchase, and takes back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from planning.people.doors import door, editors, refusals_on, shown
from planning.purchases.models import Purchase
from planning.shared.templatetags.money import money

from ..models import Entry
from ..typed import charged, entering
from ..typed.form import TypedForm


@door(editors, does=entering.type_invoice)
def invoices(request, purchase_id):
    known = Purchase.objects.of(request.workspace).select_related("vendor")
    purchase = get_object_or_404(known, pk=purchase_id)
    left = charged.left_of(purchase)
    form = TypedForm(request.POST or None, purchase=purchase, left=left)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            entry = entering.type_invoice(purchase, request.member, **form.cleaned_data)
            say(request, entry)
            return request.go("purchases:purchase", purchase.pk)
    facts = {"purchase": purchase, "form": form, "left": left} | sums(purchase, left)
    return shown(request, "spend/typed.html", facts, form)


def sums(purchase, left) -> dict:
    """What is left of the commitment in all, and what was invoiced in the purchase's own currency where it is
    foreign."""
    foreign = purchase.currency != purchase.workspace.currency
    return {
        "left_in_all": sum(row.committed for row in left),
        "used_in_all": sum(row.used for row in left),
        "billed": charged.billed(purchase, purchase.currency) if foreign else None,
        "whole": charged.whole_price(purchase) if foreign and purchase.amount else None,
    }


def say(request, entry):
    words = {"document": entry.document, "currency": request.workspace.currency}
    if entry.over:
        words["over"] = money(entry.over, request.workspace.currency)
        sentence = _("%(document)s is booked. It is %(over)s %(currency)s above what was left of the commitment.")
        messages.warning(request, sentence % words)
    else:
        messages.success(request, _("%(document)s is booked.") % words)


@door(post=editors, does=entering.take_back)
def reversal(request, entry_id):
    entry = get_object_or_404(Entry.objects.of(request.workspace), pk=entry_id)
    entry = entering.take_back(entry, request.member)
    messages.success(
        request, _("%(document)s is taken back; it counts nowhere any more.") % {"document": entry.document}
    )
    if entry.purchase_id:
        return request.go("purchases:purchase", entry.purchase_id)
    return request.go("spend:entry", entry.pk)

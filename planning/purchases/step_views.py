"""The steps of a purchase's life, each a POST with an address of its own."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.doors import door, editors, leads
from planning.shared.locking import lock_all
from planning.shared.refusals import Refused, in_full

from . import actions
from .forms import ConditionedForm, EmergencyForm, NoteForm, OrderForm, QuoteForm, ReceiptForm, SettlementForm
from .models import Condition, Purchase
from .quotes import quotes_of, stored_quote


@door(post=editors, does=actions.submit)
def submission(request, purchase_id):
    return done(request, actions.submit(of(request, purchase_id), request.member))


@door(post=editors, does=actions.restrict)
def restriction(request, purchase_id):
    """Restricted with `restricted=on`, open without. Who no longer reads it goes back to the list."""
    row = actions.restrict(of(request, purchase_id), request.member, request.POST.get("restricted") == "on")
    if not Purchase.objects.filter(pk=row.pk).exists():
        return request.go("purchases:index")
    return done(request, row)


@door(post=editors, does=actions.withdraw)
def withdrawal(request, purchase_id):
    return done(request, actions.withdraw(of(request, purchase_id), request.member, **said(NoteForm, request)))


@door(post=editors, does=actions.decide)
def decision(request, purchase_id):
    facts = said(ConditionedForm, request)
    decided = actions.decide(
        of(request, purchase_id), request.member, **facts | {"fingerprint": facts["fingerprint"] or None}
    )
    if request.POST.get("next") == "queue":
        return request.go("purchases:waiting")
    return done(request, decided)


@door(post=editors, does=actions.decide)
def sitting(request):
    """Several decisions in one sitting, each on the version that was read. One that is refused says why, and the others
    stand."""
    chosen = sorted({tuple(one.split(":")) for one in request.POST.getlist("chosen")}, key=lambda one: one[0])
    lock_all(Purchase.objects.of(request.workspace).filter(pk__in=[one[0] for one in chosen if one[0].isdecimal()]))
    turned = 0
    for facts in map(one_of_many, chosen):
        row = of(request, facts.pop("purchase"))
        try:
            with transaction.atomic():
                actions.decide(row, request.member, verdict="approve", **facts)
            turned += 1
        except Refused as refused:
            messages.error(request, f"{row.code} {row}: {in_full(refused)}")
    if turned:
        done_words = ngettext("%d key is turned.", "%d keys are turned.", turned)
        messages.success(request, done_words % turned)
    return request.go("purchases:waiting")


def one_of_many(chosen) -> dict:
    """{purchase, seat, version, fingerprint} of a box that was ticked. Refused: what no page of ours sends."""
    names = ("purchase", "seat", "version", "fingerprint")
    if len(chosen) != len(names) or not chosen[0].isdecimal() or not chosen[2].isdecimal():
        raise Refused(_("That choice was not complete; nothing was changed."))
    facts = dict(zip(names, chosen, strict=True))
    return facts | {"purchase": int(chosen[0]), "version": int(chosen[2])}


@door(post=editors, does=actions.settle_condition)
def settlement(request, condition_id):
    row = get_object_or_404(Condition.objects.of(request.workspace).select_related("purchase"), pk=condition_id)
    settled = actions.settle_condition(row, request.member, **said(SettlementForm, request))
    return request.go("purchases:purchase", settled.purchase_id)


@door(post=editors, does=(actions.edit, actions.change))
def quotes(request, purchase_id):
    """A quote is attached, or taken away (`without`): terms like any other, so what waits becomes a new version."""
    row, facts = of(request, purchase_id), filled(QuoteForm(request.POST, request.FILES))
    files = [quote.file for quote in quotes_of(row) if quote.pk != facts["without"]]
    if facts["file"]:
        files.append(stored_quote(row, request.member, facts["file"]))
    act = actions.change if row.is_standing else actions.edit
    return done(request, act(row, request.member, version=facts["version"], quotes=files))


@door(post=editors, does=actions.answer)
def answer(request, purchase_id):
    return done(request, actions.answer(of(request, purchase_id), request.member, **said(NoteForm, request)))


@door(post=editors, does=actions.discard)
def bin(request, purchase_id):
    actions.discard(of(request, purchase_id), request.member)
    return request.go("purchases:index")


@door(post=editors, does=actions.order)
def order(request, purchase_id):
    return done(request, actions.order(of(request, purchase_id), request.member, **said(OrderForm, request)))


@door(post=editors, does=actions.number)
def number(request, purchase_id):
    return done(request, actions.number(of(request, purchase_id), request.member, **said(OrderForm, request)))


@door(post=leads, does=actions.rush)
def emergency(request, purchase_id):
    return done(request, actions.rush(of(request, purchase_id), request.member, **said(EmergencyForm, request)))


@door(post=editors, does=actions.receive)
def receipt(request, purchase_id):
    return done(request, actions.receive(of(request, purchase_id), request.member, **said(ReceiptForm, request)))


@door(post=editors, does=actions.invoice)
def invoice(request, purchase_id):
    return done(request, actions.invoice(of(request, purchase_id), request.member, **said(NoteForm, request)))


@door(post=editors, does=actions.close)
def closure(request, purchase_id):
    return done(request, actions.close(of(request, purchase_id), request.member, **said(NoteForm, request)))


def of(request, purchase_id) -> Purchase:
    return get_object_or_404(Purchase.objects.of(request.workspace), pk=purchase_id)


def said(form, request) -> dict:
    return filled(form(request.POST))


def filled(form) -> dict:
    """The cleaned input of a small form. Refused: input that no page of ours sends."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Refused(_("%(field)s: %(error)s") % {"field": field, "error": errors[0]}, field)
    return form.cleaned_data


def done(request, purchase):
    return request.go("purchases:purchase", purchase.pk)

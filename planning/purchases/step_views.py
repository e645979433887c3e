"""The steps of a purchase's life, each a POST with an address of its own."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from planning.people.doors import door, editors, leads
from planning.shared.refusals import Refused

from . import actions
from .forms import DecisionForm, EmergencyForm, NoteForm, OrderForm, ReceiptForm
from .models import Purchase


@door(post=editors, does=actions.submit)
def submission(request, purchase_id):
    return done(request, actions.submit(of(request, purchase_id), request.member))


@door(post=editors, does=actions.withdraw)
def withdrawal(request, purchase_id):
    return done(request, actions.withdraw(of(request, purchase_id), request.member, **said(NoteForm, request)))


@door(post=editors, does=actions.decide)
def decision(request, purchase_id):
    facts = said(DecisionForm, request)
    decided = actions.decide(
        of(request, purchase_id), request.member, **facts | {"fingerprint": facts["fingerprint"] or None}
    )
    if request.POST.get("next") == "queue":
        return request.go("purchases:waiting")
    return done(request, decided)


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
    """The cleaned input of a small form. Refused: input that no page of ours sends."""
    filled = form(request.POST)
    if not filled.is_valid():
        field, errors = next(iter(filled.errors.items()))
        raise Refused(_("%(field)s: %(error)s") % {"field": field, "error": errors[0]}, field)
    return filled.cleaned_data


def done(request, purchase):
    return request.go("purchases:purchase", purchase.pk)

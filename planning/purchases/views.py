"""The page of one purchase, and its part about what there is already."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door
from planning.shared.templatetags.money import money
from planning.signoffs.models import Seat
from planning.signoffs.papers import duties_with_people

from .emergencies import CAP, may_rush
from .frameworks import left_of
from .held import holding_of
from .invoicing import price_in_all
from .life import life_of, still_open
from .lines import line_name
from .models import Emergency, Purchase, State
from .next_step import after_emergency, next_of
from .overlap import overlap_of
from .preview import preview_of
from .quotes import quotes_of
from .told import told


@door(anyone)
def purchase(request, purchase_id):
    row = get_object_or_404(with_keys(request.workspace), pk=purchase_id)
    if row.paper:
        row.paper.workspace = request.workspace
    holding, entries = holding_of(row), told(row)
    case = bought_before(row) if row.state == State.APPROVED else None
    to_adopt = case if case and case.state != "adopted" else None
    context = {
        "purchase": row,
        "items": list(row.items.annotate(line_name=line_name())),
        "paper": row.paper,
        "next_step": next_of(row, case),
        "to_adopt": to_adopt,
        "may_adopt": to_adopt and (request.member.is_lead or request.member.pk == to_adopt.owner_id),
        "after_emergency": after_emergency(row),
        "holding": holding,
        "life": life_of(row, holding),
        "still_open": still_open(holding),
        "to_receive": row.is_standing and price_in_all(row) - row.received,
        "asked": row.paper and any(seat.state == Seat.State.ASKED for seat in row.paper.seats.all()),
        "may_rush": may_rush(row, request.member),
        "emergency_words": Emergency.choices,
        "emergency_cap": f"{money(CAP, request.workspace.currency)} {request.workspace.currency}",
        "call_offs": list(row.call_offs.select_related("requester__user").order_by("-number")) if row.framework else [],
        "left_to_call": row.framework and row.value is not None and left_of(row),
        "conditions": list(row.conditions.select_related("set_by__user", "settled_by__user")),
        "quotes": quotes_of(row),
        "history": entries,
        "changes": row.is_changing and next((one.said for one in entries if one.verb == "purchases.change"), ""),
        "mine": row.requester_id == request.member.pk,
    }
    return render(request, "purchases/purchase.html", context)


def bought_before(purchase):
    """The retrospective approval it was drafted for. That belongs to a room above, known here by what it is for."""
    cases = purchase.amnesties.exclude(state="stopped").select_related("vendor", "owner__user")
    return cases.order_by("-pk").first()


def with_keys(workspace):
    """Purchases with everything one page of them shows, the seats of their paper among it."""
    seats = Seat.objects.select_related("holder__user", "decided_by__user", "decided_for__user")
    return (
        Purchase.objects.of(workspace)
        .select_related(
            "vendor", "category", "contract", "call_off_of", "requester__user", "emergency_by__user", "paper__author"
        )
        .prefetch_related(Prefetch("paper__seats", seats), duties_with_people("paper__duties"))
    )


@door(anyone)
def outlook(request, purchase_id):
    """A part of its page: of a draft what it would do and who would decide, else what there is already of its vendor
    and kind; who writes a draft sees that beside the form."""
    row = get_object_or_404(
        Purchase.objects.of(request.workspace).select_related("vendor", "category__parent__parent", "requester__user"),
        pk=purchase_id,
    )
    facts = {"seen": preview_of(row)} if row.is_draft else {"overlap": overlap_of(row)}
    return render(request, "purchases/_outlook.html", facts)

"""What a request would do and who would decide, while it is typed. Nothing is written."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.calendar.business_time import hours_of
from planning.shared.refusals import Refused
from planning.vendors.finding import alike, preferred_in
from planning.vendors.models import Contract

from .asking import Outlook, outlook
from .frameworks import refuse_beyond
from .held import kept_by
from .input import apply
from .lines import Effect, category_of, effects, revisions
from .models import Purchase
from .route import governing, refuse_empty, route, seat_label
from .sending import why_blocked
from .value import Worth, first_month, item_amounts, worth


@dataclass
class Preview:
    """`missing` says what is still to be said; `refusals` why it would be refused if it were sent now."""

    purchase: Purchase
    worth: Worth | None = None
    outlook: Outlook = field(default_factory=Outlook)
    effects: list[Effect] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    vendors: list = field(default_factory=list)
    preferred: list = field(default_factory=list)
    contracts: list = field(default_factory=list)

    @property
    def can_be_sent(self) -> bool:
        return not self.refusals and not self.missing and self.worth is not None


def preview(member, facts: dict, of: Purchase | None = None, known=()) -> Preview:
    """The preview of a request that `member` is typing; `facts` as in input.apply. `of`: the one that is written again,
    which does not count beside itself; `known`: revisions of lines that were read already."""
    purchase = Purchase(workspace=member.workspace, requester=member, currency=member.workspace.currency, number=0)
    purchase.is_preview = True
    if of:
        purchase.pk, purchase.state, purchase.rules_id = of.pk, of.state, of.rules_id
    seen = Preview(purchase)
    try:
        items = apply(purchase, member, {"title": "…"} | facts | {"items": with_lines(facts, known)}) or []
    except Refused as refused:
        seen.refusals.append(str(refused))
        return seen
    look_around(seen, member, str(facts.get("vendor") or ""))
    return weighed(seen, items, of, known)


def with_lines(facts, known) -> list[dict]:
    """The items of `facts`, their lines taken from the `known` revisions."""
    lines = {str(revision.line_id): revision.line for revision in known}
    return [row | {"line": lines.get(str(row["line"]), row["line"])} for row in facts.get("items") or []]


def preview_of(purchase) -> Preview:
    """The same for a request that is kept already."""
    items = [(item.line, item.amount) for item in purchase.items.select_related("line").order_by("pk")]
    return weighed(Preview(purchase), items)


def weighed(seen, items, of=None, known=()) -> Preview:
    purchase, workspace = seen.purchase, seen.purchase.workspace
    say_missing(seen, items)
    if purchase.amount is None:
        return seen
    lines = [line.pk for line, _said in items]
    agreed = sorted((one for one in known if one.line_id in lines), key=lambda one: one.line_id)
    agreed = agreed if len(agreed) == len(lines) else revisions(workspace, lines)
    hours = hours_of(workspace)
    months = agreed[0].line.budget.months if agreed else None
    try:
        amounts = item_amounts(purchase.amount, [amount for _line, amount in items], purchase.currency)
        rows = [(line.pk, amount) for (line, _said), amount in zip(items, amounts, strict=True)]
        seen.worth = worth(
            workspace, currency=purchase.currency, price=purchase.price, term_months=purchase.term_months,
            renews=purchase.renews, first_month=first_month(workspace, purchase.needed_by, months),
            items=rows or [(None, purchase.amount)],
        )  # fmt: skip
    except Refused as refused:
        seen.refusals.append(str(refused))
        return seen
    if purchase.category is None and lines:
        purchase.category = category_of(lines, workspace, agreed)
    row = governing(purchase, seen.worth.value)
    stops = route(purchase, seen.worth, row, lines, agreed, hours)
    seen.outlook = outlook(purchase, stops, row, hours)
    seen.effects = [] if purchase.framework else effects(workspace, seen.worth, agreed, of and kept_by(of))
    try:
        refuse_empty(stops)
    except Refused as refused:
        seen.refusals.append(str(refused))
    if purchase.call_off_of and purchase.vendor:
        try:
            refuse_beyond(purchase.call_off_of, purchase, seen.worth, lines)
        except Refused as refused:
            seen.refusals.append(str(refused))
    seen.refusals += [sentence for effect in seen.effects if effect.is_short for sentence in short_sentences(effect)]
    return seen


def short_sentences(effect):
    for share in effect.shares:
        if share.short:
            yield _("“%(line)s” is short for %(side)s.") % {"line": effect.name, "side": seat_label(share.side)}


def say_missing(seen, items):
    purchase = seen.purchase
    if purchase.vendor is None and not getattr(seen, "new_vendor", ""):
        seen.missing.append(_("who sells it"))
    if purchase.amount is None:
        seen.missing.append(_("what it costs"))
    if not items:
        seen.missing.append(_("which line pays"))
    if purchase.vendor and purchase.vendor.is_blocked:
        seen.refusals.append(why_blocked(purchase.vendor))


def look_around(seen, member, name):
    """Similar vendors, and contracts that exist already with the vendor or in the category."""
    vendor = seen.purchase.vendor
    seen.new_vendor = "" if vendor else name.strip()
    if seen.new_vendor:
        seen.vendors = alike(member.workspace, name)
    about = Q(vendor=vendor) if vendor else Q(pk=None)
    if seen.purchase.category and seen.purchase.category.pk:
        about |= Q(vendor__category=seen.purchase.category)
        seen.preferred = list(preferred_in(seen.purchase.category, vendor))
    running = Contract.objects.of(member.workspace).filter(about, ends_on__gt=member.workspace.today())
    seen.contracts = list(running.select_related("vendor").order_by("-value", "pk")[:4])

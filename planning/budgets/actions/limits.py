"""What a workspace settles for all its budgets: its limits, and the dimensions of its own."""

from decimal import Decimal, InvalidOperation

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member, Side
from planning.people.places import place
from planning.shared.locking import lock, lock_all
from planning.shared.money import clean_money
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from ..lines.input import clean_name
from ..models import MOST_DIMENSIONS, Dimension, Limits, Revision

AMOUNTS = ("small_move", "finance_move", "variance_amount", "evidence_from")
PERCENTS = {"variance_percent": Decimal("999.99"), "tolerance_percent": Decimal(100)}


@action(gettext_lazy("set the limits of the budgets of {subject}"))
def set_limits(member, **wanted) -> Limits:
    """Set the limits that `wanted` names; the others stay. Both sides and finance are told. By a lead.

    small_move, finance_move, variance_amount, evidence_from: amounts in the workspace's currency, not below zero
    (evidence_from None or empty: no line needs a business case); variance_percent 0 to 999.99, tolerance_percent 0 to
    100, both with at most two decimals.
    """
    if not member.is_lead:
        raise NotYours(_("The limits are for leads to set."))
    workspace = member.workspace
    Limits.objects.bulk_create([Limits(workspace=workspace)], ignore_conflicts=True)
    limits = lock(Limits.objects.of(workspace), Limits.of(workspace).pk)
    values = {name: clean_limit(name, value, workspace.currency) for name, value in wanted.items()}
    before = {name: getattr(limits, name) for name, value in values.items() if getattr(limits, name) != value}
    if not before:
        raise Refused(_("These are the limits already."))
    for name, value in values.items():
        setattr(limits, name, value)
    limits.save(update_fields=list(values))
    entry = record(set_limits, member, limits, before=before, after={name: values[name] for name in before})
    concerned = Member.objects.of(workspace).leads(Side.MARKETING, Side.TECHNOLOGY, Side.FINANCE)
    tell(concerned, entry, url=place(workspace, "budgets:limits"))
    return limits


def clean_limit(name, value, currency):
    if name == "evidence_from" and value in (None, ""):
        return None
    if name in AMOUNTS:
        amount = clean_money(value, currency, name)
        if amount < 0:
            raise Refused(_("A limit is not below zero."), name)
        return amount
    return clean_percent(value, PERCENTS[name], name)


def clean_percent(value, most, field) -> Decimal:
    try:
        percent = Decimal(str(value).strip())
    except InvalidOperation:
        percent = Decimal(-1)
    if not percent.is_finite() or not 0 <= percent <= most or percent != percent.quantize(Decimal("0.01")):
        raise Refused(
            _("That is a number of percent between 0 and %(most)s, with at most two decimals.") % {"most": most}, field
        )
    return percent


# ── Dimensions ───────────────────────────────────────────────────────────────────────────────────────────────────────
@action(gettext_lazy("added the dimension {subject}"))
def add_dimension(member, name: str) -> Dimension:
    """A dimension of the workspace's own for its lines; a retired one of that name comes back. By a lead.

    Refused: a seventh, an empty name, one that is there, one of more than 40 characters.
    """
    held = hold_dimensions(member)
    name = clean_dimension(name)
    known = next((one for one in held if one.name.lower() == name.lower()), None)
    if known and known.place:
        raise Refused(_("There is a dimension of that name already."), "name")
    free = next((place for place in range(1, MOST_DIMENSIONS + 1) if place not in {one.place for one in held}), None)
    if free is None:
        raise Refused(_("A workspace has at most six dimensions of its own. Retire one first."), "name")
    made = known or Dimension(workspace=member.workspace, name=name)
    made.place = free
    save_dimension(made)
    record(add_dimension, member, made, after={"name": made.name, "place": free})
    return made


@action(gettext_lazy("renamed the dimension {subject}"))
def rename_dimension(dimension, member, name: str) -> Dimension:
    """Refused: a dimension that lines name already, because what keys have signed keeps its words; a name that is
    there. By a lead.
    """
    dimension = next((one for one in hold_dimensions(member) if one.pk == dimension.pk), dimension)
    before, name = dimension.name, clean_dimension(name)
    if Revision.objects.of(member.workspace).filter(dimensions__has_key=before).exists():
        raise Refused(_("Lines name “%(name)s” already. Retire it, and add another.") % {"name": before}, "name")
    dimension.name = name
    save_dimension(dimension)
    record(rename_dimension, member, dimension, before={"name": before}, after={"name": name})
    return dimension


@action(gettext_lazy("retired the dimension {subject}"))
def retire_dimension(dimension, member) -> Dimension:
    """Lines keep what they say of it; it is offered no more and makes room for another. By a lead."""
    dimension = next((one for one in hold_dimensions(member) if one.pk == dimension.pk), dimension)
    if not dimension.place:
        raise Refused(_("It is retired already."))
    before, dimension.place = dimension.place, None
    dimension.save(update_fields=["place"])
    record(retire_dimension, member, dimension, before={"place": before}, after={"place": None})
    return dimension


def hold_dimensions(member) -> list[Dimension]:
    if not member.is_lead:
        raise NotYours(_("The dimensions are for leads to keep."))
    return lock_all(Dimension.objects.of(member.workspace))


def clean_dimension(name) -> str:
    name = clean_name(name)
    if len(name) > 40:
        raise Refused(_("The name of a dimension has at most 40 characters."), "name")
    return name


def save_dimension(dimension):
    try:
        with transaction.atomic():
            dimension.save()
    except IntegrityError as error:
        raise Refused(_("There is a dimension of that name already."), "name") from error

"""Unspent months are given back, or moved to months to come, in one move."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.locking import lock_all
from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..models import Budget, Transfer, Version
from ..transfers.parts import months_to_come
from ..true_up import chosen, later, parts_into
from ..versions.drafts import draft_of, draft_revision, hold_budget, lines_of
from .transfers import agreed_lines, begin, finish_or_ask


@action(gettext_lazy("gave unspent months back: {subject}"))
def give_back_unspent(budget, member, lines, taker, reason) -> Transfer:
    """One transfer of what `lines` (ids) planned for months that are over and did not spend, into the months to come
    of the line `taker` (its id): a side's unallocated line, or another. Agreed as far as the rules ask of a transfer.

    Refused: no reason, a line without unspent months, a taker that a giving side does not pay for, a Shortfall.
    """
    budget = held(budget, member)
    if not reason.strip():
        raise Refused(_("Say why: both lines' history shows it."), "reason")
    lock_all(lines_of(budget).filter(pk__in=[*lines, taker]))
    rows = chosen(budget, lines)
    amounts = {row.revision.line_id: -row.total for row in rows}
    if int(taker) in amounts:
        raise Refused(_("Choose another line to take the money."), "taker")
    amounts[int(taker)] = -sum(amounts.values(), ZERO)
    known = agreed_lines(budget, amounts)
    moved = {known[line_id]: amount for line_id, amount in amounts.items()}
    parts = parts_into(rows, known[int(taker)], months_to_come(budget))
    transfer = begin(budget, member, moved, reason.strip(), parts)
    finish_or_ask(transfer, member, moved, give_back_unspent)
    return transfer


@action(gettext_lazy("moved unspent months to months to come in {subject}"))
def spend_later(budget, member, lines) -> Version:
    """Put what `lines` (ids) did not spend into their own months to come. No total changes, but months do, so it joins
    the version being drafted and needs both keys. Refused: a line without unspent months, one that another version
    changes.
    """
    budget = held(budget, member)
    rows = chosen(budget, lines)
    version = draft_of(budget, member)
    after = {}
    for row in rows:
        revision = draft_revision(row.revision.line, version)
        if list(revision.months) != list(row.revision.months):
            words = _("“%(line)s” is changed in the draft already; settle that first.")
            raise Refused(words % {"line": revision}, "lines")
        revision.months = later(row, budget)
        revision.edits += 1
        revision.save()
        after[revision.name] = row.total
    record(spend_later, member, version, after=after)
    return version


def held(budget, member) -> Budget:
    budget = hold_budget(member.workspace, budget.pk)
    if not budget.is_agreed:
        raise Refused(_("Only an agreed budget has unspent months."))
    return budget

"""One row of a ledger over several lines: an invoice for two things is two actuals, and still one fact.

The row stays as it came, so that the same file is known again; its parts are entries of their own, which add up to it
in its currency and in the workspace's. Undoing the import, or joining the parts, takes all of it back.
"""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.money import money_text
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import assigning, payroll
from .models import Entry, Wait
from .parts import pieces

MOST_PARTS = 20


@action(_("split {subject} over several lines"))
def split_up(entry, member, parts) -> list[Entry]:
    """`parts`, [(line, amount in the row's currency)], two at least, each an actual of its line.

    Refused: a row that is gone or a part itself, parts that do not add up to it or have another sign, a line twice or
    of another year, and taking a posted row out of a month that is shut.
    """
    entry = held(entry, member)
    refuse_parts(entry, parts)
    lines = [line for line, _amount in parts]
    for line in lines:
        assigning.refuse_other_years(member.workspace, line, [entry])
    moved = assigning.Moved()
    if not entry.waits:
        assigning.refuse_shut(member, entry)
        moved.away(entry)
    before = {"line": entry.line_id, "state": entry.waits or "posted"}
    entry.waits, entry.rule, entry.purchase = Wait.SPLIT, None, None
    entry.save(update_fields=["waits", "rule", "purchase"])
    moved.post(member)
    made = Entry.objects.bulk_create(pieces(entry, [amount for _line, amount in parts]))
    for line, piece in zip(lines, made, strict=True):
        assigning.place(member, line, [piece]).post(member)
    told = all(payroll.amounts_told(line, [entry]) for line in lines)
    said = [
        {"line": str(line)} | ({"amount": money_text(amount, entry.currency)} if told else {}) for line, amount in parts
    ]
    record(split_up, member, entry, before=before, after={"parts": said})
    return made


@action(_("joined the parts of {subject}"))
def join(entry, member) -> Entry:
    """The parts are one row again, which waits for a line. Refused: parts in a month that is shut."""
    entry = held(entry, member, waits=Wait.SPLIT)
    parts, moved = assigning.held(member.workspace, entry.parts.filter(undone_at=None)), assigning.Moved()
    for part in parts:
        if not part.waits:
            assigning.refuse_shut(member, part)
            moved.away(part)
        part.undone_at, part.waits = member.workspace.now(), Wait.UNMATCHED
    Entry.objects.bulk_update(parts, ["undone_at", "waits"])
    moved.post(member)
    entry.waits, entry.line, entry.purchase = Wait.UNMATCHED, None, None
    entry.save(update_fields=["waits", "line", "purchase"])
    record(join, member, entry, before={"parts": len(parts)})
    return entry


def held(entry, member, **state) -> Entry:
    """The row, locked. Refused: one that is gone, a part, one that is split when it should not be, or not."""
    asked = Entry.objects.of(member.workspace).filter(pk=entry.pk, undone_at=None, **state)
    found = assigning.held(member.workspace, asked)
    if not found or found[0].split_of_id or (not state and found[0].waits == Wait.SPLIT):
        raise Refused(__("This row cannot be split. Reload the page."))
    return found[0]


def refuse_parts(entry, parts):
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Refused(__("A row is split into two to %(most)s parts.") % {"most": MOST_PARTS}, "parts")
    if len({line.pk for line, _amount in parts}) != len(parts):
        raise Refused(__("Each line takes one part."), "parts")
    if any(not amount or (amount > 0) != (entry.amount > 0) for _line, amount in parts):
        raise Refused(__("Every part has an amount, above zero or below as the row has."), "parts")
    total = sum(amount for _line, amount in parts)
    if total != entry.amount:
        raise Refused(
            __("The parts add up to %(total)s, the row to %(amount)s.")
            % {"total": money_text(total, entry.currency), "amount": money_text(entry.amount, entry.currency)},
            "parts",
        )

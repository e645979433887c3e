"""Placing what no rule placed, and teaching the rule: "always for this vendor"."""

from collections import defaultdict

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.calendar.models import Period
from planning.people.models import Side
from planning.shared import periods
from planning.shared.locking import lock, lock_all
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import booking, matching
from .models import Entry, Import, Rule, Source, Wait


@action(_("placed spend on {subject}"))
def assign(member, line, entry_ids, always: bool = False) -> int:
    """Make these entries actuals of a line; `always` teaches a rule for their vendors and asks it about all that waits.

    Gives the number of entries placed, by the rule too. Refused: entries that are gone or without a date, a line of
    another year, and taking a posted entry out of a closed month. What lacks a rate or lies in a closed month keeps the
    line and goes on waiting.
    """
    entries = lock_all(Entry.objects.of(member.workspace).live().filter(pk__in=entry_ids))
    if not entries or len(entries) != len(set(entry_ids)):
        raise Refused(__("Some of these rows are not there any more. Reload the page."))
    refuse_other_years(member.workspace, line, entries)
    sums = place(member, line, entries)
    placed = len(entries)
    for batch_id, rows in sorted(sums.items()):
        post(batch_id, member, rows)
    if always:
        teach(member, line, entries)
        placed += len(apply_rules(member))
    amount = sum(entry.converted or 0 for entry in entries)
    record(assign, member, line, after={"entries": len(entries), "amount": amount, "always": always, "placed": placed})
    return placed


@action(_("asked the rules again about what waits in {subject}"))
def ask_again(member) -> int:
    """Apply rules, rates and reopened months to everything that waits. Gives the number of entries that moved."""
    moved = apply_rules(member)
    record(ask_again, member, member.workspace, after={"placed": len(moved)})
    return len(moved)


@action(_("took away the rule {subject}"))
def forget(rule, member) -> None:
    """Take a rule away. What it placed stays placed."""
    rule = lock(Rule.objects.of(member.workspace), rule.pk)
    record(forget, member, rule, before={"line": str(rule.line)})
    rule.delete()


def refuse_other_years(workspace, line, entries):
    months = set(periods.months(workspace, line.budget.year))
    for entry in entries:
        if entry.month is None:
            raise Refused(__("Row %(row)s has no date, so it belongs to no year.") % {"row": entry.row}, "line")
        if entry.month not in months:
            raise Refused(
                __("%(entry)s is of %(day)s; that line is of the year %(year)s.")
                % {"entry": entry, "day": entry.posting_date, "year": line.budget.year},
                "line",
            )


def place(member, line, entries) -> dict:
    """Put entries on the line; gives {import id: {(line id, month): amount}} to post, what leaves another line
    negative."""
    shut = shut_months(member)
    sums = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        closed = any(start <= entry.posting_date < end for start, end in shut)
        if not entry.waits:
            if closed:
                raise Refused(__("%(entry)s lies in a closed month; finance reopens it first.") % {"entry": entry})
            sums[entry.batch_id][entry.line_id, entry.month] -= entry.converted
        entry.line, entry.rule = line, None
        entry.waits = Wait.RATE if entry.converted is None else Wait.CLOSED if closed else Wait.POSTED
        if not entry.waits:
            sums[entry.batch_id][line.pk, entry.month] += entry.converted
    Entry.objects.bulk_update(entries, ["line", "rule", "waits"], batch_size=2000)
    return sums


def shut_months(member) -> list[tuple]:
    """[starts, ends) of the months this member may not post in."""
    closed = [Period.State.CLOSED] if member.side == Side.FINANCE else [Period.State.CLOSED, Period.State.SOFT]
    return list(Period.objects.of(member.workspace).filter(state__in=closed).values_list("starts_on", "ends_on"))


def post(batch_id, member, rows):
    batch = Import.objects.select_related("workspace").get(pk=batch_id)
    booking.post_sums(batch, member, [(line, month, amount) for (line, month), amount in rows.items() if amount])


def teach(member, line, entries) -> None:
    """One rule a vendor: rows of this vendor belong to this line. An earlier rule of just that vendor gives way."""
    for vendor_id, key in {(entry.vendor_id, "" if entry.vendor_id else entry.vendor_key) for entry in entries}:
        if vendor_id or key:
            facts = {
                "workspace": member.workspace,
                "source": None,
                "vendor_id": vendor_id,
                "vendor_key": key,
                "department": "",
                "category_text": "",
                "account": "",
                "cost_centre": "",
            }
            Rule.objects.filter(**facts, line__budget=line.budget).delete()
            Rule.objects.create(**facts, line=line, learned_from=member, learned_at=member.workspace.now())


def apply_rules(member) -> list:
    """Ask the rules about everything that waits, source by source, and post what no longer does."""
    moved = []
    for source in Source.objects.of(member.workspace).order_by("pk"):
        changed = [row for row in matching.rematch(member.workspace, source, member) if row[5] == Wait.POSTED]
        moved += changed
        sums = defaultdict(lambda: defaultdict(int))
        for _id, batch_id, line_id, month, converted, _waits in changed:
            sums[batch_id][line_id, month] += converted
        for batch_id, rows in sorted(sums.items()):
            post(batch_id, member, rows)
    return moved


def lines_to_choose(workspace):
    """Lines in force of the agreed budgets, the newest year first, with their names."""
    lines = Line.objects.of(workspace).select_related("budget")
    return lines.filter(
        revisions__in_force__endswith=None, revisions__in_force__isnull=False, revisions__removed=False
    ).distinct()

"""Placing what no rule placed, and teaching the rule: "always for this vendor"."""

from collections import defaultdict

from django.db.models import Q
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared import periods
from planning.shared.locking import lock, lock_all
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import invoices, matching, payroll, posting
from .models import Entry, Import, Rule, Source, Wait
from .typed import documents, replacing

SHUT = _("%(entry)s lies in a closed month; finance reopens it first.")


@action(_("placed spend on {subject}"))
def assign(member, line, entry_ids, always: bool = False) -> int:
    """Make these entries actuals of a line; `always` teaches a rule for their vendors and asks it about all that waits.

    Gives the number of entries placed, by the rule too. Refused: entries that are gone or without a date, a line of
    another year, and taking a posted entry out of a closed month. What lacks a rate or lies in a closed month keeps
    the line and goes on waiting; what is an invoice of a purchase goes on being one. Also refused: payroll on a line
    that is not of people cost.
    """
    chosen = Entry.objects.of(member.workspace).live().filter(pk__in=entry_ids)
    entries = held(member.workspace, chosen)
    if not entries or len(entries) != len(set(entry_ids)):
        raise Refused(__("Some of these rows are not there any more. Reload the page."))
    refuse_other_years(member.workspace, line, entries)
    moved = place(member, line, entries)
    placed = len(entries)
    moved.post(member)
    if always:
        teach(member, line, entries)
        placed += len(apply_rules(member))
    after = {"entries": len(entries), "always": always, "placed": placed}
    if payroll.amounts_told(line, entries):
        after["amount"] = sum(entry.converted or 0 for entry in entries)
    record(assign, member, line, after=after)
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


def place(member, line, entries) -> "Moved":
    """Put entries on the line; gives what is to be posted of it."""
    payroll.refuse_elsewhere(line, entries)
    posting.hold_months(member.workspace, {entry.books_in for entry in entries})
    shut, moved, came = posting.shut_months(member), Moved(), []
    for entry in entries:
        closed = entry.books_in in shut
        if not entry.waits:
            if closed:
                raise Refused(SHUT % {"entry": entry})
            moved.away(entry)
        entry.line, entry.rule = line, None
        entry.waits = Wait.RATE if entry.converted is None else Wait.CLOSED if closed else Wait.POSTED
        if not entry.waits:
            came.append(entry)
    Entry.objects.bulk_update(entries, ["line", "rule", "waits"], batch_size=2000)
    moved.gone = recognised(member, came)
    for entry in came:
        moved.here(entry)
    return moved


def recognised(member, entries) -> list[Entry]:
    """Look whether these rows, on their lines now, are invoices of purchases. Gives the typed ones they replace."""
    if not entries:
        return []
    ids = [entry.pk for entry in entries]
    gone = replacing.give_way_to_placed(member.workspace, member, ids)
    invoices.recognise(member.workspace, entries=ids)
    purchases = dict(Entry.objects.filter(pk__in=ids).values_list("pk", "purchase"))
    for entry in entries:
        entry.purchase_id = purchases[entry.pk]
    return gone


def held(workspace, entries) -> list[Entry]:
    """These entries, locked, and before them their imports, which number what is posted; nobody types meanwhile."""
    documents.share(workspace)
    lock_all(Import.objects.filter(pk__in=entries.order_by().values("batch")))
    return lock_all(entries.select_related("workspace"))


class Moved:
    """What entries leave and where they come, by import: to be posted once all of them are saved. `gone` are typed
    entries that they replace."""

    def __init__(self):
        self.gone = []
        self.sums = defaultdict(lambda: defaultdict(int))
        self.purchases = defaultdict(set)

    def away(self, entry):
        self._moves(entry, -entry.converted)

    def here(self, entry):
        self._moves(entry, entry.converted)

    def _moves(self, entry, amount):
        if entry.purchase_id:
            self.purchases[entry.batch_id].add(entry.purchase_id)
        else:
            self.sums[entry.batch_id][entry.line_id, entry.books_in] += amount

    def post(self, member):
        for batch_id in sorted(self.sums.keys() | self.purchases.keys()):
            batch = Import.objects.select_related("workspace").get(pk=batch_id)
            rows = [(line, month, amount) for (line, month), amount in self.sums[batch_id].items()]
            posting.book(batch, member, rows, self.purchases[batch_id])
        for typed in self.gone:
            replacing.exchange(typed, member, replacing.LEDGER)


def refuse_shut(member, entry) -> None:
    """Hold the month an entry is booked in. Refused: a month this member may not post in."""
    posting.hold_months(member.workspace, {entry.books_in})
    if entry.books_in in posting.shut_months(member):
        raise Refused(SHUT % {"entry": entry})


def teach(member, line, entries) -> None:
    """One rule a vendor: rows of this vendor belong to this line. An earlier rule of just that vendor gives way."""
    names = {(entry.vendor_id, "" if entry.vendor_id else entry.vendor_key): entry.vendor_name for entry in entries}
    for (vendor_id, key), name in names.items():
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
                "document": "",
            }
            Rule.objects.filter(**facts, line__budget=line.budget).delete()
            spelled = "" if vendor_id else name[:200]
            taught = {"spelled": spelled, "learned_from": member, "learned_at": member.workspace.now()}
            Rule.objects.create(**facts, **taught, line=line)


def apply_rules(member) -> list:
    """Ask the rules about everything that waits, source by source, and post what no longer does."""
    workspace, moved, gone = member.workspace, [], []
    documents.share(workspace)
    waiting = Entry.objects.of(workspace).live().exclude(waits=Wait.POSTED).exclude(month=None)
    lock_all(Import.objects.filter(pk__in=waiting.order_by().values("batch")))
    posting.hold_months(workspace, set(waiting.order_by().values_list("month", flat=True).distinct()))
    for source in Source.objects.of(workspace).order_by("pk"):
        changed = [row for row in matching.rematch(workspace, source, member) if row[2] == Wait.POSTED]
        moved += changed
        by_import = defaultdict(list)
        for entry_id, batch_id, _waits in changed:
            by_import[batch_id].append(entry_id)
        for batch_id, entries in sorted(by_import.items()):
            gone += post(batch_id, member, entries)
    for typed in gone:
        replacing.exchange(typed, member, replacing.LEDGER)
    return moved


def post(batch_id, member, entry_ids) -> list[Entry]:
    """Post entries of one import that were waiting until now, as invoices where they are one. Gives the typed ones they
    replace."""
    batch = Import.objects.select_related("workspace").get(pk=batch_id)
    gone = replacing.give_way(batch.workspace, member, replacing.pairs(batch.workspace, entries=entry_ids))
    invoices.recognise(batch.workspace, entries=entry_ids)
    rows = Entry.objects.of(batch.workspace).filter(Q(pk__in=entry_ids) | Q(split_of__in=entry_ids))
    posting.post(batch, member, rows)
    return gone

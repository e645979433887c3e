"""Was this paid twice? Payments of one vendor, of one amount, a few days apart: shown to a person, never decided.

Rows of one document in one file are an invoice's own lines and left alone, as is what was given back since. The
likeliest come first: a document number that is the same but for signs and zeros, then the largest money. What a person
looked at and found right is remembered with the reason, and shown apart; it may be looked at again.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock, lock_all
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .models import Dismissal, Entry

DAYS, SMALLEST, SHOWN = 10, 50, 100
IN_MEMORY = "SET LOCAL work_mem = '64MB'"  # every payment is put into order
# A document without its signs and leading zeros; and what is left of it where only 1 to 9 count, which is the same
# wherever the first is, and quickly asked of a million rows.
PLAIN = "regexp_replace(regexp_replace(lower({0}), '[^a-z0-9]', '', 'g'), '(^|[a-z])0+', '\\1', 'g')"
DIGITS = "translate({0}, translate({0}, '123456789', ''), '')"
PAIRS = """
WITH pairs AS (
    SELECT e.id, e.weight, e.amount, e.currency, e.vendor_key, e.posting_date, e.document,
           lag(e.id) OVER same AS earlier, lag(e.document) OVER same AS earlier_document,
           e.posting_date - lag(e.posting_date) OVER same AS days,
           e.batch_id = lag(e.batch_id) OVER same AND e.document = lag(e.document) OVER same AS one_invoice
      FROM spend_entry e
     WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.waits <> 'split' AND e.split_of_id IS NULL
       AND e.kind IN ('invoice', 'card') AND e.amount > 0 AND e.weight >= %(smallest)s AND e.vendor_key <> ''
       AND (%(first)s::date IS NULL OR e.posting_date >= %(first)s)
       AND (%(last)s::date IS NULL OR e.posting_date <= %(last)s)
    WINDOW same AS (PARTITION BY e.amount, e.currency, e.vendor_id, CASE WHEN e.vendor_id IS NULL THEN e.vendor_key END
                        ORDER BY e.posting_date, e.id)
), alike AS (
    SELECT p.*, CASE WHEN {digits} = {earlier_digits} THEN {plain} <> '' AND {plain} = {earlier_plain}
                     ELSE false END AS same_document
      FROM pairs p WHERE p.earlier IS NOT NULL AND NOT p.one_invoice
)
SELECT p.earlier, p.id, p.days, p.same_document FROM alike p
 WHERE (p.days <= %(days)s OR p.same_document)
   AND NOT EXISTS (SELECT FROM spend_entry back WHERE back.workspace_id = %(workspace)s AND back.undone_at IS NULL
                      AND back.amount < 0 AND back.vendor_key = p.vendor_key AND back.amount = -p.amount
                      AND back.currency = p.currency AND back.posting_date >= p.posting_date)
   AND NOT EXISTS (SELECT FROM spend_dismissal d WHERE d.workspace_id = %(workspace)s AND d.entry_id = p.earlier
                      AND d.again_id = p.id)
 ORDER BY p.same_document DESC, p.weight DESC, p.id LIMIT %(shown)s
"""
FIND = PAIRS.format(
    plain=PLAIN.format("p.document"),
    digits=DIGITS.format("p.document"),
    earlier_plain=PLAIN.format("p.earlier_document"),
    earlier_digits=DIGITS.format("p.earlier_document"),
)


@dataclass(frozen=True)
class Repeat:
    """`again` was paid `days` after `entry`, the same amount to the same vendor."""

    entry: Entry
    again: Entry
    days: int
    same_document: bool


def repeats(workspace, first=None, last=None) -> list[Repeat]:
    """Payments that may be one paid twice, the likeliest first."""
    facts = {"workspace": workspace.pk, "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(IN_MEMORY)
        cursor.execute(FIND, facts | {"days": DAYS, "smallest": SMALLEST, "shown": SHOWN})
        found = cursor.fetchall()
    ids = {pk for row in found for pk in row[:2]}
    rows = Entry.objects.of(workspace).select_related("vendor").in_bulk(ids)
    return [Repeat(rows[earlier], rows[again], days or 0, same) for earlier, again, days, same in found]


@action(_("found that {subject} was not paid twice"))
def dismiss(entry, again, member, reason: str) -> Dismissal:
    """These two payments are two: they are not shown again as one paid twice. The reason is kept.

    Refused: without a reason, rows that are gone, and a pair somebody dismissed already.
    """
    if not reason.strip():
        raise Refused(__("Say why these are two payments: the auditors read it."), "reason")
    pair = Entry.objects.of(member.workspace).filter(pk__in=[entry.pk, again.pk], undone_at=None)
    if entry.pk == again.pk or len(lock_all(pair)) < 2:
        raise Refused(__("One of these rows is not there any more. Reload the page."))
    facts = {"said_by": member, "said_at": member.workspace.now(), "reason": reason.strip()}
    said, fresh = Dismissal.objects.get_or_create(workspace=member.workspace, entry=entry, again=again, defaults=facts)
    if not fresh:
        raise Refused(__("%(person)s said so already.") % {"person": said.said_by})
    record(dismiss, member, again, after={"earlier": str(entry), "amount": again.amount}, note=reason)
    return said


@action(_("asked again whether {subject} was paid twice"))
def look_again(dismissal, member) -> None:
    """Take a dismissal back: the two payments are shown again."""
    dismissal = lock(Dismissal.objects.of(member.workspace).select_related("entry", "again"), dismissal.pk)
    record(look_again, member, dismissal.again, before={"earlier": str(dismissal.entry)}, note=dismissal.reason)
    dismissal.delete()


def dismissed(workspace) -> list[Dismissal]:
    """What people found right, the newest first."""
    said = Dismissal.objects.of(workspace).filter(entry__undone_at=None, again__undone_at=None)
    return list(said.select_related("entry__vendor", "again", "said_by__user").order_by("-said_at", "-pk")[:SHOWN])

"""Two vendors turn out to be one, or two again: what was typed of a document that the other one's ledger holds.

Merged, both names say the same document, so the typed one gives way to the ledger's actual, as it does when a name is
learned later; taken back, it counts again. Whoever merges holds the documents, so nobody types or books meanwhile.
"""

from planning.vendors.merging import acting
from planning.vendors.models import Merge

from . import assigning, known_names
from .models import Entry
from .typed import documents, replacing, undoing

KEPT = "invoices"  # in what a merge remembers: {typed import: rows that became invoices of its purchase}


def merged(gone, kept, member, note: str = "") -> Merge:
    """`acting.merge`, and what was typed gives way. Refused as that is, while a ledger is booked, and while something
    typed that would give way lies in a month that is shut."""
    documents.hold(member.workspace)
    made = acting.merge(gone, kept, member, note)
    said_twice = replacing.pairs(member.workspace, vendor=made.kept)
    if said_twice:
        replaced = known_names.give_way(member, [row for rows in said_twice.values() for row in rows])
        made.before[KEPT] = {str(typed): rows for typed, rows in replaced.items()}
        made.save(update_fields=["before"])
    return made


def taken_apart(merge, member, note: str = "") -> list[Entry]:
    """`acting.unmerge`; gives the typed entries that count again. Refused as that is, and in a month that is shut."""
    documents.hold(member.workspace)
    merge = acting.unmerge(merge, member, note)
    replaced = {int(typed): rows for typed, rows in merge.before.get(KEPT, {}).items()}
    for batch_id, rows in sorted(replaced.items()):
        let_go(member, Entry.objects.get(batch=batch_id, split_of=None), rows)
    back = replacing.come_back(member.workspace, member, pk__in=replaced, replaced_by__isnull=False)
    for typed in back:
        replacing.exchange(typed, member, replacing.TYPED)
    return back


def let_go(member, typed, rows) -> None:
    """Rows that the merge made invoices of the typed one's purchase, and still are, are invoices of none again."""
    if not undoing.held(member.workspace, typed.batch_id).replaced_by_id:
        return
    moved = assigning.Moved()
    for row in assigning.held(member.workspace, Entry.objects.filter(pk__in=rows, purchase=typed.purchase_id)):
        assigning.refuse_shut(member, row)
        moved.away(row)
        row.purchase_id = None
        row.save(update_fields=["purchase"])
        moved.here(row)
    moved.post(member)

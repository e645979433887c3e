"""A restricted purchase: its amount is in every total, its words are for its approvers and the auditor (rules.md,
Budgets).

Whoever asks for it, or a lead, ticks it: a search for a successor, an acquisition, an investigation. From then on
title, reason, vendor, items, conditions, questions, decisions and invoices are read by

* who asks for it;
* those who hold, held open or turned a seat of one of its papers, or answer or prepare for it, leads where a seat
  names a side, and their deputies on the days they stand in; so also finance where it has a seat;
* auditors.

For everybody else it is not there: its page and its API are 404 like those of another workspace, as a row that says
"something secret, 48,000" invites the question it should not. Its amount stays on its lines (reserved, committed,
actual: budgets keep amounts and no words) and in the bypass share; the list says what such purchases come to
together. The same two people who would have decided decide.

There is one place: `purchases_hidden()` in Postgres (found once for a page, 0002), which the tables with its words ask
(purchase, items, conditions, papers, seats, quotes and their files, history, ledger rows). Actions and the clock see
the whole; what they tell goes through `tell` here, to readers alone, and its label in history and mail is its number.

A vendor whose name it brought is kept back with it (`Vendor.kept_back`), and joins the register once it is approved,
because then it is ordered and paid; or before, when anybody else names it in a request, a line, a contract or a ledger.
Whoever adds a vendor of that name gets it, and learns nothing.
"""

from django.db import connection

from planning.notices.telling import tell as tell_all

from .holding import url_of

MAY_READ = "SELECT m FROM unnest(%s::bigint[]) AS m WHERE purchases_may_read(%s, m)"


def tell(purchase, members, entry, *, needs: bool = False):
    """Deliver an entry about a purchase that is held; of a restricted one, to those who may read it."""
    if purchase.restricted:
        members = readers(purchase.pk, [member for member in members if member])
    return tell_all(members, entry, url=url_of(purchase), needs=needs)


def readers(purchase_id: int, members) -> list:
    """Those of `members` who may read a restricted purchase."""
    with connection.cursor() as cursor:
        cursor.execute(MAY_READ, [[member.pk for member in members], purchase_id])
        may = {pk for (pk,) in cursor.fetchall()}
    return [member for member in members if member.pk in may]


def unseen() -> dict | None:
    """{count, value} of the restricted purchases that whoever asks does not see; None without any. Value in the
    workspace's currency, of those that wait or stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM purchases_unseen()")
        count, value = cursor.fetchone()
    return {"count": count, "value": value} if count else None

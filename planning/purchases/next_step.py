"""Whose move is it, and what comes next? One sentence for each state of a request."""

from django.utils.formats import date_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from planning.shared.templatetags.frame import seat_word
from planning.signoffs.models import OPEN_STATES, Duty, Paper, Seat
from planning.signoffs.ruling import SEAT as SPONSOR

from .models import State
from .rules import SIDES

UNDECIDED = (*OPEN_STATES, Seat.State.WAITING)

FROM_HERE = {
    State.ORDERED: _("Next: note what is delivered. Invoices that carry %(number)s find it by themselves."),
    State.RECEIVED: _("All of it is delivered. Next: its last invoice, and then it is closed."),
    State.INVOICED: _("Its last invoice is in. Next: close it; what is left of its money goes back to its lines."),
    State.CLOSED: _("Nothing more comes: what was left of its money is back on its lines."),
    State.WITHDRAWN: _("%(person)s took it back, and its money is free again. It can be changed and sent anew."),
    State.EXPIRED: _("Nobody decided in time, and its money is free again. %(person)s can send it anew."),
}


def next_of(purchase, case=None) -> str:
    """What happens now with `purchase`, for everybody who reads it, in words. Its paper's seats and duties are read;
    `case` is the retrospective approval it was drafted for."""
    seats = purchase.paper.seats.all() if purchase.paper else []
    words = {"person": purchase.requester.name, "number": purchase.order_number}
    if purchase.is_draft:
        return __("A draft: it holds no money and asks nobody until %(person)s sends it.") % words
    if purchase.is_waiting:
        return waiting(purchase, seats, words)
    if purchase.state == State.REJECTED:
        no = next((seat for seat in seats if seat.state in (Seat.State.REJECTED, Seat.State.BLOCKED)), None)
        words["who"] = no.decided_by.name if no else __("An approver")
        return __("%(who)s said no, and its money is free again. %(person)s can change it and send it anew.") % words
    if purchase.state == State.APPROVED:
        if purchase.framework:
            return __("Approved. Next: order it; then its call-offs take the money, with one key each.")
        if case:
            return after_the_fact(case)
        return __("Approved, and its money is committed. Next: order it from the vendor and note the order’s number.")
    return str(FROM_HERE[purchase.state]) % words


def after_the_fact(case) -> str:
    """What comes next with what was bought before it was approved."""
    words = {"vendor": case.vendor, "person": case.owner.name}
    if case.state == "adopted":
        return (
            __("Approved, and %(vendor)s is adopted: what was paid before are its invoices. Order only what is new.")
            % words
        )
    return (
        __("Approved, and its money is committed. It was bought already. Next: %(person)s or a lead adopts %(vendor)s.")
        % words
    )


def after_emergency(purchase) -> str:
    """What is still asked about a purchase that a lead committed as an emergency; nothing while it is not committed."""
    paper = purchase.paper
    if not purchase.emergency or paper is None or purchase.is_waiting:
        return ""
    if paper.state == Paper.State.REFUSED:
        return __("The keys asked afterwards were refused.")
    asked = {seat.name: called(seat) for seat in paper.seats.all() if seat.state in UNDECIDED}
    keys = ", ".join(word for name, word in asked.items() if name in SIDES)
    others = ", ".join(word for name, word in asked.items() if name not in (*SIDES, SPONSOR))
    if not paper.is_open or not asked:
        return __("Its second key is turned.")
    if not keys:
        return __("Its second key is turned; %(who)s is still asked below.") % {"who": others}
    said = [__("Its second key is asked for below: %(who)s.") % {"who": keys}]
    if SPONSOR in asked:
        said.append(
            __("Two business days went by, so the sponsor is asked to rule: %(who)s.") % {"who": asked[SPONSOR]}
        )
    else:
        said.append(__("After two business days the sponsor rules."))
    return " ".join([*said, *([__("Also asked: %(who)s.") % {"who": others}] if others else [])])


def waiting(purchase, seats, words) -> str:
    asked = [seat.decided_by.name for seat in seats if seat.state == Seat.State.ASKED and seat.decided_by]
    if asked:
        words["who"] = __(" and ").join(asked)
        return __("%(who)s asked for more. It is %(person)s’s move; the clock rests until the answer is there.") % words
    duties = [duty for duty in purchase.paper.duties.all() if duty.state == Duty.State.OPEN]
    open_ones = [*duties, *(seat for seat in seats if seat.is_open)]
    words["who"] = ", ".join(dict.fromkeys(map(called, open_ones)))
    words["day"] = date_format(purchase.expires_on, "j M Y")
    if purchase.is_changing:
        return __("The change waits for %(who)s. Undecided by %(day)s, it falls back to what was approved.") % words
    if purchase.framework:
        return __("It waits for %(who)s. Undecided by %(day)s, it ends by itself.") % words
    return __("It waits for %(who)s. Its money is held until %(day)s; undecided by then, it comes back.") % words


def whose_move(purchase) -> str:
    """Who has to move, for a list, and since when: those who are asked now (`waiting.asked_of`), or who was asked for
    more."""
    if not purchase.is_waiting:
        return ""
    open_ones = [*purchase.paper.open_duties, *purchase.paper.open_seats]
    names = dict.fromkeys(one.held_by or word_of(one) for one in open_ones)
    people = purchase.requester.name if purchase.state == State.INFORMATION else ", ".join(names)
    days = purchase.waits_for_days
    return (
        ngettext("%(people)s, one day", "%(people)s, %(days)s days", days) % {"people": people, "days": days}
        if days
        else people
    )


def called(one) -> str:
    """Whose move a key or a duty is: a person, or any lead of a side."""
    word = word_of(one)
    return f"{one.holder.name} ({word})" if one.holder else __("any lead of %(side)s") % {"side": word}


def word_of(one) -> str:
    return one.role_name if isinstance(one, Duty) else str(seat_word(one.name))

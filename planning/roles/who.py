"""Who decides about a purchase, seat by seat? Read from the one row that governs it, as its snapshot is."""

from decimal import Decimal

from .routing.row import Row, Stand, row_for

DECIDING = "AG"  # who decides, then who must agree
SPECIALISTS = ("security", "legal")


def answers(workspace, seats, amount: Decimal, category=None, domain="") -> dict[str, Stand | None]:
    """Whom the row of the matrix in force that governs a purchase of `amount` (workspace's currency, net total) names
    for each of `seats`: marketing, technology, finance, security or legal.

    None when no row governs it, or no role of that seat decides or must agree there; a stand without a member when that
    role is vacant today. The caller's own fallback (a lead, whose authority is unlimited) takes such a seat.
    """
    return named(row_for(workspace, "purchase", amount, category, domain), seats)


def named(row: Row | None, seats) -> dict[str, Stand | None]:
    """The same by the row, when that is known already."""
    return {seat: row and seat_in(row, seat) for seat in seats}


def seat_in(row: Row, seat: str) -> Stand | None:
    """The role of `seat` that decides in a row, else the one that must agree there; the leftmost of several."""
    return next((stand for letter in DECIDING for stand in row.of(letter) if sits(stand, seat)), None)


def sits(stand: Stand, seat: str) -> bool:
    """A side's seat is for that side's roles; security's and legal's for the roles of that key, on any side."""
    return stand.role == seat if seat in SPECIALISTS else stand.side == seat and stand.role not in SPECIALISTS

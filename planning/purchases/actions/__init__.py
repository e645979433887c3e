"""What people and the clock can do with a purchase. One file a step of its life; all of them are reached from here."""

from .changing import change
from .deciding import answer, decide, settle_condition
from .drafting import discard, draft, edit, jot
from .fulfilling import close, invoice, number, order, receive
from .restricting import restrict
from .ruling import propose_rules, sign_rules, withdraw_rules, write_rules
from .rushing import rush, take_to_sponsor
from .submitting import expire, submit, withdraw

__all__ = [
    "answer",
    "change",
    "close",
    "decide",
    "discard",
    "draft",
    "edit",
    "expire",
    "invoice",
    "jot",
    "number",
    "propose_rules",
    "order",
    "receive",
    "restrict",
    "rush",
    "settle_condition",
    "sign_rules",
    "submit",
    "take_to_sponsor",
    "withdraw",
    "withdraw_rules",
    "write_rules",
]

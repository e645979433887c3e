"""Which currency is meant? The codes there are, what a sign may mean, and what a heading of amounts names."""

import re
from functools import lru_cache

from babel import Locale
from django import forms
from django.utils.translation import gettext as _

from .amounts import DOLLARS, SIGNS
from .refusals import Refused

MEANT = {sign: (code,) for sign, code in SIGNS.items()} | {"$": DOLLARS, "¥": ("JPY", "CNY")}
NAMED = {sign: code for sign, code in SIGNS.items() if sign != "$"} | {
    "STERLING": "GBP",
    "EURO": "EUR",
    "EUROS": "EUR",
}
USUAL = {*SIGNS.values(), *DOLLARS, "CHF"}  # known in small letters too; CUP, TOP or ALL are words first


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Every code of a currency, of today and of before."""
    return frozenset(Locale("en").currencies)


def known(said: str, field: str = "currency") -> str:
    """A code of a currency, as it is kept. Refused in words: what is none."""
    code = said.strip().upper()
    if code not in codes():
        raise Refused(
            _("“%(code)s” is no currency we know. Say its code of three letters, like EUR.") % {"code": said[:12]},
            field,
        )
    return code


class CurrencyField(forms.CharField):
    """A typed code, as it is kept."""

    def __init__(self, **kwargs):
        super().__init__(min_length=3, max_length=3, **kwargs)

    def clean(self, value):
        said = super().clean(value)
        try:
            return known(said) if said else ""
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


def may_be(sign: str, code: str) -> bool:
    """Whether a sign or a code beside an amount can mean the currency `code`."""
    return code in MEANT.get(sign, (sign,))


def named_in(heading: str) -> str:
    """The currency that a heading of amounts names: “Value in EUR”, “amount (gbp)”, “Amount £”; empty when none."""
    for word in re.findall(r"[^\W\d_]+|£|€|¥|₽|₹", heading):
        code = NAMED.get(word.upper(), word.upper())
        if code in USUAL or word.isupper() and not heading.isupper() and code in codes():
            return code
    return ""


def proposed(found: tuple[str | None, bool], ours: str, heading: str = "") -> tuple[str, bool]:
    """(code, certain) of a column of amounts. `found` as `amounts.decide` says it of the cells, `ours` the workspace's.

    A sign beside the amounts settles it; dollars are somebody's; no sign at all means the workspace's own. Another one
    that the heading names goes first, and a person looks unless the signs agree.
    """
    named, (code, certain) = named_in(heading), found
    if named and named != ours:
        return named, certain and named == code
    if code == "USD" and ours in DOLLARS:
        return ours, True
    return (code, certain) if code else (ours, True)

"""A mapping from outside, made into one we can trust: known keys, known styles, nothing else."""

from django.utils.translation import gettext as _

from planning.shared import amounts, encodings
from planning.shared.delimited import DELIMITERS
from planning.shared.refusals import Refused

from ..models import OwnerSide
from . import dimensions
from .columns import SEVERAL
from .words import WORDS

CHOICES = {
    "delimiter": DELIMITERS,
    "decimal": (".", ","),
    "negative": amounts.NEGATIVES,
    "all_side": tuple(OwnerSide.values),
    "below_zero": ("refuse", "offset"),
    "new_categories": ("create", "refuse"),
}


def cleaned_mapping(mapping: dict) -> dict:
    """`mapping` with its keys checked; what is empty is left out. Refused, naming the key: what is not possible."""
    clean = {}
    for key, value in mapping.items():
        if key == "columns":
            clean[key] = {name: columns(name, said) for name, said in value.items()}
        elif key == "months":
            clean[key] = months(value)
        elif key == "dimensions":
            clean[key] = dimensions.cleaned(value)
        elif value not in (None, ""):
            clean[key] = one(key, value)
    return clean


def one(key, value):
    if key in CHOICES:
        return value if value in CHOICES[key] else wrong(key, value)
    if key == "encoding":
        return encodings.known(value) or wrong(key, value)
    if key == "header_row":
        return int(value) if str(value).isdecimal() and 1 <= int(value) <= 1000 else wrong(key, value)
    return str(value).strip()[:80] if key == "all_category" else wrong(key, value)


def columns(name, said):
    if name not in WORDS:
        wrong("columns", name)
    if name in SEVERAL:
        return [str(one) for one in said] if isinstance(said, list | tuple) else [str(said)] if said else []
    return str(said) if said else None


def months(value):
    value = [str(one) for one in value or []]
    if len(value) not in (0, 12) or len(set(value)) != len(value):
        raise Refused(_("Name twelve columns for the months, each once, or none."), "months")
    return value


def wrong(key, value):
    raise Refused(_("“%(value)s” is not possible for %(key)s.") % {"value": str(value)[:40], "key": key}, "mapping")

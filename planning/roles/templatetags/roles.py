"""Words for bands and days, and counts of letters."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.roles import grid
from planning.shared.templatetags.money import short_money

register = template.Library()


@register.filter
def tally(counts):
    return grid.tally(counts)


@register.filter
def tally_row(row):
    return grid.tally_row(row)


@register.filter
def of(found, key):
    """What a dictionary has under a key, nothing when it has nothing."""
    return found.get(key, ()) if found else ()


@register.simple_tag
def band(activity, currency):
    """An amount band in words: "from 25 k", "below 25 k", "25 k – 100 k"."""
    low, high = (short_money(amount, currency) for amount in (activity.low, activity.high))
    if low and high:
        return f"{low} – {high}"
    return _("from %(amount)s") % {"amount": low} if low else _("below %(amount)s") % {"amount": high}


@register.simple_tag
def days(period):
    """Days in words: "since 3 Jan 2026", "3 Jan 2026 – 4 Mar 2026" (the last day not included)."""
    first = date_format(period.lower, "j M Y") if period.lower else ""
    if period.upper is None:
        return _("since %(day)s") % {"day": first} if first else ""
    return f"{first} – {date_format(period.upper, 'j M Y')}"

"""Down to the cause: the page that explains a movement or a hold."""

import re

from django import template
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()
CAUSE = re.compile(r"^(?P<kind>[a-z]+\.[a-z]+):(?P<id>\d+)$")
WORDS = {
    "purchases.purchase": lambda: _("Purchase"),
    "spend.import": lambda: _("Import"),
    "spend.entry": lambda: _("Entry"),
    "budgets.transfer": lambda: _("Transfer"),
    "budgets.version": lambda: _("Version"),
}


@register.simple_tag(takes_context=True)
def cause_link(context, cause, closed=False, called=""):
    """{% cause_link movement.cause %}: "purchases.purchase:12" as a link to that page when the room has one; without it
    where the page is `closed` to the reader. `called`: its name, when it is known."""
    found = CAUSE.match(cause)
    if found is None:
        return cause
    kind, number = found["kind"], int(found["id"])
    words = f"{WORDS[kind]() if kind in WORDS else kind} {number}" if kind != "budgets.version" else _("Agreement")
    words = called or words
    url = None if closed else address(context["request"], kind, number)
    return format_html('<a href="{}">{}</a>', url, words) if url else words


def address(request, kind, number):
    """The page `<room>:<thing>` that takes the id alone; None when there is none."""
    room, thing = kind.split(".")
    try:
        return request.place(f"{room}:{thing}", number)
    except NoReverseMatch:
        return None

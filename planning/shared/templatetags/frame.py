"""The frame of every page: addresses inside the workspace, the rooms, the key that makes a form safe to send twice."""

import uuid
from dataclasses import dataclass
from functools import cache

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext_lazy

from planning.shared import marks
from planning.shared.wording import days_text

register = template.Library()


@dataclass(frozen=True)
class Room:
    """One entry of the navigation: the room's first page is the route `<name>:index`; it `holds` rooms without one."""

    name: str
    label: str
    icon: str
    on_phone: bool = False
    group: int = 1
    holds: tuple[str, ...] = ()


ROOMS = [
    Room("desk", pgettext_lazy("room", "Desk"), "desk", on_phone=True),
    Room("budgets", pgettext_lazy("room", "Budgets"), "budgets", on_phone=True),
    Room("spend", pgettext_lazy("room", "Spend"), "spend"),
    Room("purchases", pgettext_lazy("room", "Purchases"), "purchases", on_phone=True),
    Room("vendors", pgettext_lazy("room", "Vendors"), "vendors"),
    Room("kpis", pgettext_lazy("room", "KPIs"), "kpis"),
    Room("roles", pgettext_lazy("room", "Roles"), "roles"),
    Room("matters", pgettext_lazy("room", "Joint work"), "flag"),
    Room("reviews", pgettext_lazy("room", "Reviews"), "reviews", on_phone=True),
    Room("trail", pgettext_lazy("room", "History"), "history", group=2),
    Room("team", pgettext_lazy("room", "Settings"), "settings", group=2, holds=("calendar", "webhooks")),
]


@register.simple_tag(takes_context=True)
def place(context, name, *args):
    """{% place 'purchases:purchase' purchase.id %}: the address of a page inside the workspace of this request."""
    return context["request"].place(name, *args)


@register.simple_tag
def once():
    """{% once %} inside a POST form: however often this rendering of the form is sent, it is done once."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())


@register.simple_tag
def icon(name, label="", size=20):
    """{% icon 'bell' %}: a picture from static/img/icons.svg, hidden from screen readers unless it has a label."""
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" {1}><use href="{2}#{3}"></use></svg>',
        size,
        said,
        pictures(),
        name,
    )


@cache
def pictures():
    """A page has forty of them, all from one file."""
    return static("img/icons.svg")


@register.simple_tag(takes_context=True)
def rooms(context):
    """The rooms of this workspace, the open one marked; a room without a first page is left out."""
    request = context["request"]
    found = ((room, address(request, f"{room.name}:index")) for room in ROOMS)
    return [{"room": room, "url": url, "here": is_here(request, room, url)} for room, url in found if url]


@register.inclusion_tag("parts/nav.html", takes_context=True)
def nav(context):
    return {"entries": rooms(context)}


@register.simple_tag(takes_context=True)
def frame_links(context):
    """The frame's own addresses. One that is not served here is None, and its control is not drawn."""
    request = context["request"]
    inside = {name: address(request, route) for name, route in FRAME_LINKS.items()}
    return inside | {name: fixed(route) for name, route in FIXED_LINKS.items()}


FRAME_LINKS = {
    "home": "desk:index",
    "search": "desk:search",
    "notices": "notices:index",
    "bell": "notices:bell",
    "profile": "team:profile",
}
FIXED_LINKS = {"chooser": "chooser", "security": "mfa_index", "sign_out": "account_logout"}


def address(request, route):
    try:
        return request.place(route) if hasattr(request, "place") else None
    except NoReverseMatch:
        return None


def fixed(route):
    try:
        return reverse(route)
    except NoReverseMatch:
        return None


def is_here(request, room, url):
    """The desk stands at the workspace's root, which every other address begins with."""
    if room.name == "desk":
        return request.path == url
    held = filter(None, (address(request, f"{name}:index") for name in room.holds))
    return request.path.startswith((url, *held))


@register.simple_tag(takes_context=True)
def with_query(context, **changes):
    """This page's query with some of it changed: {% with_query page=2 %} → ?q=ads&page=2; None takes a key away."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return "?" + query.urlencode()


@register.filter
def waited(days) -> str:
    return days_text(days)


@register.filter
def side_label(side) -> str:
    """The word for a side's code: "marketing" → Marketing."""
    return marks.SIDES.get(str(side), str(side))


@register.filter
def initials(name) -> str:
    return marks.initials(name)


@register.filter
def tone(state) -> str:
    """How a state is drawn: achieved, green, amber, red, waiting or unknown."""
    return marks.tone_of(state)


@register.simple_tag
def status(state, word="", tone=""):
    """{% status kpi.status %} or {% status purchase.state purchase.get_state_display %}: shape, colour and word."""
    return marks.status(state, word, tone)


@register.simple_tag
def person(who, note=""):
    """{% person member "deputy" %}: initials coloured by side, with the name."""
    return marks.person(who, note)


@register.simple_tag
def side(code, word=""):
    """{% side "marketing" %}: a side's badge."""
    return marks.side(code, word)


@register.simple_tag
def seat_word(name):
    """Whom a seat speaks for, inside a sentence: "Approve for marketing"."""
    return marks.SEATS.get(str(name), str(name))

"""Small marks that stand for something everywhere: a status, a person, a side. Never colour alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

SIDES = {
    "marketing": _("Marketing"),
    "technology": _("Technology"),
    "finance": _("Finance"),
    "sponsor": _("Sponsor"),
    "guest": _("Guest"),
    "joint": _("Joint"),
    "both": _("Both sides"),
}
SEATS = {
    "marketing": _("marketing"),
    "technology": _("technology"),
    "finance": _("finance"),
    "security": _("security"),
    "legal": _("legal"),
    "sponsor": _("the sponsor"),
}
WORDS = {
    "achieved": _("Achieved"),
    "green": _("On track"),
    "amber": _("At risk"),
    "red": _("Off track"),
    "unknown": _("Unknown"),
    "waiting": _("Waiting"),
}
SHAPES = {
    "achieved": '<path d="M5 0 10 5 5 10 0 5Z"/>',
    "green": '<circle cx="5" cy="5" r="4.5"/>',
    "amber": '<path d="M5 .4 10 9.6H0Z"/>',
    "red": '<path d="M.6.6h8.8v8.8H.6Z"/>',
    "unknown": '<circle class="hollow" cx="5" cy="5" r="4"/>',
    "waiting": '<circle class="hollow" cx="5" cy="5" r="4"/><path d="M5 1a4 4 0 0 1 0 8Z"/>',
}
TONES = {
    "green": {
        "agreed",
        "approved",
        "confirmed",
        "signed",
        "done",
        "active",
        "in force",
        "fresh",
        "ordered",
        "received",
        "invoiced",
    },
    "amber": {
        "asked",
        "returned",
        "more information",
        "due",
        "overdue",
        "half-confirmed",
        "needs mapping",
        "ending",
        "warning",
    },
    "red": {"rejected", "refused", "failed", "disputed", "blocked", "missed", "error"},
    "waiting": {"open", "submitted", "proposed", "pending", "running", "entered", "soft"},
}


def tone_of(state: str) -> str:
    """How a state of any room is drawn: its own name for a KPI's status, else the group it belongs to, else unknown."""
    state = str(state).lower()
    if state in SHAPES:
        return state
    return next((tone for tone, states in TONES.items() if state in states), "unknown")


def status(state, word="", tone="") -> SafeString:
    """A state as a shape with its word: achieved ◆, green ●, amber ▲, red ■, unknown ○, waiting ◐."""
    tone = tone or tone_of(state)
    return format_html(
        '<span class="status tone-{}"><svg class="shape" viewBox="0 0 10 10" aria-hidden="true">{}</svg>{}</span>',
        tone,
        mark_safe(SHAPES[tone]),  # noqa: S308 - one of the constants above
        capfirst(word or WORDS.get(tone, state)),
    )


def side(code, word="") -> SafeString:
    """A side's badge: its word, on its own colour for the two sides."""
    return format_html('<span class="side side-{}">{}</span>', code or "none", word or SIDES.get(str(code), code))


def initials(name: str) -> str:
    words = [word for word in str(name).replace("@", " ").split() if word[0].isalnum()]
    return (words[0][0] + words[-1][0]).upper() if len(words) > 1 else str(name)[:2].upper()


def person(who, note="") -> SafeString:
    """A member (or user) with initials in the colour of their side, and the side's word for those who do not see it."""
    if who is None:
        return mark_safe("")
    code = getattr(who, "side", "") or "none"
    said = format_html('<span class="visually-hidden"> ({})</span>', SIDES[code]) if code in SIDES else ""
    small = format_html('<span class="person-note">{}</span>', note) if note else ""
    return format_html(
        '<span class="person"><span class="avatar side-{}" aria-hidden="true">{}</span>'
        '<span class="person-name">{}{}{}</span></span>',
        code,
        initials(who),
        who,
        said,
        small,
    )

"""Opt-out dates for a calendar to subscribe to: one whole day a contract, gone once both sides have decided."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Event

from planning.people.places import place
from planning.shared.templatetags.money import money

from .models import Contract

AHEAD = timedelta(days=400)
MOST = 500


def opt_out_events(workspace) -> list[Event]:
    """The last day to stop each contract that renews by itself and is undecided, from today on, the nearest first."""
    today = workspace.today()
    near = Contract.objects.of(workspace).renewing_between(today, today + AHEAD)
    return [event(workspace, contract) for contract in near[:MOST]]


def event(workspace, contract) -> Event:
    url = settings.SITE_URL.rstrip("/") + place(workspace, "vendors:contract", contract.pk)
    entry = Event()
    entry.add("uid", f"contract-{contract.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}")
    entry.add("sequence", contract.version + contract.renewals)
    entry.add("dtstamp", contract.added_at)
    entry.add("dtstart", contract.notice_by)
    entry.add("dtend", contract.notice_by + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("url", url)
    entry.add("summary", _("Last day to stop %(vendor)s") % {"vendor": contract.vendor})
    entry.add(
        "description",
        _("“%(contract)s” renews for %(months)s months: %(value)s %(currency)s.")
        % {
            "contract": contract.title,
            "months": contract.renewal_months,
            "value": money(contract.value, contract.currency),
            "currency": contract.currency,
        }
        + f" {url}",
    )
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Last day to stop %(vendor)s") % {"vendor": contract.vendor})
    alarm.add("trigger", timedelta(days=-7))
    entry.add_component(alarm)
    return entry

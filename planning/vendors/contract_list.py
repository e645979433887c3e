"""Every contract, in whichever currency and however it ends: the list below the picture of what renews by itself."""

from datetime import timedelta

from django.db.models import Case, DateField, F, When
from django.utils.translation import gettext as _

from planning.shared.tables import Column, Filter, Table

from .models import Contract
from .notice_dates import ACTIVE, ENDED, ENDING, RENEWING, UPCOMING
from .renewals import LOOK_AHEAD


def contract_table(request) -> Table:
    """Contracts by the last day for notice, the next one first. Values are of one term, net, each in its currency."""
    today = request.workspace.today()
    words = {
        "decided": (_("will renew, as decided"), "green"),
        "soon": (_("to be decided soon"), "amber"),
        "open": (_("can be stopped"), "green"),
        ACTIVE: (_("runs"), "green"),
        RENEWING: (_("too late to stop"), "red"),
        ENDING: (_("ends"), "waiting"),
        UPCOMING: (_("has not started"), "waiting"),
        ENDED: (_("ended"), "unknown"),
    }
    # What has ended comes last: a register of the last ten years would stand before what can still be stopped.
    ahead = Case(When(ends_on__gt=today, then=F("notice_by")), output_field=DateField())
    return Table(
        request,
        Contract.objects.of(request.workspace).select_related("vendor"),
        columns=[
            Column("title", _("Contract"), link="vendors:contract"),
            Column("vendor", _("Vendor"), sort="vendor__name"),
            Column("value", _("Value of a term, net"), kind="money", currency="currency"),
            Column("renewal", _("Renewal")),
            Column("notice_by", _("Last day for notice"), kind="date", sort=ahead),
            Column("ends_on", _("First day not covered"), kind="date"),
            Column(
                "standing",
                _("Standing"),
                kind="status",
                value=lambda row: words[where(row, today)][0],
                tones=dict(words.values()),
                sort=False,
            ),
        ],
        search=["title", "vendor__name", "reference"],
        filters=[
            Filter("renewal", _("Renewal"), Contract.Renewal.choices),
            Filter(
                "near",
                _("Last day for notice"),
                [("30", _("in 30 days")), ("90", _("in 90 days")), ("365", _("in a year"))],
                apply=lambda rows, days: rows.filter(notice_by__range=(today, today + timedelta(days=int(days)))),
            ),
            Filter(
                "term",
                _("Term"),
                [("running", _("running")), ("ended", _("ended"))],
                apply=lambda rows, said: (
                    rows.filter(ends_on__lte=today) if said == "ended" else rows.filter(ends_on__gt=today)
                ),
            ),
        ],
        sort="notice_by",
        name="contracts",
        empty=_("No contract is noted yet. Note one at its vendor, or bring a register."),
    )


def where(contract, today) -> str:
    """The word for how it stands: its state, or for one that renews by itself whether that is decided."""
    state = contract.standing_on(today).state
    if state != ACTIVE or not contract.is_tacit:
        return state
    if contract.kept_until == contract.ends_on:
        return "decided"
    return "soon" if contract.days_left(today) <= LOOK_AHEAD else "open"

"""What the ledgers say to a review and a month-end: where the money flows, what to recharge, what still waits."""

from django.db.models import Count, Sum
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from planning.budgets.models import Budget
from planning.people.doors import anyone, door
from planning.shared.money import ZERO
from planning.shared.periods import months
from planning.shared.tables import Column, Filter, Table

from ..models import Entry, Wait
from ..money_flow import money_flow
from ..recharge import joint_entries, recharge, to_recharge


@door(anyone)
def flow(request, year):
    budget = Budget.objects.of(request.workspace).filter(year=year).first()
    picture = money_flow(request.workspace, year)
    return render(request, "spend/flow.html", {"picture": picture, "year": year, "budget": budget})


@door(anyone)
def recharge_list(request, year):
    entries = joint_entries(request.workspace, year)
    table = Table(
        request,
        to_recharge(entries).select_related("vendor"),
        columns=[
            Column("posting_date", _("Date"), "date"),
            Column("vendor_name", _("Vendor"), link="spend:entry"),
            Column("document", _("Document")),
            Column("line_name", _("Budget line")),
            Column("payer", _("Paid by"), "side"),
            Column("converted", _("Amount"), "money", total=True),
            Column("share", _("Payer's share"), "money", total=True),
            Column("beyond", _("To recharge"), "money", total=True),
        ],
        search=["vendor_name", "document"],
        filters=[Filter("payer", _("Paid by"), [("marketing", _("Marketing")), ("technology", _("Technology"))])],
        sort="-posting_date",
        name="recharge",
        empty=_("No joint invoice of this year was paid by a department that is known."),
    )
    if table.wants_export:
        return table.export(f"recharge-{year}")
    return render(request, "spend/recharge.html", {"table": table, "sums": recharge(entries), "year": year})


@door(anyone)
def month_rows(request, year, number):
    """Of one month, what is in the files and not posted: a part of the month-end page."""
    if not 1 <= number <= 12:
        raise Http404(f"A year has no month {number}.")
    month = months(request.workspace, year)[number - 1]
    waiting = Entry.objects.of(request.workspace).live().filter(month=month).exclude(waits=Wait.POSTED)
    rows = waiting.order_by().values("waits").annotate(rows=Count("pk"), sum=Sum("converted")).order_by("waits")
    found = [(Wait(row["waits"]).label, row["rows"], row["sum"] or ZERO) for row in rows]
    facts = {"found": found, "rows": sum(row[1] for row in found), "sum": sum((row[2] for row in found), ZERO)}
    return render(request, "spend/_month_rows.html", facts)

"""Spend looked at from any side: a pivot, what may be paid twice, what comes back by itself. All of it exports."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door, editors
from planning.shared.exports import download
from planning.shared.folding import folded
from planning.shared.money import round_money
from planning.shared.refusals import Refused

from .. import pivot, recurring, repeats
from ..models import Dismissal, Entry
from .bypassed import span

VIEWS = {
    "pivot": gettext_lazy("Pivot"),
    "repeats": gettext_lazy("Paid twice?"),
    "recurring": gettext_lazy("Comes back by itself"),
}


@door(anyone)
def explore(request):
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "pivot"
    first, last = span(request)
    facts = {"view": view, "views": VIEWS, "first": first, "last": last} | SHOWN[view](request, first, last)
    kind = request.GET.get("export")
    if kind in ("csv", "xlsx"):
        heads, rows = facts["file"]
        return download(heads, rows, f"spend-{view}-{request.workspace.today():%Y-%m-%d}", kind)
    query = request.GET.copy()
    facts["csv_url"], facts["xlsx_url"] = (address(query, export=kind) for kind in ("csv", "xlsx"))
    return render(request, "spend/explore.html", facts)


def address(query, **more) -> str:
    query = query.copy()
    for key, value in more.items():
        query[key] = value
    return "?" + query.urlencode()


def shown_pivot(request, first, last) -> dict:
    row = request.GET.get("rows") if request.GET.get("rows") in pivot.DIMENSIONS else "vendor"
    column = request.GET.get("columns", "month")
    column = column if column in pivot.DIMENSIONS and column != row else ""
    table = pivot.pivot(request.workspace, row, column, first, last)
    links = {one.key: rows_behind(request, first, last, row, one.key) for one in table.rows}
    code = request.workspace.currency
    body = ([one.name, *(exact(sum, code) for sum in (*one.cells, one.total)), one.rows] for one in table.rows)
    return {
        "table": table,
        "rows": [(one, links[one.key]) for one in table.rows],
        "dimensions": pivot.DIMENSIONS,
        "file": ([str(head) for head in table.heads], body),
    }


def exact(amount, currency):
    """An amount with the decimals of its currency, as a file is to have it."""
    return None if amount is None else round_money(amount, currency)


def rows_behind(request, first, last, dimension, key) -> str:
    """The entries behind a row of the table; none for the sum of all others."""
    if key == pivot.OTHERS or (dimension == "line" and not key):
        return ""
    pin, value = ("name", key[1:]) if dimension == "vendor" and key.startswith(":") else (dimension, key)
    asked = {"since": first, "until": last, pin: value or "none"}
    return f"{request.place('spend:entries')}?{urlencode(asked)}"


def shown_repeats(request, first, last) -> dict:
    found = repeats.repeats(request.workspace, first, last)
    heads = [_("Vendor"), _("Amount"), _("Currency"), _("First"), _("Document"), _("Again"), _("Document"), _("Days")]
    body = (
        [one.entry.vendor_name, exact(one.entry.amount, one.entry.currency), one.entry.currency,
         one.entry.posting_date, one.entry.document, one.again.posting_date, one.again.document, one.days]
        for one in found
    )  # fmt: skip
    return {
        "full": len(found) if len(found) == repeats.SHOWN else 0,
        "repeats": folded(found, lambda one: one.again.converted),
        "dismissed": folded(repeats.dismissed(request.workspace), lambda said: said.again.converted),
        "file": (heads, body),
    }


@door(post=editors, does=repeats.dismiss)
def dismissals(request):
    """Back to where the person was, for the next pair."""
    pair = [request.POST.get(name, "") for name in ("entry", "again")]
    if not all(pk.isdecimal() for pk in pair):
        raise Refused(_("Choose two payments."))
    entry, again = (get_object_or_404(Entry.objects.of(request.workspace), pk=int(pk)) for pk in pair)
    repeats.dismiss(entry, again, request.member, request.POST.get("reason", ""))
    return back(request)


@door(post=editors, does=repeats.look_again)
def dismissal_removal(request, dismissal_id):
    repeats.look_again(get_object_or_404(Dismissal.objects.of(request.workspace), pk=dismissal_id), request.member)
    return back(request)


def back(request):
    asked = {"view": "repeats"} | {name: request.POST[name] for name in ("from", "to") if request.POST.get(name)}
    return redirect(f"{request.place('spend:explore')}?{urlencode(asked)}")


def shown_recurring(request, _first, _last) -> dict:
    found = recurring.recurring(request.workspace)
    heads = [_("Vendor"), _("Rhythm"), _("Payments"), _("Amount"), _("A year"), _("Last"), _("Next"), _("Registered")]
    body = (
        [one.name, one.word, one.times, one.amount, one.a_year, one.last_on, "" if one.ended else one.next_on,
         _("yes") if one.registered else _("no")]
        for one in found
    )  # fmt: skip
    unregistered = [one for one in found if not one.registered and not one.ended]
    rows = [(one, registering(request, one)) for one in found]
    return {
        "recurring": folded(rows, lambda row: row[0].a_year),
        "unregistered": unregistered,
        "a_year": sum(one.a_year for one in unregistered),
        "today": request.workspace.today(),
        "file": (heads, body),
    }


def registering(request, one) -> str:
    """The form of a contract with what the ledger knows of it, or of a vendor where there is none yet; "" for none."""
    if one.registered or one.ended or not request.member.can_edit:
        return ""
    if not one.vendor_id:
        return f"{request.place('vendors:new')}?{urlencode({'name': one.name})}"
    code = request.workspace.currency
    known = {"title": one.name, "value": f"{exact(one.a_year, code)}", "starts_on": one.first_on, "term_months": 12}
    return f"{request.place('vendors:new_contract', one.vendor_id)}?{urlencode(known)}"


SHOWN = {"pivot": shown_pivot, "repeats": shown_repeats, "recurring": shown_recurring}

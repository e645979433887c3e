"""What another page pinned in the address of the list of entries: one vendor, one department, one judgement …

Each is a filter with one choice, so the reader sees it and takes it away like any other.
"""

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from planning.people.models import Side
from planning.shared.tables import Filter
from planning.vendors.models import Vendor

from .. import bypass, pivot
from ..models import Source
from .bypassed import day

NONE = "none"
# Most rows may be judged so, of which Postgres knows nothing beforehand: they are laid beside the list, not looked up.
LAID_BESIDE = "SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '64MB'"
JUDGED = [
    ("unapproved", _("unapproved technology")),
    ("approved", _("approved technology")),
    ("technology", _("technology")),
    ("unknown", _("unknown kind")),
]


def pins(request) -> list[Filter]:
    """The filters that this request's address pins, and the one by judgement."""
    workspace, asked = request.workspace, request.GET
    since, until = day(asked.get("since")), day(asked.get("until"))
    found = [
        Filter(
            "judged",
            _("Judged"),
            JUDGED,
            apply=lambda rows, key: judged(rows, workspace, key, since, until),
        )
    ]
    found += [pin for key in PINS if (value := asked.get(key)) and (pin := PINS[key](workspace, key, value))]
    if since:
        found.append(pinned("since", _("Since"), asked["since"], date_format(since, "j M Y"), posting_date__gte=since))
    if until:
        found.append(pinned("until", _("Until"), asked["until"], date_format(until, "j M Y"), posting_date__lte=until))
    return found


def judged(rows, workspace, judgement, since, until):
    with connection.cursor() as cursor:
        cursor.execute(LAID_BESIDE)
    return bypass.narrowed(rows, workspace, judgement, since, until)


def pinned(key, label, value, word, **where) -> Filter:
    return Filter(key, label, [(value, word)], apply=lambda rows, _value: rows.filter(**where))


def text(field, label):
    def pin(workspace, key, value):
        return pinned(
            key, label, value, _("not said") if value == NONE else value, **{field: "" if value == NONE else value}
        )

    return pin


def of_vendor(workspace, key, value):
    vendor = Vendor.objects.filter(workspace=workspace, pk=int(value)).first() if value.isdecimal() else None
    return vendor and pinned(key, _("Vendor"), value, vendor.name, vendor=vendor)


def of_name(workspace, key, value):
    return pinned(key, _("Name"), value, _("no name") if value == NONE else value,
                  vendor=None, vendor_key="" if value == NONE else value)  # fmt: skip


def of_source(workspace, key, value):
    source = Source.objects.of(workspace).filter(pk=int(value)).first() if value.isdecimal() else None
    return source and pinned(key, _("Source"), value, source.name, source=source)


def of_month(workspace, key, value):
    if value == NONE:
        return pinned(key, _("Month"), value, _("no date"), month=None)
    first = day(value)
    return first and pinned(key, _("Month"), value, date_format(first, "F Y"), month=first)


def of_side(workspace, key, value):
    word = dict(Side.choices).get(value) or _("neither side alone")
    return Filter(key, _("Side"), [(value, word)], apply=lambda rows, side: pivot.of_side(rows, workspace, side))


PINS = {
    "vendor": of_vendor,
    "name": of_name,
    "department": text("department", _("Department")),
    "category": text("category_text", _("Category")),
    "source": of_source,
    "month": of_month,
    "side": of_side,
}

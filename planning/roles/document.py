"""A version of the matrix as a PDF of one page: its letters, both signatures with the fingerprint of what they read,
and the head of the history when it was printed.

Tagged for screen readers (PDF/UA-1). A3 for more than fourteen roles; whatever is still too large is drawn smaller.
"""

import io
import json
from pathlib import Path

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.people.models import Side
from planning.shared.templatetags.money import short_money
from planning.trail.models import Head

from .grid import grid_of
from .letters import MEANING, ORDER

PAGE = Path(__file__).with_name("matrix.typ")
WIDE = 14  # roles that an A4 page holds side by side


def matrix_document(version) -> io.BytesIO:
    """The PDF's bytes. A version that nobody was asked to sign yet says so in its subtitle."""
    stamp = int(version.workspace.now().timestamp())
    data = json.dumps(facts(version), ensure_ascii=False)
    pdf = typst.compile(
        PAGE.read_bytes(), format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", timestamp=stamp
    )
    return io.BytesIO(pdf)


def facts(version) -> dict:
    """Everything on the page, in words and in the reader's language."""
    workspace, grid = version.workspace, grid_of(version)
    head = Head.objects.filter(workspace=workspace).first()
    return {
        "title": _("Who does what, version %(number)s") % {"number": version.number},
        "workspace": str(workspace),
        "language": translation.get_language() or "en",
        "paper": "a3" if len(grid.columns) > WIDE else "a4",
        "subtitle": subtitle(version),
        "roles": [
            {
                "name": column.role.name,
                "side": str(Side(column.role.side).label).capitalize(),
                "code": column.role.side,
                "holders": ", ".join(member.name for member in column.holders) or _("vacant"),
            }
            for column in grid.columns
        ],
        "rows": [row for area, rows in grid.areas for row in rows_of(area, rows, grid.columns, workspace)],
        "comment": version.comment,
        "seats": [signed(seat, workspace.zone) for seat in version.paper.seats.all()] if version.paper else [],
        "fingerprint": version.paper.fingerprint if version.paper else "",
        "head": {"number": str(head.number if head else 0), "hash": head.hash if head else ""},
        "words": words(),
    }


def subtitle(version) -> str:
    state = str(version.get_state_display())
    if version.in_force_from:
        state = _("in force from %(day)s") % {"day": date_format(version.in_force_from, "j M Y")}
    if version.in_force_until:
        state += " " + _("until %(day)s") % {"day": date_format(version.in_force_until, "j M Y")}
    printed = date_format(version.workspace.now().astimezone(version.workspace.zone), "j M Y, H:i")
    return _("%(workspace)s · %(state)s · holders of today · printed %(day)s") % {
        "workspace": version.workspace, "state": state, "day": printed,
    }  # fmt: skip


def rows_of(area, rows, columns, workspace):
    for place, row in enumerate(rows):
        yield {
            "area": "" if place else area,
            "name": row.activity.name,
            "marks": " · ".join(marks(row.activity, workspace.currency)),
            "letters": [" ".join(row.letters.get(column.role.pk, "")) for column in columns],
        }


def marks(activity, currency):
    if activity.joint:
        yield _("joint")
    if activity.only_for:
        yield _("only %(spend)s") % {"spend": activity.only_for}
    if activity.low is not None:
        yield _("from %(amount)s") % {"amount": short_money(activity.low, currency)}
    if activity.high is not None:
        yield _("below %(amount)s") % {"amount": short_money(activity.high, currency)}


def signed(seat, zone) -> list[str]:
    who = seat.decided_by.name if seat.decided_by else ""
    if seat.decided_for:
        who = _("%(deputy)s for %(person)s") % {"deputy": who, "person": seat.decided_for.name}
    when = date_format(seat.decided_at.astimezone(zone), "j M Y, H:i") if seat.decided_at else ""
    side = str(Side(seat.name).label).capitalize() if seat.name in Side.values else seat.name
    return [side, str(seat.get_state_display()), who, when]


def words() -> dict:
    return {
        "activity": _("Activity"),
        "legend": " · ".join(f"{letter} {MEANING[letter]}" for letter in ORDER),
        "comment": _("The comment it was proposed with"),
        "signatures": _("Signed by"),
        "fingerprint": _("Fingerprint of what they read:"),
        "seats": [_("Approver"), _("Decision"), _("Decided by"), _("When")],
        "head": _("Entry"),
    }

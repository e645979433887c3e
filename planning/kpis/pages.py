"""What the pages of KPIs show."""

from dataclasses import replace
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from planning.people.models import KEY_SIDES
from planning.roles.routing.told import keys_held
from planning.shared.plain import difference
from planning.signoffs.models import Duty, Seat
from planning.signoffs.papers import duties_with_people, seats_with_people
from planning.trail.models import Entry, subject_of

from .confirming import asked_roles, disputable, role_asked
from .forms import DefinitionForm
from .models import Confirmation
from .picture import outlook, picture
from .queries import waiting_in
from .terms import terms_of

LATEST, LATEST_ENTRIES = 13, 8


def kpi_facts(request, portrait) -> dict:
    """Context of `kpis/kpi.html`. `portrait` holds the KPI with its whole history."""
    kpi, member, ahead = portrait.kpi, request.member, outlook(portrait)
    newest = sorted((one for one in portrait.readings if one.is_newest), key=lambda one: one.on, reverse=True)
    everything = "all" in request.GET
    shown = newest if everything else newest[:LATEST]
    keys = keys_of(member, shown)
    return {
        "kpi": kpi,
        "portrait": portrait,
        "standing": portrait.standing,
        "definition": portrait.definition,
        "goal": portrait.definition.points[-1] if portrait.definition.points else None,
        "versions": portrait.definitions,
        "proposed": portrait.proposed,
        "changes": changes(portrait.definition, portrait.proposed),
        "chart": picture(portrait),
        "ahead": ahead and rounded(ahead[-1], portrait.definition),
        "rows": [row(portrait, one, member, keys) for one in shown],
        "more": 0 if everything else max(len(newest) - LATEST, 0),
        "entries": what_happened(kpi, newest),
        "may_edit": member.can_edit,
    }


def what_happened(kpi, newest):
    """The newest entries about a KPI and its latest readings."""
    subjects = [subject_of(thing) for thing in (kpi, *newest[:LATEST])]
    return Entry.objects.of(kpi.workspace).filter(subject__in=subjects).newest()[:LATEST_ENTRIES]


def rounded(ahead, definition):
    """A forecast in the digits of the KPI."""
    return replace(ahead, value=ahead.value.quantize(Decimal(1).scaleb(-definition.decimals)))


def waiting_rows(portraits, member) -> list[dict]:
    """Readings of several KPIs that wait, each with its KPI and definition."""
    by_kpi = {one.kpi.pk: one for one in portraits}
    waiting = waiting_in(portraits)
    keys = keys_of(member, waiting)
    return [
        {
            **words_on(reading, member, keys),
            "kpi": by_kpi[reading.kpi_id].kpi,
            "definition": by_kpi[reading.kpi_id].definition,
        }
        for reading in waiting
    ]


def keys_of(member, readings) -> set[str]:
    """The roles `member` holds, asked only where the matrix says who confirms something that waits; with the papers of
    what waits, on which those who are asked first have their say."""
    routed = [one for one in readings if one.matrix and one.waits]
    prefetch_related_objects(
        [one for one in routed if one.paper_id], "paper", seats_with_people("paper__seats"),
        duties_with_people("paper__duties"),
    )  # fmt: skip
    return keys_held(member) if routed else set()


def row(portrait, reading, member, keys) -> dict:
    """A reading of the KPI's page: with how the KPI stood then, and what counts meanwhile."""
    before = next((value for on, value in portrait.series if on == reading.on and not reading.counts), None)
    then = portrait.on(reading.on)
    judged = reading.on >= then.definition.baseline_on
    return {**words_on(reading, member, keys), "then": then if judged else None, "counts_meanwhile": before}


def words_on(reading, member, keys) -> dict:
    """A reading with both sides' words, and what `member` can still say."""
    said = {word.side: word for word in reading.confirmations.all()}
    mine = said.get(member.side)
    role = role_asked(reading, member)
    asked = member.can_edit and member.side in KEY_SIDES and (role is None or role["key"] in keys)
    paper = reading.paper if reading.waits and reading.paper_id and reading.paper.is_open else None
    before = heard_before(paper, member.side) if asked else []
    asked = asked and not before
    roles = asked_roles(reading) if reading.waits else {}
    return {
        "reading": reading,
        "paper": paper,
        "before": before,
        "words": [(side, said.get(side), roles.get(side)) for side in KEY_SIDES],
        "may_confirm": asked and not (mine and mine.verdict == Confirmation.Verdict.CONFIRM),
        "may_dispute": asked and reading.state != "confirmed" and disputable_by(reading, mine),
    }


def heard_before(paper, side) -> list[str]:
    """Whose task or answer the word of `side` waits for."""
    seat = paper and paper.seat(side)
    if seat is None or seat.state != Seat.State.WAITING:
        return []
    undone = (Duty.State.WAITING, Duty.State.OPEN)
    return [str(duty.holder or duty.role_name) for duty in paper.duties.all() if duty.state in undone]


def disputable_by(reading, mine) -> bool:
    return not (mine and mine.verdict == Confirmation.Verdict.DISPUTE) and disputable(reading)


def changes(agreed, proposed) -> list[dict]:
    """What a proposal changes of what is in force, field by field, in words."""
    if proposed is None or agreed == proposed:
        return []
    return [
        {"label": label(change["field"]), "before": said(change["before"]), "after": said(change["after"])}
        for change in difference(terms_of(agreed).text(), terms_of(proposed).text())
    ]


def label(field) -> str:
    known = DefinitionForm.base_fields.get(field)
    return str(known.label) if known else {"targets": _("Targets"), "decimals": _("Decimals shown")}.get(field, field)


def said(value) -> str:
    if isinstance(value, list):
        return ", ".join(f"{point['value']} ({point['on']})" for point in value)
    return "" if value is None else str(value)

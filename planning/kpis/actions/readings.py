"""Readings: entered by somebody, confirmed by a person from each side, or disputed with a reason."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.reminding import drop
from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Side
from planning.people.places import place
from planning.roles.routing.row import row_for
from planning.roles.routing.told import holders_in, keys_held
from planning.shared.locking import lock
from planning.shared.plain import plain
from planning.shared.refusals import NotYours, Refused, Stale
from planning.signoffs.waiting import whose_turn
from planning.trail.acts import action, record
from planning.trail.models import subject_of

from ..asking import ask, speak, stop_asking, too_early
from ..confirming import disputable, role_asked, state_from
from ..models import Confirmation, Kpi, Override, Reading
from ..reminding import RULE
from ..values import clean_value, refuse_far, value_text


@action(_("entered a reading: {subject}"))
def enter(kpi, member, on, value, note: str = "", confirm: bool = False) -> Reading:
    """What was measured `on` a day, in the KPI's unit. `confirm`: with the word of the member's own side at once.

    A reading of a day that has one already is a new version; the confirmed one counts until the new one is confirmed.
    Where the matrix asks somebody before the member's side (`asking`), that word is given once they have answered.
    Clears a status set by hand. Refused: what is no number, no day, and the value that day has already.
    """
    value, workspace = clean_value(value, "value"), member.workspace
    refuse_far(on, "on")
    kpi = lock(Kpi.objects.of(workspace).active().select_related("marketing_owner", "technology_owner"), kpi.pk)
    before = kpi.readings.filter(on=on, is_newest=True).first()
    if before and before.value == value:
        raise Refused(_g("That is the value of this day already."), "value")
    if before:
        kpi.readings.filter(on=on, is_newest=True).update(is_newest=False)
        stop_asking(kpi.readings.filter(on=on))  # after the readings, as a word on them takes their rows
    row = row_for(workspace, "reading")
    reading = Reading.objects.create(
        workspace=workspace,
        kpi=kpi,
        on=on,
        version=before.version + 1 if before else 1,
        value=value,
        note=note.strip()[:300],
        state=state_from(kpi, []),
        matrix=row and plain(row.snapshot()),
        entered_by=member,
        entered_at=workspace.now(),
    )
    ask(reading, row)
    if confirm and not too_early(reading, member.side):
        give_word(reading, member, Confirmation.Verdict.CONFIRM)
    reading.save(update_fields=["state", "paper"])
    Override.objects.of(workspace).filter(kpi=kpi).delete()
    drop(workspace, RULE, subject_of(kpi))
    entry = record(
        enter,
        member,
        reading,
        note=note,
        before=before and {"value": shown(before), "version": before.version},
        after={"value": shown(reading), "version": reading.version, "state": reading.state},
    )
    asked = whose_turn(reading.paper) if reading.paper else holders_in(workspace, reading.matrix, "AGC")
    told = [*other_owners(kpi, member), *(one for one in asked if one != member)]
    tell(told, entry, url=place(workspace, "kpis:kpi", kpi.pk), needs=reading.waits)
    return reading


@action(_("confirmed a reading: {subject}"))
def confirm(reading, member) -> Reading:
    """The word of the member's side that this is the value; takes the side's own dispute back.

    By the matrix, where a row governs readings: the side's A or G of that row, their deputy, or a lead of the side; A
    once everybody who is asked has answered or let the time pass. Refused: A before that, other sides than marketing
    and technology, an older version (Stale), a side that has confirmed already.
    """
    reading = hold(reading, member)
    before = reading.state
    give_word(reading, member, Confirmation.Verdict.CONFIRM)
    reading.save(update_fields=["state"])
    entry = record(
        confirm,
        member,
        reading,
        before={"state": before},
        after={"state": reading.state, "version": reading.version, "value": shown(reading)},
    )
    told = [reading.entered_by, *other_owners(reading.kpi, member)]
    told += [] if reading.waits else holders_in(member.workspace, reading.matrix, "I")
    tell(told, entry, url=place(member.workspace, "kpis:kpi", reading.kpi_id), needs=reading.waits)
    return reading


@action(_("disputed a reading: {subject}"))
def dispute(reading, member, reason: str, alternative=None) -> Reading:
    """The word of the member's side that the value is wrong, why, and perhaps what it should be. It counts no more.

    Refused: no reason, other sides, an older version (Stale), a value both have confirmed (enter another one instead),
    and a fed value after five business days.
    """
    if not reason.strip():
        raise Refused(_g("Say what is wrong with it: the other side reads it."), "reason")
    alternative = None if alternative in (None, "") else clean_value(alternative, "value")
    reading = hold(reading, member)
    before = reading.state
    if not disputable(reading):
        raise Refused(
            _g("This value stands. Enter another one: it becomes a new version that both sides confirm."), "verdict"
        )
    give_word(reading, member, Confirmation.Verdict.DISPUTE, reason=reason.strip(), alternative=alternative)
    reading.save(update_fields=["state"])
    entry = record(
        dispute,
        member,
        reading,
        note=reason,
        before={"state": before},
        after={"state": reading.state, "version": reading.version, "alternative": alternative},
    )
    told = [reading.entered_by, *other_owners(reading.kpi, member)]
    tell(told, entry, url=place(member.workspace, "kpis:kpi", reading.kpi_id), needs=True)
    return reading


# ── What they share ──────────────────────────────────────────────────────────────────────────────────────────────────
def hold(reading, member) -> Reading:
    known = ("kpi__marketing_owner", "kpi__technology_owner", "entered_by")
    reading = lock(Reading.objects.of(member.workspace).select_related(*known), reading.pk)
    if not reading.is_newest:
        newest = Reading.objects.of(member.workspace).get(kpi=reading.kpi_id, on=reading.on, is_newest=True)
        changed = {"field": "value", "before": shown(reading), "after": shown(newest)}
        raise Stale(_g("There is a newer value for this day."), [changed], "version")
    return reading


def give_word(reading, member, verdict, **said):
    if member.side not in KEY_SIDES or not member.can_edit:
        raise NotYours(_g("A reading is confirmed by one person from marketing and one from technology."))
    role = role_asked(reading, member)
    if role and role["key"] not in keys_held(member):
        raise NotYours(
            _g("%(role)s confirms this for %(side)s, by “%(row)s” of RACI %(number)s.")
            % {
                "role": role["role"],
                "side": Side(member.side).label,
                "row": reading.matrix["row"],
                "number": reading.matrix["version"],
            }
        )
    words = {word.side: word for word in reading.confirmations.all()}
    mine = words.get(member.side)
    if mine and mine.verdict == verdict == Confirmation.Verdict.CONFIRM:
        raise Refused(
            _g("%(side)s has confirmed this value already.") % {"side": Side(member.side).label.capitalize()}, "verdict"
        )
    speak(reading, member, verdict, said.get("reason", ""))
    word = mine or Confirmation(workspace=reading.workspace, reading=reading, side=member.side)
    word.member, word.verdict, word.at = member, verdict, reading.workspace.now()
    word.reason, word.alternative = said.get("reason", ""), said.get("alternative")
    word.save()
    words[member.side] = word
    reading.state = state_from(reading.kpi, words.values())


def other_owners(kpi, member):
    """The other side's owner; both when it was neither's side."""
    return [owner for owner in kpi.owners if owner.side != member.side]


def shown(reading) -> str:
    return value_text(reading.value, 0)

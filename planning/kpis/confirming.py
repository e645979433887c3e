"""When does a reading count? Typed: a person from each side has confirmed it. Fed, by a formula both signed: at once,
unless a side disputes it within five business days."""

from planning.calendar.business_time import due_after

from .models import COUNTING, Confirmation, Definition, Reading, Source

DAYS_TO_DISPUTE = 5


def state_from(kpi, words) -> str:
    """The state of a reading with these confirmations."""
    verdicts = [word.verdict for word in words]
    if Confirmation.Verdict.DISPUTE in verdicts:
        return Reading.State.DISPUTED
    if len(verdicts) == 2:
        return Reading.State.CONFIRMED
    if is_fed(kpi):
        return Reading.State.COUNTED
    return Reading.State.HALF if verdicts else Reading.State.ENTERED


def is_fed(kpi) -> bool:
    """Whether the definition in force, with a formula both have signed, feeds this KPI."""
    return kpi.definitions.filter(state=Definition.State.AGREED, source=Source.FED).exclude(formula="").exists()


def disputable(reading) -> bool:
    """Whether a side can still object: not to what both confirmed, and to a fed value for five business days."""
    if reading.state == Reading.State.CONFIRMED:
        return False
    if reading.state != Reading.State.COUNTED:
        return True
    workspace = reading.workspace
    return workspace.now() <= due_after(workspace, days=DAYS_TO_DISPUTE, start=reading.entered_at)


def latest_counting(readings) -> list[Reading]:
    """Of all versions, by day: the last one of each day that counts, in order of days."""
    return list({reading.on: reading for reading in readings if reading.state in COUNTING}.values())

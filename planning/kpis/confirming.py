"""When does a reading count? Typed: a person from each side has confirmed it. Fed, by a formula both signed: at once,
unless a side disputes it within five business days."""

from planning.calendar.business_time import due_after
from planning.people.models import KEY_SIDES

from .models import COUNTING, Confirmation, Reading

DAYS_TO_DISPUTE = 5


def state_from(kpi, words) -> str:
    """The state of a reading with these confirmations."""
    verdicts = [word.verdict for word in words]
    if Confirmation.Verdict.DISPUTE in verdicts:
        return Reading.State.DISPUTED
    if len(verdicts) == 2:
        return Reading.State.CONFIRMED
    if kpi.is_fed:
        return Reading.State.COUNTED
    return Reading.State.HALF if verdicts else Reading.State.ENTERED


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


def asked_roles(reading) -> dict[str, dict]:
    """{side: seat of the snapshot} of who confirms by the matrix: A of a side, else its G. Empty where no row says so;
    then anybody of a side who edits confirms for it."""
    seats = reading.matrix["seats"] if reading.matrix else []
    found = {}
    for letter in "AG":
        for seat in seats:
            if seat["letter"] == letter and seat["side"] in KEY_SIDES:
                found.setdefault(seat["side"], seat)
    return found


def role_asked(reading, member) -> dict | None:
    """The role whose holders alone speak for the side of `member` here; None for a lead, who always does."""
    return None if member.is_lead else asked_roles(reading).get(member.side)

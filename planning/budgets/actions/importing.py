"""Somebody's spreadsheet comes in: kept, mapped, looked at, taken into the draft or put away."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.files.storing import store
from planning.shared import clock
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .. import tasks
from ..importing.checking import proposed
from ..importing.columns import doubts
from ..importing.mapping import cleaned_mapping
from ..importing.running import check
from ..importing.taking import take_in
from ..models import Budget, Intake

LARGEST = 20 * 2**20
AT_ONCE = 1000  # rows; a longer file is a worker's
State = Intake.State


@action(gettext_lazy("brought a file of lines for {subject}"))
def bring_file(budget, member, file) -> Intake:
    """Keep a file and propose how to read it; the plan stays as it is.

    Refused: a closed budget, and files that are empty, too large, or no table.
    """
    budget = lock(Budget.objects.of(member.workspace), budget.pk)
    if budget.state == Budget.State.CLOSED:
        raise Refused(_("“%(budget)s” is closed; nothing in it changes any more.") % {"budget": budget})
    stored = store(file, member, LARGEST)
    proposal = proposed(stored, budget)
    intake = Intake.objects.create(
        workspace=member.workspace,
        budget=budget,
        file=stored,
        mapping=proposal.mapping,
        confidence=proposal.confidence,
        brought_by=member,
        created_at=member.workspace.now(),
    )
    record(bring_file, member, budget, after={"file": stored.name, "sha256": stored.sha256, "size": stored.size})
    return intake


@action(gettext_lazy("said how a file is read for {subject}"))
def map_file(intake, member, mapping) -> Intake:
    """Compare every row with the plan by this mapping; a long file is compared by a worker.

    `mapping` in the shape of `importing.columns.Proposal.mapping`. Refused: a mapping that leaves doubt, a file that
    is being read or was taken in already.
    """
    intake = held(intake, member)
    if not intake.can_be_mapped:
        raise Refused(_("This file is being read or was taken in already."))
    proposal = proposed(intake.file, intake.budget, cleaned_mapping(mapping))
    for field, sentence in doubts(proposal):
        raise Refused(sentence, field)
    intake.mapping, intake.confidence, intake.failure = proposal.mapping, proposal.confidence, ""
    intake.lease, intake.rows_read, intake.beat_at = None, 0, clock.now()
    if is_long(proposal):
        hand_over(intake, State.CHECKING, tasks.check_file)
    else:
        check(intake)
    record(map_file, member, intake.budget, after={"file": str(intake), "mapping": intake.mapping})
    return intake


@action(gettext_lazy("took a file into the draft of {subject}"))
def take_file(intake, member) -> Intake:
    """Put into the draft what the preview showed, all of it or nothing: one entry of the history.

    A long file is taken in by a worker; the entry is written when it is done. Refused: a file that was not compared
    with the plan, nothing new in it, and what `take_in` refuses.
    """
    intake = held(intake, member)
    if intake.state != State.CHECKED:
        raise Refused(_("Look at what the file would do first."))
    if not intake.counts.get("new") and not intake.counts.get("changed"):
        raise Refused(_("Nothing in this file is new: the plan says all of it already."))
    intake.taken_by = member
    if intake.counts["rows"] > AT_ONCE:
        intake.beat_at = clock.now()
        hand_over(intake, State.TAKING, tasks.take_long_file)
        return intake
    facts = done(intake, member)
    record(take_file, member, intake.budget, after=facts, note=str(intake))
    return intake


@action(gettext_lazy("took a long file into the draft of {subject}"), by="clock")
def finish_file(intake) -> Intake:
    """What `take_file` began. The history names the member who asked for it."""
    intake = lock(Intake.objects.of(intake.workspace).select_related("file"), intake.pk)
    facts = done(intake, intake.taken_by)
    record(finish_file, intake.taken_by, intake.budget, after=facts, note=str(intake))
    return intake


@action(gettext_lazy("put away a file of lines for {subject}"))
def leave_file(intake, member) -> Intake:
    """It is not wanted; what was taken in stays. Refused: a file that was taken in."""
    intake = held(intake, member)
    if intake.state in (State.TAKEN, State.TAKING):
        raise Refused(_("This file was taken into the draft; change the lines there."))
    intake.state, intake.lease = State.LEFT, None
    intake.save(update_fields=["state", "lease"])
    intake.rows.all().delete()
    record(leave_file, member, intake.budget, after={"file": str(intake)})
    return intake


def held(intake, member) -> Intake:
    found = Intake.objects.of(member.workspace).select_related("file", "budget")
    intake = lock(found, intake.pk)
    intake.budget.workspace = intake.workspace
    return intake


def done(intake, member) -> dict:
    facts = take_in(intake, member) | {"file": str(intake)}
    intake.state, intake.lease, intake.taken_by, intake.taken_at = State.TAKEN, None, member, member.workspace.now()
    intake.save()
    return facts


def is_long(proposal) -> bool:
    return proposal.rows > AT_ONCE


def hand_over(intake, state, task):
    """To a worker, once this is committed; should the broker be away, the clock sends it later."""
    intake.state = state
    intake.save()
    transaction.on_commit(lambda: task.delay(intake.workspace_id, intake.pk), robust=True)

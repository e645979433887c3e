"""A worker is killed while it reads or takes in a long file: the clock sends the file on, nothing is doubled."""

import multiprocessing
import os
import signal
from datetime import timedelta

import pytest
from django.db import connections

from planning.budgets import actions, tasks
from planning.budgets.actions import importing
from planning.budgets.importing import running, taking
from planning.budgets.importing.judging import Plan
from planning.budgets.models import Intake, Line
from planning.people.scope import scope
from planning.shared import clock, leases
from planning.trail.models import Entry

from . import make
from .test_import import sheet

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [[f"Line {number}", "Media", "marketing", f"{number}.25", "", "", ""] for number in range(1, 61)]


@pytest.fixture
def intake(committed_cast, monkeypatch):
    """A file that is a worker's, read in pieces of twenty; what the clock sends on is done at once."""
    monkeypatch.setattr(importing, "AT_ONCE", 20)
    monkeypatch.setattr(running, "PIECE", 20)
    for task in (tasks.check_file, tasks.take_long_file):
        monkeypatch.setattr(task, "delay", lambda *_ids: None)
    cast = committed_cast
    with scope(cast.workspace):
        made = actions.bring_file(make.budget(cast), cast.cmo, sheet(*ROWS))
        made = actions.map_file(made, cast.cmo, {})
    made.cast = cast
    return made


def killed(work, monkeypatch, place, name, calls):
    """`work()` in a process that dies, as by the system's hand, when it calls `place.name` for the last time."""
    real, left = getattr(place, name), [calls]

    def dying(*arguments):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments)

    connections.close_all()
    with monkeypatch.context() as patch:
        patch.setattr(place, name, dying)
        process = multiprocessing.get_context("fork").Process(target=work)
        process.start()
        process.join(30)
    assert process.exitcode == -signal.SIGKILL


def state_of(intake):
    with scope(intake.workspace_id):
        found = Intake.objects.get(pk=intake.pk)
        return found, found.rows.count(), Line.objects.count(), Entry.objects.filter(verb="budgets.finish_file").count()


def sent_on(monkeypatch):
    """What the clock finds silent is done by another worker."""
    for task in (tasks.check_file, tasks.take_long_file):
        monkeypatch.setattr(task, "delay", task)
    with clock.at(clock.now() + leases.SILENT + timedelta(seconds=1)):
        tasks.resume_files()


def test_a_killed_worker_s_file_is_read_and_taken_in_once(intake, monkeypatch):
    ids = (intake.workspace_id, intake.pk)
    killed(lambda: tasks.check_file(*ids), monkeypatch, Plan, "judge", 45)
    found, rows, *_ = state_of(intake)
    assert (found.state, found.rows_read, rows, found.lease is None) == ("checking", 40, 40, False)
    tasks.check_file(*ids)
    assert state_of(intake)[1] == 40, "a message that comes twice finds the first worker's lease"
    sent_on(monkeypatch)
    found, rows, *_ = state_of(intake)
    assert (found.state, rows, found.counts["new"], found.totals["file"]) == ("checked", 60, 60, "1845.00")

    monkeypatch.setattr(tasks.take_long_file, "delay", lambda *_ids: None)
    with scope(intake.workspace_id):
        actions.take_file(found, intake.cast.cmo)
    killed(lambda: tasks.take_long_file(*ids), monkeypatch, taking, "with_categories", 1)
    assert (state_of(intake)[0].state, *state_of(intake)[2:]) == ("taking", 0, 0)
    sent_on(monkeypatch)
    tasks.take_long_file(*ids)
    found, _rows, lines, entries = state_of(intake)
    assert (found.state, lines, entries) == ("taken", 60, 1)

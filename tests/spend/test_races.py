"""Two people, one file, the same instant; a worker that dies; a task delivered twice: every row once."""

import threading

import pytest
from django.db import connection

from planning.people.scope import scope
from planning.shared import clock
from planning.spend import actions, running, staging, tasks
from planning.spend.models import Entry, Import, Staged

from . import make

ROWS = [make.row(f"{number}.00", document=f"D{number}") for number in range(1, 301)]


def brought(cast, member):
    with scope(cast.workspace):
        return actions.upload(member, make.ledger(*ROWS)).pk


def at_once(*calls):
    start = threading.Barrier(len(calls))
    problems = []

    def go(call):
        try:
            start.wait()
            call()
        except Exception as problem:  # told to the test below
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems


def outcome(cast):
    with scope(cast.workspace):
        return [
            (batch.state, batch.counts.get("accepted"), batch.counts.get("duplicates"))
            for batch in Import.objects.order_by("-counts__accepted")
        ], Entry.objects.count()


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(tasks.run_import, "delay", lambda *ids: None)


def test_the_same_file_by_two_people_at_the_same_instant_is_booked_once(committed_cast):
    def bring(member):
        tasks.run_import(committed_cast.workspace.pk, brought(committed_cast, member))

    at_once(lambda: bring(committed_cast.finance), lambda: bring(committed_cast.marketing_planner))
    imports, entries = outcome(committed_cast)
    assert (imports, entries) == ([("done", 300, 0), ("done", 0, 300)], 300)


def test_a_task_delivered_twice_runs_once(committed_cast):
    batch = brought(committed_cast, committed_cast.finance)
    at_once(*[lambda: tasks.run_import(committed_cast.workspace.pk, batch)] * 2)
    assert outcome(committed_cast) == ([("done", 300, 0)], 300)


def test_a_worker_that_died_is_followed_where_it_stopped(committed_cast, monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", 100)
    batch, workspace = brought(committed_cast, committed_cast.finance), committed_cast.workspace.pk

    class Killed(BaseException):
        pass

    write, written = staging.write, []

    def dies(*args):
        write(*args)
        written.append(args)
        if len(written) == 2:
            raise Killed

    monkeypatch.setattr(staging, "write", dies)
    with pytest.raises(Killed):
        tasks.run_import(workspace, batch)
    tasks.run_import(workspace, batch)
    with scope(workspace):
        assert (Staged.objects.count(), Entry.objects.count(), running.abandoned(workspace)) == (200, 0, [])
    with clock.at(clock.now() + 2 * staging.LEASE):
        with scope(workspace):
            assert running.abandoned(workspace) == [batch]
        tasks.run_import(workspace, batch)
    assert outcome(committed_cast) == ([("done", 300, 0)], 300)
    assert len(written) == 3


def test_a_file_nobody_picked_up_is_found_by_the_clock(committed_cast, monkeypatch):
    batch, sent = brought(committed_cast, committed_cast.finance), []
    monkeypatch.setattr(tasks.run_import, "delay", lambda *ids: sent.append(ids))
    tasks.resume_imports()
    assert sent == []
    with clock.at(clock.now() + 2 * running.PICKED_UP_WITHIN):
        tasks.resume_imports()
    assert sent == [(committed_cast.workspace.pk, batch)]

"""Two people, one file, the same instant; a worker that dies; a task delivered twice: every row once."""

import threading
from contextlib import suppress
from decimal import Decimal as D

import pytest
from django.db import connection
from django.db.models import Count

from planning.calendar import actions as calendar
from planning.calendar.models import Period
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.locking import retrying
from planning.shared.refusals import Refused
from planning.spend import actions, assigning, conflicts, running, splitting, staging, tasks
from planning.spend.models import Entry, Import, Outcome, Staged
from planning.spend.typed.entering import type_invoice
from planning.trail.verifying import first_broken
from planning.vendors.actions import register
from planning.vendors.merging.acting import merge
from tests.budgets import make as budgets
from tests.budgets.make import agreed_line, standing
from tests.harness.at_once import at_once as both
from tests.purchases import make as purchases

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


def test_two_splits_of_one_row_are_one(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        plan = budgets.budget(cast, year=2027)
        ads, tools = (budgets.line(cast, plan, name, "1200.00", side="marketing") for name in ("ads", "tools"))
        budgets.agree(cast, plan)
        row = make.brought(cast.finance, make.ledger(make.row("100.00"))).entries.get()
    done = both(
        cast.workspace,
        lambda: splitting.split_up(row, cast.finance, [(ads, D(60)), (tools, D(40))]),
        lambda: splitting.split_up(row, cast.marketing_planner, [(ads, D(10)), (tools, D(90))]),
    )
    with scope(cast.workspace):
        parts = sorted(Entry.objects.filter(split_of=row).values_list("amount", flat=True))
        assert (done, parts in ([40, 60], [10, 90])) == (["done", "refused"], True)
        assert sorted([standing(ads)["actual"], standing(tools)["actual"]]) == parts


def test_two_decisions_on_one_conflict_are_one(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        make.brought(cast.finance, make.ledger(make.row("10.00")))
        batch = make.brought(cast.finance, make.ledger(make.row("12.00"), name="again.csv"))
        row = batch.staged.get(outcome=Outcome.CONFLICT).pk
    done = both(
        cast.workspace,
        lambda: conflicts.settle(batch, cast.finance, [row], "book"),
        lambda: conflicts.settle(batch, cast.marketing_planner, [row], "keep"),
    )
    with scope(cast.workspace):
        booked, outcome = Entry.objects.filter(batch=batch).count(), Staged.objects.get(pk=row).outcome
        assert (done, (booked, outcome) in [(1, "ready"), (0, "kept")]) == (["done", "refused"], True)


def test_an_import_is_undone_or_its_month_closes_on_it(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = agreed_line(cast, total="1200.00")
        day = cast.workspace.today().replace(day=1)
        batch = make.brought(cast.finance, make.ledger(make.row("100.00", day=day.isoformat())))
        assigning.assign(cast.finance, line, [batch.entries.get().pk])
        period = calendar.soft_close(Period.objects.get(starts_on=day), cast.finance)
    done = both(
        cast.workspace,
        lambda: actions.undo(batch, cast.finance),
        lambda: calendar.close(period, cast.finance, "100.00"),
    )
    with scope(cast.workspace):
        found = Import.objects.get().state, Period.objects.get(pk=period.pk).state, standing(line).get("actual", 0)
        assert (done, found in [("undone", "soft", 0), ("done", "closed", 100)]) == (["done", "refused"], True)


def test_an_invoice_is_typed_while_the_ledger_that_brings_it_is_booked(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        office = purchases.office(cast)
        line = agreed_line(cast, total="1200.00")
        purchase = purchases.approve(purchases.asked(office.marketing_planner, line, "400.00"), office)
        today = cast.workspace.today()
        batch = actions.upload(cast.finance, make.ledger(make.row("150.00", "Northwind", "INV-7", f"{today}"))).pk
    done = both(
        cast.workspace,
        lambda: type_invoice(purchase, cast.marketing_planner, "INV-7", today, "150.00"),
        lambda: tasks.run_import(cast.workspace.pk, batch),
    )
    with scope(cast.workspace):
        live = Entry.objects.live()
        assert (live.count(), Import.objects.get(pk=batch).state) == (1, "done")
        assert (done, bool(live.get().purchase)) in [(["done", "done"], True), (["done", "refused"], False)]


def test_rows_booked_while_their_vendor_is_merged_are_with_the_one_that_is_kept(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        kept, gone = (register(cast.cio, name) for name in ("Northwind", "North Wind Trading"))
    rows = [make.row(f"{number}.00", vendor="North Wind Trading", document=f"N{number}") for number in range(1, 301)]
    with scope(cast.workspace):
        batch = actions.upload(cast.finance, make.ledger(*rows)).pk

    def merged():
        with scope(cast.workspace):
            merge(gone, kept, cast.cmo)

    at_once(lambda: tasks.run_import(cast.workspace.pk, batch), lambda: retrying(merged))
    with scope(cast.workspace):
        assert list(Entry.objects.values_list("vendor").annotate(rows=Count("pk"))) == [(kept.pk, 300)]


def test_an_import_stopped_while_it_is_booked_is_whole_or_not_at_all(committed_cast):
    cast = committed_cast
    batch = brought(cast, cast.finance)

    def stopped():
        with scope(cast.workspace), suppress(Refused):  # it is being booked this minute
            actions.undo(Import.objects.get(pk=batch), cast.finance)

    at_once(lambda: tasks.run_import(cast.workspace.pk, batch), lambda: retrying(stopped))
    with scope(cast.workspace):
        state, live = Import.objects.get(pk=batch).state, Entry.objects.live().count()
        assert (state, live) in [("done", 300), ("undone", 0)]
        assert first_broken(cast.workspace) is None

"""Killed between reserving and answering: it is either fully there or not at all."""

import multiprocessing
import os
import signal

import pytest
from django.db import OperationalError, connection

from planning.people.scope import scope
from planning.purchases import actions, sending
from planning.purchases.models import Purchase
from planning.trail.models import Entry
from tests.purchases import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drafted(committed_cast):
    with scope(committed_cast.workspace):
        line = make.agreed_line(committed_cast, "1000.00")
        return make.draft(committed_cast.marketing_planner, line, "400.00")


def dies(*_facts, **_more):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def killed(*_facts, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_process_leaves_nothing_half_done(committed_cast, drafted, monkeypatch):
    def submit():
        with scope(committed_cast.workspace):
            actions.submit(drafted, committed_cast.marketing_planner)

    connection.close()
    monkeypatch.setattr(sending, "paper_for", killed)
    process = multiprocessing.get_context("fork").Process(target=submit)
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with scope(committed_cast.workspace):
        assert Purchase.objects.get().state == "draft"
        assert make.standing(drafted.items.get().line) == {"plan": 1000, "available": 1000}


@pytest.mark.parametrize("step", ["paper_for", "expiry"])
def test_what_was_reserved_is_gone_with_whoever_reserved_it(committed_cast, drafted, monkeypatch, step):
    member = committed_cast.marketing_planner
    with monkeypatch.context() as patched:
        patched.setattr(sending, step, dies)
        with pytest.raises(OperationalError), scope(committed_cast.workspace):
            actions.submit(drafted, member)
    connection.close()
    with scope(committed_cast.workspace):
        line = drafted.items.get().line
        assert Purchase.objects.get().state == "draft"
        assert make.standing(line) == {"plan": 1000, "available": 1000}
        assert not Entry.objects.of(committed_cast.workspace).filter(verb="purchases.submit").exists()
        assert actions.submit(drafted, member).state == "submitted"
        assert make.standing(line)["reserved"] == 400

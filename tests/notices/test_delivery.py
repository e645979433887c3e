"""Each reminder is sent once, with any number of workers; quiet hours hold mail back and merge it, never lose it."""

import smtplib
from datetime import UTC, datetime, time
from threading import Barrier, Thread

import pytest
from django.db import connection

from planning.notices import claiming, delivery, tasks
from planning.notices.models import Reminder
from planning.notices.reminding import Step, drop, remind
from planning.people.scope import scope
from planning.shared import clock

from .make import reminder

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def outbox(mailoutbox):
    return mailoutbox


def deliver(member) -> int:
    return delivery.deliver(member.workspace_id, member.pk)


def at(hour, minute=0, day=10):
    return clock.at(datetime(2026, 3, day, hour, minute, tzinfo=UTC))


@pytest.fixture
def due(cast):
    with at(12), scope(cast.workspace):
        return reminder(cast.cmo, at_once=True)


def test_what_is_due_is_mailed_once(cast, due, outbox):
    with at(12):
        assert deliver(cast.cmo) == 1
        assert deliver(cast.cmo) == 0
    [letter] = outbox
    assert letter.to == [cast.cmo.email]
    assert "The opt-out date is near" in letter.subject
    for text in (letter.body, letter.alternatives[0].content):
        assert "Twelve days are left." in text
        assert "http://localhost:8000/acme/team/" in text
    with scope(cast.workspace):
        due.refresh_from_db()
        assert (due.state, bool(due.sent_at)) == ("sent", True)


def test_eight_workers_send_one_mail(cast, due, outbox, transactional_db):
    start = Barrier(8)

    def work():
        try:
            with at(12):
                start.wait()
                deliver(cast.cmo)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outbox) == 1


def test_what_is_not_due_waits(cast, due, outbox):
    with at(11):
        assert deliver(cast.cmo) == 0


def test_what_was_settled_is_not_sent(cast, due, outbox):
    with scope(cast.workspace):
        assert drop(cast.workspace, "test.rule", "test.thing:1") == 1
    with at(12):
        assert deliver(cast.cmo) == 0
    assert not outbox


def test_what_no_longer_matters_is_dropped_at_the_last_look(cast, outbox):
    with at(12), scope(cast.workspace):
        reminder(cast.cmo, at_once=True, until=datetime(2026, 3, 10, 13, tzinfo=UTC).isoformat())
    with at(14):
        assert deliver(cast.cmo) == 0
    with scope(cast.workspace):
        assert Reminder.objects.get().state == "dropped"


def test_who_left_gets_nothing(cast, due, outbox):
    from planning.people.models import Member

    with scope(cast.workspace):
        Member.objects.filter(pk=cast.cmo.pk).update(left_at=NOON)
    with at(12):
        assert deliver(cast.cmo) == 0
    assert not outbox


@pytest.fixture
def quiet(cast):
    user = cast.cmo.user
    user.quiet_from, user.quiet_until = time(22), time(7)
    user.save()


def test_quiet_hours_defer_and_merge(cast, quiet, outbox):
    with at(23), scope(cast.workspace):
        reminder(cast.cmo, occurrence="first", at_once=True)
        reminder(cast.cmo, occurrence="second", at_once=True, lines=["And another."])
    for hour, day in ((23, 10), (3, 11), (6, 11)):
        with at(hour, day=day):
            assert deliver(cast.cmo) == 0
    with at(7, day=11):
        assert deliver(cast.cmo) == 2
    [letter] = outbox
    assert "Twelve days are left." in letter.body
    assert "And another." in letter.body


def test_quiet_hours_are_the_persons_own(cast, quiet, outbox):
    """22:00 to 07:00 in New York is 03:00 to 12:00 in London."""
    cast.cmo.user.timezone = "America/New_York"
    cast.cmo.user.save()
    with at(10), scope(cast.workspace):
        reminder(cast.cmo, at_once=True)
    with at(10):
        assert deliver(cast.cmo) == 0
    with at(12):
        assert deliver(cast.cmo) == 1


def test_a_legal_clock_knows_no_quiet_hours(cast, quiet, outbox):
    with at(23), scope(cast.workspace):
        reminder(cast.cmo, at_once=True, legal=True)
    with at(23):
        assert deliver(cast.cmo) == 1


def test_what_could_not_be_sent_waits_again(cast, due, monkeypatch):
    def broken(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(delivery, "send", broken)
    with at(12), pytest.raises(smtplib.SMTPServerDisconnected):
        deliver(cast.cmo)
    monkeypatch.undo()
    with at(12):
        assert deliver(cast.cmo) == 1


def test_what_a_lost_worker_held_is_given_back(cast, due, outbox):
    with at(12), scope(cast.workspace):
        assert claiming.take(due)
    with at(12, 5), scope(cast.workspace):
        assert delivery.waiting_members(cast.workspace) == []
    with at(12, 20), scope(cast.workspace):
        assert delivery.waiting_members(cast.workspace) == [cast.cmo.pk]


def test_the_clock_finds_what_a_lost_queue_forgot(cast, due, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.deliver, "delay", lambda *ids: queued.append(ids))
    with at(12):
        tasks.sweep()
    assert queued == [(cast.workspace.pk, cast.cmo.pk)]


def test_asking_twice_makes_one_reminder(inside):
    steps = [Step(inside.cmo, NOON, "day", {"subject": "x"}), Step(inside.cio, NOON, "day", {"subject": "x"})]
    remind(inside.workspace, "test.rule", "test.thing:1", steps)
    remind(inside.workspace, "test.rule", "test.thing:1", steps)
    assert Reminder.objects.count() == 2

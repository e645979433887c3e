"""One mail a day a person, in their own morning, with what they can do in it; two workspaces never share one."""

from datetime import UTC, datetime, time
from threading import Barrier, Thread

import pytest
from django.db import connection

from planning.desk import digest, tasks
from planning.notices.models import Notice, Reminder
from planning.people.models import Member
from planning.people.scope import scope
from planning.shared import clock
from tests.notices.make import reminder, told
from tests.signoffs.make import a_paper


@pytest.fixture
def outbox(mailoutbox):
    return mailoutbox


def at(hour, day=10, minute=0):
    """March, when London keeps UTC."""
    return clock.at(datetime(2026, 3, day, hour, minute, tzinfo=UTC))


@pytest.fixture
def busy(cast):
    """Yesterday: a paper for both leads, something told, something coming up."""
    with at(15, day=9), scope(cast.workspace):
        a_paper(cast)
        told(cast, cast.cmo, by=cast.finance, note="the ledger is late")
        reminder(cast.cmo)
    return cast


def deliver(member) -> bool:
    return digest.deliver(member.workspace_id, member.pk)


def test_the_morning_mail_says_what_waits_what_comes_and_what_happened(busy, outbox):
    with at(8):
        assert deliver(busy.cmo)
    [letter] = outbox
    assert letter.subject == "1 thing needs you in Acme"
    for text in (letter.body, letter.alternatives[0].content):
        assert text.index("Tracking") < text.index("The opt-out date is near") < text.index("the ledger is late")
        assert "http://localhost:8000/acme/" in text


def test_once_a_day(busy, outbox):
    with at(8):
        assert deliver(busy.cmo)
    with at(18):
        assert not deliver(busy.cmo)
    with at(8, day=11):
        assert deliver(busy.cmo)
    assert "the ledger is late" not in outbox[1].body
    assert "Tracking" in outbox[1].body


def test_not_before_the_morning_of_where_they_are(busy, outbox):
    busy.cmo.user.timezone = "America/New_York"
    busy.cmo.user.save()
    with at(11):
        assert not deliver(busy.cmo)
    with at(12):
        assert deliver(busy.cmo)


def test_not_in_quiet_hours_but_after(busy, outbox):
    busy.cmo.user.quiet_from, busy.cmo.user.quiet_until = time(21), time(9, 30)
    busy.cmo.user.save()
    with at(9, minute=29):
        assert not deliver(busy.cmo)
    with at(9, minute=30):
        assert deliver(busy.cmo)


def test_nothing_to_say_is_no_mail(busy, outbox):
    with at(8):
        assert not deliver(busy.viewer)
    assert not outbox


def test_what_was_read_is_not_mailed(busy, outbox):
    with scope(busy.workspace):
        Notice.objects.update(read_at=busy.workspace.now())
    with at(8):
        deliver(busy.cmo)
    assert "the ledger is late" not in outbox[0].body


def test_a_viewer_is_not_asked_for_keys(busy, outbox):
    with at(9, day=9), scope(busy.workspace):
        told(busy, busy.viewer)
    with at(8):
        assert deliver(busy.viewer)
    assert "Tracking" not in outbox[0].body


def test_six_workers_send_one(busy, outbox, transactional_db):
    start = Barrier(6)

    def work():
        try:
            with at(8):
                start.wait()
                deliver(busy.cmo)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outbox) == 1


def test_two_workspaces_never_share_a_mail(busy, outbox):
    with scope(busy.other):
        there = Member.objects.create(workspace=busy.other, user=busy.cmo.user, side="marketing", role="lead")
        with at(15, day=9):
            told(busy, there, by=busy.stranger, note="a secret of the other house", url="/not-acme/team/")
    with at(20):
        assert deliver(busy.cmo)
        assert deliver(there)
    ours, theirs = outbox
    assert "secret" not in ours.body
    assert "Tracking" not in theirs.body
    assert ("Acme" in ours.subject, "Somebody else" in theirs.subject) == (True, True)


def test_a_mail_that_failed_is_sent_later(busy, outbox, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("no route")

    monkeypatch.setattr(digest, "send", broken)
    with at(8), pytest.raises(OSError, match="no route"):
        deliver(busy.cmo)
    monkeypatch.undo()
    with at(9):
        with scope(busy.workspace):
            assert busy.cmo.pk in digest.members_due(busy.workspace)
        assert deliver(busy.cmo)
    assert "the ledger is late" in outbox[0].body
    with scope(busy.workspace):
        assert set(Reminder.objects.filter(member=busy.cmo).values_list("state", flat=True)) == {"sent"}


def test_the_clock_asks_each_member_once(busy, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.send_digest, "delay", lambda *ids: queued.append(ids))
    with at(8):
        tasks.send_digests()
        for ids in [ids for ids in queued if ids[0] == busy.workspace.pk]:
            tasks.send_digest(*ids)
        queued.clear()
        tasks.send_digests()
    assert not [ids for ids in queued if ids[0] == busy.workspace.pk]

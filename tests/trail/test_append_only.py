"""The history cannot be changed, and shows it when somebody does."""

import io
from threading import Barrier, Thread

import psycopg
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from planning.people.models import Member
from planning.people.scope import scope
from planning.team.profile import change_profile
from planning.trail.acts import record
from planning.trail.models import Entry, Head
from planning.trail.verifying import first_broken

CHANGES = [
    "UPDATE trail_entry SET label = 'x'",
    "DELETE FROM trail_entry",
    "UPDATE trail_head SET number = 0",
    "UPDATE trail_note SET text = 'x'",
]


def write(cast, *notes):
    return [record(change_profile, cast.cmo, cast.cmo, after={"language": "en"}, note=note) for note in notes]


@pytest.mark.parametrize("change", CHANGES)
def test_the_web_role_changes_nothing(inside, change):
    write(inside, "why")
    with (
        pytest.raises(DatabaseError, match="permission denied|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.fixture
def told(cast, transactional_db):
    """Three committed entries."""
    with scope(cast.workspace):
        write(cast, "one", "two", "three")
    return cast


@pytest.mark.parametrize("change", ["UPDATE trail_entry SET label = 'x'", "DELETE FROM trail_entry"])
def test_the_owner_is_refused_too(told, owner, change):
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute(change)


def verified(*words) -> str:
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("verify_trail", *words, stdout=out)
    assert stopped.value.code == 1
    return out.getvalue()


def past_the_trigger(owner, change):
    owner.execute("ALTER TABLE trail_entry DISABLE TRIGGER append_only")
    try:
        owner.execute(change)
    finally:
        owner.execute("ALTER TABLE trail_entry ENABLE TRIGGER append_only")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE trail_entry SET text = replace(text, 'language', 'languages') WHERE number = 2", "entry 2 of acme"),
        ("UPDATE trail_entry SET member_id = NULL WHERE number = 2", "entry 2 of acme"),
        ("UPDATE trail_entry SET at = at - interval '1 day' WHERE number = 3", "entry 3 of acme"),
        ("DELETE FROM trail_note; DELETE FROM trail_entry WHERE number = 2", "entry 2 of acme"),
        ("DELETE FROM trail_note; DELETE FROM trail_entry WHERE number = 3", "the head of acme"),
        ("UPDATE trail_note SET text = 'nothing of the kind' WHERE text = 'one'", "entry 1 of acme"),
    ],
)
def test_what_the_owner_changes_past_the_trigger_is_named(told, owner, change, says):
    past_the_trigger(owner, change)
    assert says in verified("acme")


def test_rehashing_one_entry_breaks_the_next(told, owner):
    past_the_trigger(
        owner,
        "UPDATE trail_entry SET text = text || ' ', hash = encode(sha256(convert_to("
        "previous || ':' || number || ':' || text || ' ', 'UTF8')), 'hex') WHERE number = 1",
    )
    assert "entry 2 of acme" in verified("acme")


def test_a_whole_chain_holds(told):
    out = io.StringIO()
    call_command("verify_trail", stdout=out)
    assert "acme: 3 entries hold" in out.getvalue()


def test_a_note_can_be_erased_and_the_chain_still_holds(told, owner):
    owner.execute("DELETE FROM trail_note")
    with scope(told.workspace):
        assert first_broken(told.workspace) is None


def test_twenty_writers_at_once_leave_no_gap(cast, transactional_db):
    start = Barrier(20)

    def one(number):
        try:
            start.wait()
            for again in range(3):
                with scope(cast.workspace):
                    record(change_profile, cast.cmo, cast.cmo, after={"writer": number, "again": again})
        finally:
            connection.close()

    threads = [Thread(target=one, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scope(cast.workspace):
        numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, 61))
        assert first_broken(cast.workspace) is None
        assert Head.objects.get().number == 60


def test_what_is_undone_leaves_no_number_behind(inside):
    write(inside, "kept")
    with transaction.atomic():
        write(inside, "undone")
        transaction.set_rollback(True)
    write(inside, "kept too")
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_renamed_person_is_read_by_the_new_name(inside):
    write(inside, "")
    inside.cmo.user.name = "Maya Berg"
    inside.cmo.user.save()
    entry = Entry.objects.newest().get()
    assert "Maya Berg" in entry.sentence
    assert "Maya" not in entry.text
    assert Member.objects.get(pk=entry.member_id).name == "Maya Berg"

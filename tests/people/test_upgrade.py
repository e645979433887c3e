"""A database of the release before goes on without a step; an older one is sent there first."""

from itertools import groupby

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from planning.people.management.commands.migrate import TOO_OLD, half_way, our_migrations

OURS = our_migrations()
REPLACED = [name for migration in OURS.values() for name in migration.replaces]
FIRST = next(key for key, migration in OURS.items() if migration.replaces)


def test_what_is_replaced_is_gone_and_replaced_once():
    assert len(REPLACED) == len(set(REPLACED))
    assert not set(REPLACED) & OURS.keys()


def test_nothing_is_run_before_what_a_database_has():
    """One that replaces nothing is new: an old database runs it, so it comes after all that replace something."""
    for room, keys in groupby(sorted(OURS), key=lambda key: key[0]):
        new = [not OURS[key].replaces for key in keys]
        assert new == sorted(new), room


@pytest.mark.parametrize(
    "applied",
    [[], REPLACED, [FIRST, *OURS[FIRST].replaces], [*REPLACED, *list(OURS)[:3]], [*REPLACED, *OURS]],
    ids=["empty", "the release before", "stopped at its first start", "stopped while upgrading", "this release"],
)
def test_goes_on(applied):
    assert not half_way(applied, OURS)


@pytest.mark.parametrize("lacking", REPLACED[::13])
def test_an_older_database_is_told_what_to_do_first(lacking, monkeypatch):
    applied = dict.fromkeys(name for name in REPLACED if name != lacking)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: applied)
    with pytest.raises(CommandError, match=TOO_OLD):
        call_command("migrate", verbosity=0)

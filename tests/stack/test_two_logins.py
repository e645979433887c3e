"""The web role serves and owns nothing; the owner stays out of the web's processes."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import ProgrammingError, connection

from alignment.stack import bootstrap
from tests.harness import environment

pytestmark = pytest.mark.django_db


def ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
        return row and row[0]


def test_the_web_is_not_the_owner() -> None:
    assert ask("SELECT current_user") == "alignment_web"
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == 0


def test_the_web_cannot_truncate() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("TRUNCATE django_session")


def test_the_web_cannot_make_tables() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        ask("CREATE TABLE sneaked (id int)")


def test_extensions_that_searching_and_constraints_need_are_there() -> None:
    names = "SELECT string_agg(extname, ' ' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'"
    assert ask(names) == "btree_gin btree_gist citext pg_trgm unaccent"


@pytest.mark.django_db(transaction=True)
def test_what_a_test_commits_is_gone_before_the_next(owner: psycopg.Connection) -> None:
    from django.contrib.sessions.models import Session

    count = "SELECT count(*) FROM django_session"
    assert owner.execute(count).fetchone() == (0,)
    Session.objects.create(session_key="k", session_data="d", expire_date="2030-01-01T00:00Z")
    assert owner.execute(count).fetchone() == (1,)


test_and_the_next_finds_nothing = test_what_a_test_commits_is_gone_before_the_next


def test_processes_that_start_together_wait_for_each_other(django_db_setup: None) -> None:
    """Postgres itself refuses two ALTER ROLE of one role at one instant."""
    servers = environment.url("admin", "postgres")
    with ThreadPoolExecutor(8) as together:
        for ready in [together.submit(bootstrap.embedded, servers, environment.DATABASE) for _ in range(24)]:
            ready.result()

"""Nothing is visible across workspaces: read from Postgres' own catalogue, so that a new table cannot be forgotten.

Every table is asked with real rows of two workspaces in it. To make rows without knowing any room, a transaction of the
superuser takes the table's checks away, puts two bare rows in, becomes the web role, looks, and is rolled back.
"""

import psycopg
import pytest
from psycopg import errors, sql

from planning.people.tenancy import tenant_models
from tests.harness import database, environment

# The only tables that belong to no workspace: people, their sign-ins, and the framework's own.
GLOBAL = {
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "mfa_authenticator",
    "people_user",
    "people_user_groups",
    "people_user_user_permissions",
    "socialaccount_socialaccount",
    "socialaccount_socialapp",
    "socialaccount_socialtoken",
}
ALPHA, BETA = 910001, 910002
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1"


@pytest.fixture
def admin(django_db_setup):
    with database.admin(environment.DATABASE) as connection:
        yield connection


@pytest.fixture
def tables(admin):
    found = {name for (name,) in admin.execute(TABLES).fetchall()}
    return sorted(found - GLOBAL)


def rows(connection, query, *params):
    return connection.execute(query, params).fetchall()


def column_of(table):
    return "id" if table == "people_workspace" else "workspace_id"


def test_the_list_of_global_tables_holds_nothing_that_is_not_there(admin):
    assert {name for (name,) in admin.execute(TABLES).fetchall()} >= GLOBAL


def test_the_web_role_has_no_way_round_policies(admin):
    [(superuser, bypasses)] = rows(admin, "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'alignment_web'")
    owned = rows(admin, "SELECT relname FROM pg_class WHERE relowner = 'alignment_web'::regrole")
    member_of = rows(admin, "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = 'alignment_web'::regrole")
    assert (superuser, bypasses, owned, member_of) == (False, False, [], [])


def test_every_table_has_exactly_one_policy_for_reading_and_writing(admin, tables):
    wrong = []
    for table in tables:
        [(enabled,)] = rows(admin, "SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", f"public.{table}")
        said = "SELECT permissive, cmd, roles::text, qual, with_check FROM pg_policies WHERE tablename = %s"
        found = rows(admin, said, table)
        policies = [tuple(rest) for permissive, *rest in found if permissive == "PERMISSIVE"]
        if any(cmd != "SELECT" for permissive, cmd, *_rest in found if permissive == "RESTRICTIVE"):
            wrong.append((table, found))  # what keeps rows from some readers takes no writing away
        inside = f"({column_of(table)} = ( SELECT (current_setting('app.workspace'::text))::bigint AS current_setting))"
        if not enabled or policies != [("ALL", "{public}", inside, inside)]:
            wrong.append((table, policies))
    assert not wrong


def test_every_row_can_be_pointed_at_together_with_its_workspace(admin, tables):
    """UNIQUE (workspace_id, id) everywhere, which composite foreign keys need; but for rows that nothing points at."""
    alone = {model._meta.db_table for model in tenant_models() if not getattr(model, "pointed_at", True)}
    named = {name for (name,) in rows(admin, "SELECT confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'")}
    assert alone == {"spend_staged"}
    assert not alone & named
    without = [
        table
        for table in tables
        if table not in {"people_workspace", "trail_head", *alone}
        and ["id", "workspace_id"] not in [sorted(one) for one in uniques(admin, table)]
    ]
    assert not without


def test_every_unique_begins_with_the_workspace(admin, tables):
    """Else a refusal tells what another workspace holds. A one-to-one key is kept inside by its foreign key."""
    keys = set(
        rows(
            admin,
            "SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c"
            "  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) WHERE c.contype = 'f'",
        )
    )
    loose = [
        (table, columns)
        for table in tables
        if table != "people_workspace"
        for columns in uniques(admin, table)
        if columns[0] != "workspace_id"
        and columns != ["id"]
        and not (len(columns) == 1 and (table, columns[0]) in keys)
    ]
    assert not loose


def uniques(connection, table) -> list[list[str]]:
    query = """
        SELECT array_agg(coalesce(a.attname, '(expression)') ORDER BY place)
          FROM pg_index i
          CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS key (number, place)
          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = key.number AND key.number > 0
         WHERE i.indrelid = %s::regclass AND i.indisunique
         GROUP BY i.indexrelid
    """
    return [columns for (columns,) in rows(connection, query, f"public.{table}")]


def test_every_foreign_key_stays_inside_the_workspace(admin, tables):
    """Foreign keys look past policies, so each to another such table has a composite one beside it."""
    query = """
        SELECT f.conrelid::regclass::text, f.confrelid::regclass::text,
               (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
                 WHERE a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey))
          FROM pg_constraint f WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
    """
    keys = rows(admin, query)
    inside = [key for key in keys if key[0] in tables and key[1] in tables and key[1] != "people_workspace"]
    composite = {(source, target, tuple(columns)) for source, target, columns in inside if "workspace_id" in columns}
    bare = [
        (source, target, columns)
        for source, target, columns in inside
        if "workspace_id" not in columns
        and (source, target, tuple(sorted([*columns, "workspace_id"]))) not in composite
    ]
    assert inside
    assert not bare


def test_raw_sql_in_one_workspace_sees_and_changes_nothing_of_another(admin, tables):
    leaks = {table: complaint for table in tables if (complaint := leak(admin, table))}
    assert not leaks


def leak(admin, table) -> str:
    """What the web role can do to the other workspace's row of this table; empty when it can do nothing."""
    with admin.transaction(force_rollback=True):
        two_rows(admin, table)
        admin.execute("SET LOCAL ROLE alignment_web")
        return complaint_about(admin, table)


def two_rows(admin, table):
    """One bare row for each workspace, whatever the table's rules."""
    name = sql.Identifier(table)
    admin.execute("SET LOCAL session_replication_role = replica")
    checks = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x', 'u') ORDER BY 1"
    for (constraint,) in rows(admin, checks, f"public.{table}"):
        admin.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {} CASCADE").format(name, sql.Identifier(constraint)))
    needed = """
        SELECT a.attname FROM pg_attribute a
         WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
           AND NOT EXISTS (SELECT FROM pg_index i
                            WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey))
    """
    for (column,) in rows(admin, needed, f"public.{table}"):
        admin.execute(sql.SQL("ALTER TABLE {} ALTER {} DROP NOT NULL").format(name, sql.Identifier(column)))
    for workspace in (ALPHA, BETA):
        admin.execute(insertion(table, workspace))


def insertion(table, workspace, key=None):
    columns = dict.fromkeys([column_of(table)], workspace)
    if table not in {"people_workspace", "trail_head"}:
        columns["id"] = key or workspace
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join(map(sql.Literal, columns.values())),
    )


def complaint_about(web, table) -> str:
    name, column = sql.Identifier(table), sql.Identifier(column_of(table))
    look = sql.SQL("SELECT DISTINCT {} FROM {} ORDER BY 1").format(column, name)
    if not refused(web, look, errors.UndefinedObject, errors.InvalidTextRepresentation):
        return "answers although no workspace is open"
    for workspace in (ALPHA, BETA):
        web.execute("SELECT set_config('app.workspace', %s, true)", [str(workspace)])
        if (seen := web.execute(look).fetchall()) != [(workspace,)]:
            return f"shows {seen} in {workspace}"
    move = sql.SQL("UPDATE {} SET {} = {}").format(name, column, sql.Literal(ALPHA))
    if not refused(web, move, errors.InsufficientPrivilege):
        return "lets a row move to another workspace"
    if not refused(web, insertion(table, ALPHA, key=7), errors.InsufficientPrivilege):
        return "takes a row for another workspace"
    take = sql.SQL("DELETE FROM {} WHERE {} = {}").format(name, column, sql.Literal(ALPHA))
    if not refused(web, take, errors.InsufficientPrivilege) and web.execute(take).rowcount:
        return "lets another workspace's row be deleted"
    return ""


def refused(web, statement, *kinds) -> bool:
    try:
        with web.transaction():
            web.execute(statement)
    except kinds:
        return True
    return False


def test_the_search_for_leaks_finds_one(admin):
    """A table like any other, but without a policy: the test above must not be blind."""
    with admin.transaction(force_rollback=True):
        admin.execute("CREATE TABLE leaky (id bigint PRIMARY KEY, workspace_id bigint NOT NULL)")
        admin.execute("GRANT ALL ON leaky TO alignment_web")
        assert leak(admin, "leaky")


def test_without_a_scope_the_product_raises_instead_of_showing_an_empty_page(cast):
    from django.db import DataError, ProgrammingError, transaction

    from planning.people.models import Member

    with pytest.raises((ProgrammingError, DataError)), transaction.atomic():
        list(Member.objects.all())


def test_the_setting_does_not_outlive_its_transaction(django_db_setup):
    with psycopg.connect(environment.url("web")) as connection:
        with connection.transaction():
            connection.execute("SELECT set_config('app.workspace', '5', true)")
        left = connection.execute("SELECT current_setting('app.workspace', true)").fetchone()
    assert left in {("",), (None,)}

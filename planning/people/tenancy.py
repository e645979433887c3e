"""Nothing is visible across workspaces: the second lock, in Postgres, behind every filter in Python.

Every table with a `workspace` belongs to one. When migrations finish, each of them gets
  · row-level security: a transaction sees and writes only rows of `app.workspace`, and fails loudly when that is unset;
  · UNIQUE (workspace_id, id), and for every foreign key to another such table a composite one, because foreign keys
    look past policies.
It is a hook and not a line in each migration so that a new table cannot be forgotten; a test reads the catalogue.
"""

from django.apps import apps
from django.db import models

PREDICATE = "{column} = (SELECT current_setting('app.workspace')::bigint)"


class WorkspaceQuerySet(models.QuerySet):
    def of(self, workspace):
        """Rows of one workspace: the first step of every query."""
        return self.filter(workspace=workspace)


class InWorkspace(models.Model):
    """A row that belongs to exactly one workspace."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+", editable=False)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        abstract = True


def tenant_models():
    """Every concrete model that carries a workspace."""
    return [
        model
        for model in apps.get_models()
        if model._meta.managed and any(field.name == "workspace" for field in model._meta.local_fields)
    ]


def secure(connection):
    """Give every table of a workspace its policy and composite keys. Runs as the owner; running it again is free.

    Columns that are not there yet (a migration half way) are secured when they are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        columns = set(cursor.fetchall())
        for statement in statements():
            if (statement.table, statement.column) in columns:
                statement.apply(cursor)


class Statement:
    """One statement about a column, run when the catalogue does not know its name yet."""

    def __init__(self, table, column, name, sql, catalogue):
        self.table, self.column, self.name, self.sql, self.catalogue = table, column, name, sql, catalogue

    def apply(self, cursor):
        cursor.execute(self.catalogue, [self.table, self.name])
        if not cursor.fetchone():
            cursor.execute(self.sql)


POLICIES = "SELECT 1 FROM pg_policies WHERE schemaname = 'public' AND tablename = %s AND policyname = %s"
CONSTRAINTS = "SELECT 1 FROM pg_constraint WHERE conrelid = ('public.' || quote_ident(%s))::regclass AND conname = %s"


def policy(table, column="workspace_id"):
    inside = PREDICATE.format(column=column)
    return Statement(
        table,
        column,
        "inside_workspace",
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;'
        f'CREATE POLICY inside_workspace ON "{table}" USING ({inside}) WITH CHECK ({inside})',
        POLICIES,
    )


def statements():
    yield policy("people_workspace", "id")
    for model in tenant_models():
        table = model._meta.db_table
        yield policy(table)
        name = f"{table}_in_workspace"
        unique = f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (workspace_id, id)'
        yield Statement(table, "id", name, unique, CONSTRAINTS)
    for model in tenant_models():
        for field in model._meta.local_fields:
            if (field.many_to_one or field.one_to_one) and field.related_model in tenant_models():
                yield composite(model._meta.db_table, field)


def composite(table, field):
    name = f"{table}_{field.column}_same_workspace"[:63]
    return Statement(
        table,
        field.column,
        name,
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY (workspace_id, "{field.column}") '
        f'REFERENCES "{field.related_model._meta.db_table}" (workspace_id, id) DEFERRABLE INITIALLY DEFERRED',
        CONSTRAINTS,
    )

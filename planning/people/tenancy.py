"""Nothing is visible across workspaces: the second lock, in Postgres, behind every filter in Python.

Every table with a `workspace` belongs to one. When migrations finish, each of them gets
  · row-level security: a transaction sees and writes only rows of `app.workspace`, and fails loudly when that is unset;
  · UNIQUE (workspace_id, id), and for every foreign key to another such table a composite one, because foreign keys
    look past policies; the one that Django made says less, costs as much at every row, and goes;
  · where it points at a thing that can be merged with another of its kind, a trigger that leads what is written later
    on to the one that was kept.
It is a hook and not a line in each migration so that a new table cannot be forgotten; a test reads the catalogue. A
field that says `db_constraint=False` gets no foreign key, and a model that says `pointed_at = False` no such pair: for
rows by the million that all point at one thing, which whoever writes them holds, and that nothing points at.
"""

from django.apps import apps
from django.db import models

PREDICATE = "{column} = (SELECT current_setting('app.workspace')::bigint)"


class WorkspaceQuerySet(models.QuerySet):
    def of(self, workspace):
        """Rows of one workspace (itself, or its id): the first step of every query. They know the one that was given,
        as the rows of a related manager know theirs."""
        rows = self.filter(workspace=workspace)
        if isinstance(workspace, models.Model):
            field = self.model._meta.get_field("workspace")
            rows._known_related_objects = {**rows._known_related_objects, field: {workspace.pk: workspace}}
        return rows

    def only(self, *fields):
        """With the id of the workspace, by which `of` knows whose a row is: left out, it was asked row by row."""
        return super().only("workspace", *fields)


class InWorkspace(models.Model):
    """A row that belongs to exactly one workspace."""

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+", editable=False)
    pointed_at = True  # False: no other row ever names one of these, so their pairs need no index

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
        cursor.execute(DROP_IMPLIED)


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


# Foreign keys of one column that a composite one implies: to the same table, or, where that one is never null, to the
# workspace, which the row it points at has too.
DROP_IMPLIED = """
DO $$ DECLARE implied record; BEGIN
    FOR implied IN
        SELECT one.conrelid::regclass AS place, one.conname FROM pg_constraint one
         WHERE one.contype = 'f' AND cardinality(one.conkey) = 1 AND EXISTS (
               SELECT FROM pg_constraint wide
                WHERE wide.contype = 'f' AND wide.conrelid = one.conrelid AND cardinality(wide.conkey) = 2
                  AND wide.conkey @> one.conkey
                  AND (wide.confrelid = one.confrelid AND wide.confkey @> one.confkey
                       OR one.confrelid = to_regclass('public.people_workspace') AND wide.confrelid <> wide.conrelid
                          AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = wide.conrelid
                                             AND a.attnum = ANY (wide.conkey) AND NOT a.attnotnull)))
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', implied.place, implied.conname);
    END LOOP;
END $$"""


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
        if getattr(model, "pointed_at", True):
            name = f"{table}_in_workspace"
            unique = f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" UNIQUE (workspace_id, id)'
            yield Statement(table, "id", name, unique, CONSTRAINTS)
    for model in tenant_models():
        for field in model._meta.local_fields:
            if (
                (field.many_to_one or field.one_to_one)
                and field.db_constraint
                and field.related_model in tenant_models()
            ):
                yield composite(model._meta.db_table, field)
                if can_be_merged(field):
                    yield from followers(model._meta.db_table, field)


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


# ── Things that turn out to be one ───────────────────────────────────────────────────────────────────────────────────
# Nothing to do as well while the function is not there (a migration half way).
TRIGGERS = """
SELECT 1 FROM pg_trigger WHERE tgrelid = ('public.' || quote_ident(%s))::regclass AND tgname = %s
UNION ALL SELECT 1 WHERE to_regproc('public.{function}') IS NULL"""


def can_be_merged(field) -> bool:
    """Whether a foreign key names a thing (`vendor`) of a kind whose rows may be `merged_into` another."""
    kind = field.related_model._meta
    return field.name == kind.model_name and any(other.name == "merged_into" for other in kind.local_fields)


def followers(table, field):
    function, column = f"{field.related_model._meta.app_label}_follow", field.column
    for name, moment in (
        (f"follow_{field.name}", f"INSERT ON {{table}} FOR EACH ROW WHEN (NEW.{column} IS NOT NULL)"),
        (
            f"follow_{field.name}_later",
            f"UPDATE OF {column} ON {{table}} FOR EACH ROW WHEN (NEW.{column} IS DISTINCT FROM OLD.{column})",
        ),
    ):
        sql = f"CREATE TRIGGER {name} BEFORE {moment.format(table=table)} EXECUTE FUNCTION {function}()"
        yield Statement(table, column, name, sql, TRIGGERS.format(function=function))

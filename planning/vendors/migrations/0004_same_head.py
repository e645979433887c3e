"""Names that begin with the same word are looked at too: what else they say is often a place or a department.

A word that more than twenty names begin with tells nothing, so no more than twenty are fetched.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("planning.vendors.migrations.0003_merging").NEAR
HEAD = """
             UNION
            (SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND length(asked.head) > 2
               AND (v.key LIKE asked.head || ' %' OR v.key = asked.head) LIMIT 20)) AS near"""
NEAR = (
    BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace(
        "FROM unnest(keys, parts) AS asked (said, parts)",
        "FROM (SELECT said, parts, split_part(said, ' ', 1) AS head\n"
        "              FROM unnest(keys, parts) AS each (said, parts)) AS asked",
    )
    .replace(") AS near", HEAD, 1)
)


class Migration(migrations.Migration):
    dependencies = [("vendors", "0003_merging")]

    operations = [migrations.RunSQL(NEAR, BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))]

"""What is hidden from a reader is found once for a request that only reads, and said for the rest of its transaction:
its policies ask for it from five to eight times a page. What is said holds for that workspace and that person alone.
"""

from importlib import import_module

from django.db import migrations

FOUND = import_module("planning.purchases.migrations.0010_hidden_at_once").HIDDEN
SAID = (
    FOUND.replace("FUNCTION purchases_hidden()", "FUNCTION purchases_find_hidden()")
    + """
ALTER FUNCTION purchases_find_hidden() PARALLEL SAFE;

CREATE FUNCTION purchases_hidden_for() RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT current_setting('app.workspace') || '/' || current_setting('app.user') || ' '
$$;

CREATE FUNCTION purchases_say_hidden() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF people_sees_all() THEN RETURN; END IF;
    PERFORM set_config('app.purchases_hidden', purchases_hidden_for() || purchases_find_hidden()::text, true);
END $$;

CREATE OR REPLACE FUNCTION purchases_hidden() RETURNS bigint[] STABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
DECLARE
    said text := current_setting('app.purchases_hidden', true);
BEGIN
    IF people_sees_all() THEN RETURN ARRAY[]::bigint[]; END IF;
    IF starts_with(said, purchases_hidden_for()) THEN
        RETURN substr(said, length(purchases_hidden_for()) + 1)::bigint[];
    END IF;
    RETURN purchases_find_hidden();
END $$;
"""
)
EACH_TIME = (
    FOUND
    + "ALTER FUNCTION purchases_hidden() PARALLEL SAFE;"
    + "DROP FUNCTION purchases_say_hidden(); DROP FUNCTION purchases_hidden_for(); DROP FUNCTION purchases_find_hidden();"
)


class Migration(migrations.Migration):
    dependencies = [("purchases", "0014_asks_the_index")]
    operations = [migrations.RunSQL(SAID, EACH_TIME)]

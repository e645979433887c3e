"""Which names look alike? Trigrams cannot use their index under a policy, so definer functions ask for their own
workspace and nothing else.

`vendors_alike` finds what is closest to one name. `vendors_near` finds, for each of many, names that share letters with
it, hold it, or are a part of it; and those that begin with the same word, because what else they say is often a place or
a department. A word that more than twenty names begin with tells nothing, so no more than twenty are fetched.

A name is put into its search index at once. Put by, as Postgres does unasked until it cleans up, thousands of new names
are gone through by each search: after an import it took four times as long. And a search asks the index: by Postgres's
own guess of what reading here and there costs (random_page_cost), fifty thousand names are read one after the other.
Told so for all questions, sums over a million rows would go by way of an index, one by one.
"""

from django.db import migrations

ALIKE = """
CREATE INDEX vendors_vendor_key_like ON vendors_vendor
    USING gin (key gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX vendors_alias_key_like ON vendors_alias
    USING gin (key gin_trgm_ops) WITH (fastupdate = off);

CREATE FUNCTION vendors_alike(said text, most integer)
RETURNS TABLE (vendor_id bigint, likeness real) STABLE
SECURITY DEFINER SET search_path = pg_catalog, public SET random_page_cost = 1.1 LANGUAGE sql AS $$
    SELECT found.id, max(found.likeness)
      FROM (SELECT v.id, similarity(v.key, said) AS likeness
              FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND v.key % said
             UNION ALL
            SELECT a.vendor_id, similarity(a.key, said)
              FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND a.key % said) found
     GROUP BY found.id
     ORDER BY 2 DESC, 1
     LIMIT most
$$;
"""
NOT_ALIKE = """
DROP FUNCTION vendors_alike(text, integer);
DROP INDEX vendors_alias_key_like, vendors_vendor_key_like;
"""

# A function may only be given a setting that the session knows: asking for a similarity loads what knows these.
NEAR = """
SELECT similarity('', '');
CREATE FUNCTION vendors_near(keys text[], parts text[])
RETURNS TABLE (said text, vendor_id bigint, key varchar) STABLE
SECURITY DEFINER SET search_path = pg_catalog, public
SET pg_trgm.similarity_threshold = '0.3' SET pg_trgm.word_similarity_threshold = '0.8' LANGUAGE sql AS $$
    SELECT asked.said, near.id, near.key
      FROM (SELECT said, parts, split_part(said, ' ', 1) AS head
              FROM unnest(keys, parts) AS each (said, parts)) AS asked
     CROSS JOIN LATERAL (
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND v.key % asked.said
             UNION
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND asked.said <% v.key
             UNION
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint
               AND v.key = ANY (string_to_array(asked.parts, E'\\n'))
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND a.key % asked.said
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND asked.said <% a.key
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint
               AND a.key = ANY (string_to_array(asked.parts, E'\\n'))
             UNION
            (SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND length(asked.head) > 2
               AND (v.key LIKE asked.head || ' %' OR v.key = asked.head) LIMIT 20)) AS near
     WHERE near.key <> ''
$$;
"""


class Migration(migrations.Migration):
    replaces = [("vendors", "0002_likeness"), ("vendors", "0004_same_head")]
    dependencies = [("vendors", "0001_models")]
    operations = [
        migrations.RunSQL(ALIKE, NOT_ALIKE),
        migrations.RunSQL(NEAR, "DROP FUNCTION vendors_near(text[], text[])"),
    ]

"""A key stays on its side: who stands in for somebody is of the same side, however long the chain, and stays there.

The exclusion constraint on deputies speaks of the side written on each row; these triggers keep that side true.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_deputy_side() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text; stands text;
BEGIN
    IF NEW.ended_at IS NOT NULL THEN RETURN NEW; END IF;
    -- Both rows are held, so that neither changes sides before this is written.
    SELECT side INTO held FROM people_member WHERE id = NEW.member_id FOR SHARE;
    SELECT side INTO stands FROM people_member WHERE id = NEW.deputy_id FOR SHARE;
    IF held IS DISTINCT FROM NEW.side OR stands IS DISTINCT FROM NEW.side THEN
        RAISE EXCEPTION 'A deputy is of the same side as the key.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'deputy_of_one_side';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_side BEFORE INSERT OR UPDATE ON people_deputy FOR EACH ROW EXECUTE FUNCTION people_deputy_side();

CREATE FUNCTION people_member_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM people_deputy d
                WHERE NEW.id IN (d.member_id, d.deputy_id) AND d.ended_at IS NULL AND d.side <> NEW.side) THEN
        RAISE EXCEPTION 'Who stands in for somebody, or is stood in for, does not change sides.'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'deputy_of_one_side';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER one_side AFTER UPDATE OF side ON people_member FOR EACH ROW EXECUTE FUNCTION people_member_side();
"""
BACKWARDS = "DROP FUNCTION people_deputy_side() CASCADE; DROP FUNCTION people_member_side() CASCADE"


class Migration(migrations.Migration):
    replaces = [("people", "0004_one_side")]
    dependencies = [("people", "0002_at_the_door")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

"""A matrix that somebody was asked to sign stays as they read it: rows and letters change only in a draft."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION roles_refuse_frozen(version bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM roles_version WHERE id = version AND state <> 'draft') THEN
        RAISE EXCEPTION 'A matrix that was proposed stays as it is; a change is a new version.'
            USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE FUNCTION roles_freeze_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM roles_refuse_frozen(OLD.version_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM roles_refuse_frozen(NEW.version_id); RETURN NEW; END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON roles_activity
    FOR EACH ROW EXECUTE FUNCTION roles_freeze_rows();
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON roles_column
    FOR EACH ROW EXECUTE FUNCTION roles_freeze_rows();

CREATE FUNCTION roles_freeze_letters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM roles_refuse_frozen((SELECT version_id FROM roles_activity WHERE id = OLD.activity_id));
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM roles_refuse_frozen((SELECT version_id FROM roles_activity WHERE id = NEW.activity_id));
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON roles_letter
    FOR EACH ROW EXECUTE FUNCTION roles_freeze_letters();
"""
BACKWARDS = """
DROP FUNCTION roles_freeze_rows() CASCADE; DROP FUNCTION roles_freeze_letters() CASCADE;
DROP FUNCTION roles_refuse_frozen(bigint) CASCADE
"""


class Migration(migrations.Migration):
    replaces = [("roles", "0002_frozen")]
    dependencies = [("roles", "0001_models")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

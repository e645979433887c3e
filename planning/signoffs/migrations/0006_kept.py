"""The row that named the people is frozen with the terms; what was done or answered stays as it was said."""

from django.db import migrations

FREEZE = """
CREATE OR REPLACE FUNCTION signoffs_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.fingerprint := encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex');
    ELSIF (NEW.text, NEW.terms, NEW.fingerprint, NEW.version, NEW.subject{more_new})
          IS DISTINCT FROM (OLD.text, OLD.terms, OLD.fingerprint, OLD.version, OLD.subject{more_old}) THEN
        RAISE EXCEPTION 'Terms are frozen; a change is a new version.' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> 'open' AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'A paper closes once.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
FORWARDS = (
    FREEZE.format(more_new=", NEW.matrix", more_old=", OLD.matrix")
    + """
CREATE FUNCTION signoffs_keep_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('done', 'answered', 'silent') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'What was said stays said.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER said_word BEFORE UPDATE ON signoffs_duty FOR EACH ROW EXECUTE FUNCTION signoffs_keep_word();
"""
)
BACKWARDS = "DROP FUNCTION signoffs_keep_word() CASCADE;" + FREEZE.format(more_new="", more_old="")


class Migration(migrations.Migration):
    dependencies = [("signoffs", "0004_mail_key_owner")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

"""The fingerprint is the database's; terms are frozen once written, and with them the row that named the people; what
was decided, done or answered stays as it was said."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION signoffs_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.fingerprint := encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex');
    ELSIF (NEW.text, NEW.terms, NEW.fingerprint, NEW.version, NEW.subject, NEW.matrix)
          IS DISTINCT FROM (OLD.text, OLD.terms, OLD.fingerprint, OLD.version, OLD.subject, OLD.matrix) THEN
        RAISE EXCEPTION 'Terms are frozen; a change is a new version.' USING ERRCODE = 'restrict_violation';
    ELSIF OLD.state <> 'open' AND NEW.state <> OLD.state THEN
        RAISE EXCEPTION 'A paper closes once.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_terms BEFORE INSERT OR UPDATE ON signoffs_paper FOR EACH ROW EXECUTE FUNCTION signoffs_freeze();

CREATE FUNCTION signoffs_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('approved', 'rejected') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'A turned key stays turned.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.read_fingerprint <> '' AND NEW.read_fingerprint
       <> (SELECT fingerprint FROM signoffs_paper WHERE id = NEW.paper_id) THEN
        RAISE EXCEPTION 'A key is turned on the terms that were read.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER turned_key BEFORE UPDATE ON signoffs_seat FOR EACH ROW EXECUTE FUNCTION signoffs_keep();

CREATE FUNCTION signoffs_keep_word() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('done', 'answered', 'silent') AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'What was said stays said.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER said_word BEFORE UPDATE ON signoffs_duty FOR EACH ROW EXECUTE FUNCTION signoffs_keep_word();
"""
BACKWARDS = """
DROP FUNCTION signoffs_freeze() CASCADE; DROP FUNCTION signoffs_keep() CASCADE; DROP FUNCTION signoffs_keep_word() CASCADE
"""


class Migration(migrations.Migration):
    replaces = [("signoffs", "0002_fingerprint"), ("signoffs", "0006_kept")]
    dependencies = [("signoffs", "0001_models")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

"""The trigger numbers and chains each entry; another refuses every change, whoever asks."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION trail_chain() RETURNS trigger SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
DECLARE head trail_head;
BEGIN
    INSERT INTO trail_head (workspace_id, number, hash) VALUES (NEW.workspace_id, 0, repeat('0', 64))
        ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM trail_head WHERE workspace_id = NEW.workspace_id FOR UPDATE;
    NEW.number := head.number + 1;
    NEW.previous := head.hash;
    NEW.hash := encode(sha256(convert_to(head.hash || ':' || NEW.number || ':' || NEW.text, 'UTF8')), 'hex');
    UPDATE trail_head SET number = NEW.number, hash = NEW.hash WHERE workspace_id = NEW.workspace_id;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON trail_entry FOR EACH ROW EXECUTE FUNCTION trail_chain();

CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The history is append-only: entry % stays as it is.', OLD.number USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON trail_entry FOR EACH ROW EXECUTE FUNCTION trail_refuse();

DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'alignment_web') THEN
        REVOKE UPDATE, DELETE ON trail_entry, trail_note FROM alignment_web;
        REVOKE INSERT, UPDATE, DELETE ON trail_head FROM alignment_web;
    END IF;
END $$;
"""
BACKWARDS = "DROP FUNCTION trail_chain() CASCADE; DROP FUNCTION trail_refuse() CASCADE"


class Migration(migrations.Migration):
    replaces = [("trail", "0002_append_only")]
    dependencies = [("trail", "0001_models")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]

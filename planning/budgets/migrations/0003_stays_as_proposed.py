"""What was proposed stays as it was read: only its vendor may turn out to be the same as another, and back again, and
what is signed keeps the fingerprint it was signed with. A line that says nothing finer (another currency, an effect, a
cost centre, people) has the fingerprint it would have had before there was more to say."""

from django.db import migrations

PLANS = """
ALTER TABLE budgets_revision ADD CONSTRAINT line_revision_months_sum CHECK (
    cardinality(months) = 12 AND array_position(months, NULL) IS NULL AND 0 <= ALL (months)
    AND months[1] + months[2] + months[3] + months[4] + months[5] + months[6] + months[7] + months[8] + months[9]
        + months[10] + months[11] + months[12] = total);

CREATE FUNCTION budgets_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
    old_row budgets_revision;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT v.state INTO state FROM budgets_version v WHERE v.id = OLD.version_id;
        IF TG_OP = 'DELETE' THEN
            IF state <> 'draft' THEN
                RAISE EXCEPTION 'What was proposed stays; a change is a new version.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END IF;
        old_row := OLD;
        old_row.is_open := NEW.is_open;
        old_row.in_force := NEW.in_force;
        IF state <> 'draft' AND NEW.vendor_id IS DISTINCT FROM OLD.vendor_id AND EXISTS (
            SELECT 1 FROM vendors_merge m
             WHERE m.undone_at IS NULL
               AND (m.gone_id, m.kept_id) IN ((OLD.vendor_id, NEW.vendor_id), (NEW.vendor_id, OLD.vendor_id))
        ) THEN
            old_row.vendor_id := NEW.vendor_id;
        END IF;
        IF state <> 'draft' AND old_row IS DISTINCT FROM NEW THEN
            RAISE EXCEPTION 'What was proposed stays; a change is a new version.' USING ERRCODE = 'restrict_violation';
        END IF;
        IF old_row.vendor_id IS DISTINCT FROM OLD.vendor_id THEN
            RETURN NEW;
        END IF;
    END IF;
    NEW.fingerprint := encode(sha256(convert_to(concat_ws('|', NEW.name, NEW.side, NEW.category_id,
        coalesce(NEW.vendor_id::text, '-'), coalesce(NEW.kpi_id::text, '-'), NEW.currency, NEW.total, NEW.months, NEW.marketing_weight,
        NEW.technology_weight, NEW.purpose, NEW.treatment, NEW.removed,
        nullif(jsonb_strip_nulls(jsonb_build_object(
            'original_currency', nullif(NEW.original_currency, ''), 'original_total', NEW.original_total,
            'rate', NEW.rate, 'rate_day', NEW.rate_day, 'kpi_effect', NEW.kpi_effect, 'effect_due', NEW.effect_due,
            'cost_centre', nullif(NEW.cost_centre, ''), 'account', nullif(NEW.account, ''),
            'dimensions', nullif(NEW.dimensions, '{}'::jsonb), 'placeholder', nullif(NEW.placeholder, false), 'people', nullif(NEW.people_seal, '')
        )), '{}'::jsonb)::text), 'UTF8')), 'hex');
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON budgets_revision
    FOR EACH ROW EXECUTE FUNCTION budgets_freeze();
"""
NO_PLANS = """
DROP FUNCTION budgets_freeze() CASCADE;
ALTER TABLE budgets_revision DROP CONSTRAINT line_revision_months_sum;
"""


class Migration(migrations.Migration):
    replaces = [("budgets", "0011_merged_vendors")]
    dependencies = [("budgets", "0002_balances")]
    operations = [migrations.RunSQL(PLANS, NO_PLANS)]

"""What was signed stays as it was signed, only its vendor may turn out to be the same as another, and back again."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("planning.budgets.migrations.0004_tolerance")

MERGED = """        IF state <> 'draft' AND NEW.vendor_id IS DISTINCT FROM OLD.vendor_id AND EXISTS (
            SELECT 1 FROM vendors_merge m
             WHERE m.undone_at IS NULL
               AND (m.gone_id, m.kept_id) IN ((OLD.vendor_id, NEW.vendor_id), (NEW.vendor_id, OLD.vendor_id))
        ) THEN
            old_row.vendor_id := NEW.vendor_id;
        END IF;
"""
COMPARED = "        IF state <> 'draft' AND old_row IS DISTINCT FROM NEW THEN"
UNSIGNED = """        IF old_row.vendor_id IS DISTINCT FROM OLD.vendor_id THEN
            RETURN NEW;
        END IF;
    END IF;
    NEW.fingerprint :="""


def with_merges() -> str:
    """The freezing function, with the exception; what is signed keeps the fingerprint it was signed with."""
    sql = BEFORE.FINGERPRINT.replace(COMPARED, MERGED + COMPARED)
    return sql.replace("    END IF;\n    NEW.fingerprint :=", UNSIGNED)


class Migration(migrations.Migration):
    dependencies = [("budgets", "0010_cells_of_a_budget"), ("vendors", "0003_merging")]
    operations = [migrations.RunSQL(with_merges(), BEFORE.FINGERPRINT)]

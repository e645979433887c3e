"""A search asks the index: by Postgres's own guess of what reading here and there costs, fifty thousand names are read
one after the other. Told so for all questions, sums over a million rows would go by way of an index, one by one."""

from django.db import migrations

FUNCTIONS = ("vendors_called(text[], text[])", "vendors_alike(text, integer)", "purchases_called(text[], text[])")


class Migration(migrations.Migration):
    dependencies = [("purchases", "0013_condition_note"), ("vendors", "0008_kept_back")]
    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {function} SET random_page_cost = 1.1", f"ALTER FUNCTION {function} RESET random_page_cost"
        )
        for function in FUNCTIONS
    ]

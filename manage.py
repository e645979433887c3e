#!/usr/bin/env python3
import gc
import os
import sys

from django.core.management import execute_from_command_line

from alignment.stack import places

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")
    if sys.argv[1:2] == ["migrate"]:
        # Only the owner may make tables. Both names, because an owner's URL that stands alone becomes the web role's.
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = places.database_url("owner")
    gc.set_threshold(100_000, 50, 1000)  # a command ends soon: looking for garbage took a quarter of a migration
    execute_from_command_line(sys.argv)

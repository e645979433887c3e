"""The table of settings is whole: what the code reads is in it, and what is in it the code reads."""

import re

from alignment.stack.places import BASE_DIR

READ = re.compile(r"""(?:os\.environ(?:\.get\(|\[)|given\.get\(|switch\(|words\(|getenv\()\s*"([A-Z][A-Z0-9_]+)\"""")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
# not ours to document: Django's own, and the browser tests' tool
FOREIGN = {"DJANGO_SETTINGS_MODULE", "PLAYWRIGHT_BROWSERS_PATH", "E2E_BROWSER"}


def test_the_table_names_every_setting() -> None:
    sources = [*BASE_DIR.glob("alignment/**/*.py"), *BASE_DIR.glob("planning/**/*.py")]
    read = {name for source in sources for name in READ.findall(source.read_text())} - FOREIGN
    listed = ROW.findall((BASE_DIR / "docs/operations.md").read_text())
    assert len(listed) == len(set(listed))
    assert read - set(listed) == set(), "read, and not in the table"
    assert set(listed) - read - {"DATABASE_OWNER_URL"} == set(), "in the table, and read by nobody"

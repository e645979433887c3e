"""What comes from outside: pinned, without an address, and only what the pages use."""

import json
import re

from django.conf import settings

PACKAGE = json.loads((settings.BASE_DIR / "package.json").read_text())
LOCK = json.loads((settings.BASE_DIR / "package-lock.json").read_text())


def test_versions_are_exact_and_the_lock_agrees():
    for name, version in PACKAGE["dependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert LOCK["packages"][f"node_modules/{name}"]["version"] == version
    assert all("integrity" in one and "resolved" not in one for path, one in LOCK["packages"].items() if path)


def test_what_is_copied_is_used_and_what_is_used_is_copied():
    copied = {target for target in PACKAGE["alignment"]["copy"].values() if not re.search(r"(LICENSE|NOTICE)$", target)}
    places = [*(settings.BASE_DIR / "templates").rglob("*.html"), *(settings.BASE_DIR / "static/css").glob("*.css")]
    asked = {name for place in places for name in re.findall(r"vendor/([\w./-]+\.\w+)", place.read_text())}
    assert asked == copied


def test_the_licences_come_along():
    folders = {target.split("/")[0] for target in PACKAGE["alignment"]["copy"].values()} - {
        "tabler"
    }  # in its first lines
    assert folders == {target.split("/")[0] for target in PACKAGE["alignment"]["copy"].values() if "LICENSE" in target}

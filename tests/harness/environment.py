"""What the settings must find before Django reads them: this process' own database, cache, files and mail."""

import os
import re
from pathlib import Path

from alignment.stack import places

# Its place among the processes of one run: each gets sixteen databases of the Valkey server, two for each product.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NUMBER = int(re.sub(r"\D", "", WORKER) or 0) + (WORKER != "main")
DATA = Path(os.environ.get("TEST_DATA_DIR") or places.BASE_DIR / "var" / "test").expanduser().resolve()
DATABASE = f"test_{WORKER}"
SAID_BY_SHELLS = "DATABASE_OWNER_URL MEDIA_ROOT STATIC_ROOT SITE_URL ALLOWED_HOSTS DEBUG OIDC_URL PORT".split()


def url(role: str, database: str = DATABASE) -> str:
    return places.embedded_database_url(role, database, DATA)


def redis_url(offset: int = 0) -> str:
    return places.embedded_redis_url(NUMBER * 16 + offset, DATA)


def prepare() -> None:
    """Whatever the shell says about a real installation must not reach a test."""
    for name in SAID_BY_SHELLS:
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATA_DIR": str(DATA / WORKER),
        "DATABASE_URL": url("web"),
        "REDIS_URL": redis_url(),
        "SECRET_KEY": "only for tests, where nothing is secret; long enough to be silent",
        "HTTPS": "0",
        # Playwright's loop runs in the thread of the tests, which speak to the database too.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }


def hide() -> None:
    """Once the settings are read: a process that xdist starts would read them before it knows its own place."""
    del os.environ["DJANGO_SETTINGS_MODULE"]

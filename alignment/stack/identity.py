"""As whom the servers run. Postgres refuses root, so root hands it to nobody, in one of two ways or not at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .birth import NOBODY
from .processes import BIRTH
from .refusal import CannotStart


def servant(program: Path, folder: Path) -> str:
    """`same`, `namespace` or `nobody`: the first as whom `program` runs and `folder` can be written."""
    if os.getuid() != 0:
        return "same"
    if _works("namespace", program, folder):
        return "namespace"
    hand_over(folder)
    if _works("nobody", program, folder):
        return "nobody"
    raise CannotStart(
        f"Postgres does not run as root, and nobody may not use {program} with {folder}: "
        "start as an ordinary user, move DATA_DIR and the project where everybody may enter, or set DATABASE_URL."
    )


def hand_over(folder: Path) -> None:
    """Only folders that we made ourselves and that hold nothing of anybody else's."""
    shutil.chown(folder, NOBODY, NOBODY)


def _works(who: str, program: Path, folder: Path) -> bool:
    command = [sys.executable, "-S", "-E", BIRTH, os.getpid(), 9, who, folder, program, "--version"]
    return subprocess.run([str(part) for part in command], capture_output=True).returncode == 0

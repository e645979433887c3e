"""The container files, as far as they can be checked without an engine."""

import os
import subprocess
import sysconfig
from pathlib import Path

import yaml

from alignment.stack.__main__ import WORDS
from alignment.stack.places import BASE_DIR

TOOLS = Path(sysconfig.get_path("scripts"))


def compose(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [TOOLS / "docker-compose", *words]
    clean = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment}
    return subprocess.run(command, cwd=BASE_DIR, env=clean, capture_output=True, text=True)


def services() -> dict[str, dict[str, object]]:
    done = compose("--env-file", ".env.example", "config")
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)["services"]  # type: ignore[no-any-return]


def test_the_compose_file_refuses_to_start_without_secrets() -> None:
    done = compose("--env-file", "/dev/null", "config", "--quiet")
    assert done.returncode != 0
    assert "required variable" in done.stderr


def test_every_process_is_there_healthy_and_locked_down() -> None:
    found = services()
    assert found.keys() == {"proxy", "web", "worker", "clock", "migrate", "postgres", "valkey"}
    for name, service in found.items():
        assert service["read_only"] is True, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert name == "migrate" or service["healthcheck"], name


def test_only_migrate_knows_the_owner() -> None:
    knowing = {name for name, service in services().items() if "DATABASE_OWNER_URL" in service.get("environment", {})}
    assert knowing == {"migrate"}


def test_every_word_that_a_container_says_is_known() -> None:
    said = set()
    for service in services().values():
        for words in (service.get("command"), service.get("healthcheck", {}).get("test")):
            if words and "alignment.stack" in words:
                said.add(words[-1])
    assert said == WORDS.keys() - {"run", "assets"}


def test_the_image_is_built_by_the_book() -> None:
    done = subprocess.run([TOOLS / "hadolint", "Dockerfile"], cwd=BASE_DIR, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr

"""The embedded servers alone: long paths, strange names, what earlier runs left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from alignment.stack import places
from alignment.stack.refusal import CannotStart
from alignment.stack.servers import Servers


def works(servers: Servers) -> None:
    with psycopg.connect(servers.web_url) as connection:
        assert connection.execute("SELECT uuid_extract_version(uuidv7())").fetchone() == (7,)
    with redis.Redis.from_url(servers.redis_url) as client:
        assert client.ping()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Making a cluster takes longer than all that is done with it here."""
    return tmp_path_factory.mktemp("data")


def test_a_half_made_cluster_under_a_very_long_path_with_strange_letters_is_made_again(tmp_path: Path) -> None:
    data = tmp_path / ("é quote\"s, comma's " + "x" * 120) / ("y" * 120)
    half = data / "postgres" / "new-1"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    with Servers(data, forgetful=True) as servers:
        works(servers)
        assert places.socket_dir(data).stat().st_mode & 0o777 == 0o700
    assert not half.exists()


def test_a_killed_server_leaves_nothing_that_stops_the_next(data: Path) -> None:
    first = Servers(data, forgetful=True).__enter__()
    for server in first.running:
        os.killpg(server.child.pid, signal.SIGKILL)
    first.stop()
    assert (data / "postgres" / "18" / "postmaster.pid").exists()
    with Servers(data, forgetful=True) as second:
        works(second)
        with pytest.raises(CannotStart, match="Another instance is using"):
            Servers(data, forgetful=True).__enter__()
        works(second)


def test_servers_die_with_the_process_that_started_them(data: Path) -> None:
    script = (
        "import pathlib, sys, time\n"
        "from alignment.stack.servers import Servers\n"
        "servers = Servers(pathlib.Path(sys.argv[1]), forgetful=True).__enter__()\n"
        "print(*(server.child.pid for server in servers.running), flush=True)\n"
        "time.sleep(600)"
    )
    command = [sys.executable, "-c", script, str(data)]
    with subprocess.Popen(command, cwd=places.BASE_DIR, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        said = next(line for line in parent.stdout if line[0].isdigit())
        parent.kill()
    born = said.split()
    assert len(born) == 2
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in born):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("url", "broker", "cache"),
    [
        ("unix:///a%20b/v.sock?db=4", "redis+socket:///a%20b/v.sock?virtual_host=4", "unix:///a%20b/v.sock?db=5"),
        ("redis://h:1/2", "redis://h:1/2", "redis://h:1/3"),
        ("rediss://u:p@h", "rediss://u:p@h", "rediss://u:p@h/1"),
    ],
)
def test_cache_and_broker_never_share_a_database(url: str, broker: str, cache: str) -> None:
    assert places.broker_url(url) == broker
    assert places.cache_url(url) == cache

"""Where everything is: folders, sockets and URLs. Path arithmetic only; nothing here opens a connection.

The environment wins (DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL, SECRET_KEY). Without it the answers are those of
the embedded servers in DATA_DIR, so an operator's command finds the servers of a running `make run` by itself.

What each client needs, spaces and all:
- psycopg and dj-database-url take `postgresql://alignment_web@/alignment?host=%2Fsome%20folder`;
- redis-py and Django's cache take `unix:///some%20folder/valkey.sock?db=1`;
- kombu (Celery) takes `redis+socket:///some%20folder/valkey.sock?virtual_host=0`, and no `unix://`.
The broker lives in the database that REDIS_URL names (0 when it names none), the cache in the one after it.
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent.parent
ROLES = {"web": "alignment_web", "owner": "alignment_owner", "admin": "postgres"}
DATABASE = "alignment"
PG_PORT = 5432
# A unix socket's address holds 107 bytes; Postgres makes the longest name, with `.lock` beside it.
ROOM_FOR_SOCKET = 107 - len(f"/.s.PGSQL.{PG_PORT}")


def data_dir() -> Path:
    """The folder that holds everything this installation keeps; absolute, not necessarily there yet."""
    return Path(os.environ.get("DATA_DIR") or BASE_DIR / "var").expanduser().resolve()


def socket_dir(data: Path | None = None) -> Path:
    """Where the embedded servers listen: in the data folder, or in a short one when that path is too long."""
    data = data or data_dir()
    run = data / "run"
    if len(os.fsencode(run)) <= ROOM_FOR_SOCKET:
        return run
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp" if os.access("/tmp", os.W_OK) else tempfile.gettempdir()) / f"alignment-{os.getuid()}-{name}"  # noqa: S108


def embedded_database_url(role: str = "web", database: str = DATABASE, data: Path | None = None) -> str:
    """`role` is web, owner or admin (the embedded cluster's superuser)."""
    return f"postgresql://{ROLES[role]}@/{database}?host={quote(str(socket_dir(data)), safe='')}&port={PG_PORT}"


def embedded_redis_url(db: int = 0, data: Path | None = None) -> str:
    return f"unix://{quote(str(socket_dir(data) / 'valkey.sock'))}?db={db}"


def database_url(role: str = "web") -> str:
    """The URL a role connects with: "web" serves; "owner" migrates, backs up and restores.

    A DATABASE_URL that stands alone is the owner's; the web's is made from it, once the first start made that role.
    """
    given, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if not given:
        return embedded_database_url(role)
    if role == "owner":
        return owner or given
    kept = data_dir() / "web_password"
    return given if owner or urlsplit(given).username == ROLES["web"] or not kept.exists() else as_web(given)


def as_web(owner_url: str) -> str:
    """The owner's URL with the web role's name and kept password in it."""
    parts = urlsplit(owner_url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{ROLES['web']}:{quote(kept_secret('web_password'))}@{place}").geturl()


def redis_url() -> str:
    return os.environ.get("REDIS_URL") or embedded_redis_url()


def broker_url(url: str | None = None) -> str:
    """The same server in kombu's spelling."""
    url = url or redis_url()
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.path}?virtual_host={_db(url)}"


def cache_url(url: str | None = None) -> str:
    """The database after the broker's, so that clearing the cache never touches a task."""
    url = url or redis_url()
    parts, after = urlsplit(url), _db(url) + 1
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={after}"
    return parts._replace(path=f"/{after}").geturl()


def redis_socket(url: str) -> str:
    """The file system path of a unix:// URL."""
    return unquote(urlsplit(url).path)


def secret_key() -> str:
    """SECRET_KEY, or one made once and kept in the data folder for its owner's eyes only."""
    return os.environ.get("SECRET_KEY") or kept_secret("secret_key")


def kept_secret(name: str) -> str:
    """A random secret made once under DATA_DIR/<name>, mode 0600; two processes asking at once get the same one."""
    path = data_dir() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def _db(url: str) -> int:
    parts = urlsplit(url)
    number = parse_qs(parts.query).get("db", [""])[0] or (parts.path.strip("/") if parts.scheme != "unix" else "")
    return int(number or 0)

"""Two logins on one database: the owner migrates, the web role serves and owns nothing. Safe to run again.

The web role may read and write rows, use sequences and call functions of whatever the owner makes later; it may never
TRUNCATE. Rooms take more away in their migrations.
"""

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import errors, sql

from . import places
from .refusal import CannotStart

EXTENSIONS = ("pg_trgm", "unaccent", "citext", "btree_gist", "btree_gin")
OWNER, WEB = places.ROLES["owner"], places.ROLES["web"]


def embedded(data_url: str, database: str = places.DATABASE, *, template: str | None = None) -> None:
    """Makes roles and database as the cluster's superuser; `data_url` is the superuser's URL of any database."""
    with psycopg.connect(data_url, autocommit=True) as admin:
        _one_at_a_time(admin)
        for role in (OWNER, WEB):
            _role(admin, role)
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            make = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
            admin.execute(make.format(*map(sql.Identifier, (database, OWNER, template or "template1"))))
        _doors_of(admin, database)
        with psycopg.connect(data_url, dbname=database, autocommit=True) as inside:
            inside.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
            _inside(inside, OWNER)


def external(owner_url: str, web_url: str | None) -> str:
    """The same on a server of somebody else's, as the role of `owner_url`; returns the web role's URL.

    The web role is made where it is missing, with the password of `web_url`; without one, with a random password kept
    in the data folder.
    """
    with _connect(owner_url) as owner:
        _one_at_a_time(owner)
        me, database = owner.execute("SELECT current_user, current_database()").fetchone() or ("", "")
        if web_url is None:
            _role(owner, WEB, places.kept_secret("web_password"))
            web_url = places.as_web(owner_url)
        elif urlsplit(web_url).username != WEB:
            raise CannotStart(f"DATABASE_URL must sign in as {WEB} when DATABASE_OWNER_URL is set too.")
        elif not _there(owner, WEB):
            _role(owner, WEB, unquote(urlsplit(web_url).password or ""))
        _doors_of(owner, database)
        _inside(owner, me)
    return web_url


def _connect(url: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=15)
    except psycopg.OperationalError as problem:
        raise CannotStart(f"The database of DATABASE_URL does not answer: {str(problem).splitlines()[0]}") from problem


def _one_at_a_time(connection: psycopg.Connection) -> None:
    """Held until the connection closes: Postgres refuses two ALTER ROLE of one role at one instant."""
    connection.execute("SELECT pg_advisory_lock(hashtext('alignment.bootstrap'))")


def _there(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _role(connection: psycopg.Connection, role: str, password: str | None = None) -> None:
    verb = "ALTER ROLE {} LOGIN" if _there(connection, role) else "CREATE ROLE {} LOGIN"
    statement = sql.SQL(verb).format(sql.Identifier(role))
    if password:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(password))
    try:
        connection.execute(statement)
    except errors.InsufficientPrivilege as problem:
        raise CannotStart(
            f"The role of DATABASE_URL may not make the role {role}: make it yourself, "
            "give its URL as DATABASE_URL and the owner's as DATABASE_OWNER_URL."
        ) from problem


def _doors_of(connection: psycopg.Connection, database: str) -> None:
    """Nobody else connects. Temporary tables are for imports."""
    for statement in ("REVOKE ALL ON DATABASE {} FROM PUBLIC", f"GRANT CONNECT, TEMPORARY ON DATABASE {{}} TO {WEB}"):
        connection.execute(sql.SQL(statement).format(sql.Identifier(database)))  # type: ignore[arg-type]


def _inside(connection: psycopg.Connection, owner: str) -> None:
    for extension in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
    later = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT {} TO {}")
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(WEB)))
    for what in ("SELECT, INSERT, UPDATE, DELETE ON TABLES", "USAGE, SELECT ON SEQUENCES", "EXECUTE ON FUNCTIONS"):
        connection.execute(later.format(sql.Identifier(owner), sql.SQL(what), sql.Identifier(WEB)))

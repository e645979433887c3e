"""Make data, save it, destroy it, bring it back, compare every row and every file."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from alignment.stack import archive
from alignment.stack.refusal import CannotStart
from planning.people.founding import found
from tests.harness import environment
from tests.harness.product import Product


@pytest.fixture(scope="module")
def installation(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Product]:
    product = Product("backup")
    product.unblock = django_db_blocker.unblock
    yield product
    product.stop()


def everything(product: Product) -> dict[str, str]:
    """Every table's rows and every stored file, as digests."""
    tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    with psycopg.connect(environment.url("admin", product.database)) as connection:
        seen = {}
        for (name,) in connection.execute(tables).fetchall():
            rows = f"SELECT coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM {name} t"
            seen[name] = connection.execute(rows).fetchone()[0]  # type: ignore[arg-type,index]
    return seen | {path.name: path.read_text() for path in (product.data / "files").rglob("*") if path.is_file()}


def test_what_was_saved_comes_back(installation: Product, tmp_path: Path) -> None:
    with installation.database_here():
        found("kept", name="Kept", currency="GBP", timezone="Europe/London")
    invoice = installation.data / "files" / "2027" / "invoice.pdf"
    invoice.parent.mkdir(parents=True)
    invoice.write_text("48,000.00")
    before, saved = everything(installation), tmp_path / "monday.tar"

    installation.manage("backup", str(saved))
    assert saved.stat().st_mode & 0o777 == 0o600

    invoice.unlink()
    with psycopg.connect(environment.url("owner", installation.database), autocommit=True) as owner:
        owner.execute("UPDATE people_workspace SET name = 'Overwritten'")
        owner.execute("DROP TABLE django_session")
    assert everything(installation) != before

    installation.manage("restore", str(saved))
    assert everything(installation) == before
    with psycopg.connect(environment.url("web", installation.database), autocommit=True) as web:
        web.execute("DELETE FROM django_session")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute("TRUNCATE django_session")


def test_a_damaged_archive_changes_nothing(installation: Product, tmp_path: Path) -> None:
    place = environment.url("owner", installation.database), installation.data / "files"
    whole, before = tmp_path / "monday.tar", everything(installation)
    archive.save(whole, *place)
    whole.write_bytes(whole.read_bytes()[:20_000])
    with pytest.raises(CannotStart, match="not a backup that can be read|damaged"):
        archive.load(whole, *place)
    assert everything(installation) == before


@pytest.mark.parametrize("name", ["../outside", "/outside", "files/../../outside", "files/link"])
def test_only_files_of_a_backup_are_taken_out_of_one(name: str, installation: Product, tmp_path: Path) -> None:
    place = environment.url("owner", installation.database), installation.data / "files"
    with tarfile.open(tmp_path / "strange.tar", "w") as tar:
        member = tarfile.TarInfo(name)
        if "link" in name:
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/hostname"
        tar.addfile(member)
    with pytest.raises(CannotStart, match="is no file of a backup"):
        archive.load(tmp_path / "strange.tar", *place)

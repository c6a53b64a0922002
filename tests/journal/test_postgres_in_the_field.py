"""What a journal meets on PostgreSQL servers as they are run: TLS, and a standby that only reads."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.journal import Journal, JournalError
from tests.postgres_server import PostgresServer

from .conftest import SITE
from .making import story


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for `localhost`, which signs itself."""
    folder = tmp_path_factory.mktemp("tls")
    words = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    )
    subprocess.run(
        ["openssl", *words.split(), "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture(scope="module")
def primary(certificates: Path) -> Iterator[PostgresServer]:
    server = PostgresServer("127.0.0.1")
    data = server.data
    for name in ("key.pem", "cert.pem"):
        (data / name).write_bytes((certificates / name).read_bytes())
        (data / name).chmod(0o600)
        if server.owner is not None:
            shutil.chown(data / name, server.owner)
    server.kill()
    server.options = ("ssl=on", "ssl_cert_file=cert.pem", "ssl_key_file=key.pem", "wal_level=replica")
    server.start()
    try:
        yield server
    finally:
        server.remove()


def test_tls_is_checked(primary: PostgresServer, certificates: Path) -> None:
    address = primary.url.replace("127.0.0.1", "localhost")
    checked = f"{address}?sslmode=verify-full&sslrootcert={certificates}/cert.pem"
    with Journal.open(checked) as journal:
        journal.stories.store(SITE, "k1", story(1))
    for wrong in (
        f"{primary.url}?sslmode=verify-full&sslrootcert={certificates}/cert.pem",  # another name than the certificate's
        f"{address}?sslmode=verify-full&sslrootcert={certificates}/key.pem",
    ):
        with pytest.raises(JournalError, match="cannot be reached") as caught:
            Journal.open(wrong)
        assert "\n" not in str(caught.value)


def test_a_standby_is_read_and_not_written(primary: PostgresServer) -> None:
    with Journal.open(primary.url) as journal:
        journal.stories.store(SITE, "k1", story(1))
    standby = PostgresServer(None, copy_of=primary)
    try:
        with Journal.open(standby.url, read_only=True) as journal:
            assert journal.stories.count(SITE) == 1
        with pytest.raises(JournalError, match="the server or the database is read-only"):
            Journal.open(standby.url)
    finally:
        standby.remove()

"""What is wrong with a certificate, told in words: handshakes in memory."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from OpenSSL import SSL
from scrapy.exceptions import DownloadFailedError
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from newscrawler.exceptions import BadCertificate
from newscrawler.middlewares.certificates import CertificatePolicy
from tests.crawls.tls_site import authority, certificate

HOST = "harbour.example"


def handshake(policy: CertificatePolicy, file: Path, host: str = HOST) -> Exception | None:
    """The error that a request of `host` ends with; None when the connection is there."""
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.use_certificate_chain_file(str(file))
    context.use_privatekey_file(str(file))
    server = SSL.Connection(context)
    client = policy.creatorForNetloc(host.encode(), 443).clientConnectionForTLS(
        SimpleNamespace(factory=SimpleNamespace(wrappedFactory=None))
    )
    client.set_connect_state()
    server.set_accept_state()
    for _ in range(4):
        for here, there in ((client, server), (server, client)):
            try:
                here.do_handshake()
            except SSL.WantReadError:
                pass
            except SSL.Error as error:
                failed = DownloadFailedError("failed")
                failed.__cause__ = ResponseFailed([Failure(error)])
                return policy.explained(host, failed)
            with suppress(SSL.WantReadError):
                there.bio_write(here.bio_read(100_000))
    return None


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An authority that this machine knows."""
    issuer, file = authority(tmp_path, "Harbour Authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return issuer


def test_a_good_certificate_is_taken(tmp_path, known):
    policy = CertificatePolicy(verify_certificates=True)
    assert handshake(policy, certificate(tmp_path, HOST, issuer=known)) is None
    assert handshake(policy, certificate(tmp_path, "127.0.0.1", issuer=known), "127.0.0.1") is None


@pytest.mark.parametrize(
    ("host", "days", "issued", "reason"),
    [
        (HOST, -3, True, f"the certificate of {HOST} expired on 20"),
        (HOST, 30, False, f"the certificate of {HOST} is self-signed"),
        ("other.example", 30, True, f"the certificate is for other.example, not for {HOST}"),
    ],
)
def test_a_bad_certificate_is_told_in_words(tmp_path, known, host, days, issued, reason):
    policy = CertificatePolicy(verify_certificates=True)
    file = certificate(tmp_path, host, days=days, issuer=known if issued else None)
    error = handshake(policy, file)
    assert isinstance(error, BadCertificate)
    assert str(error).startswith(reason)


def test_an_authority_that_is_not_known_is_named(tmp_path, known):
    unknown, _ = authority(tmp_path, "Another Authority")
    error = handshake(
        CertificatePolicy(verify_certificates=True), certificate(tmp_path, HOST, issuer=unknown)
    )
    assert "is signed by CN=Another Authority, whom this machine does not know" in str(error)


def test_without_checks_any_is_taken_and_one_warning_given(tmp_path, caplog):
    policy = CertificatePolicy(verify_certificates=False)
    with caplog.at_level(logging.WARNING):
        for host in (HOST, "other.example"):
            assert handshake(policy, certificate(tmp_path, "third.example", days=-3), host) is None
    assert [record.message for record in caplog.records if "not checked" in record.message]
    assert len(caplog.records) == 1

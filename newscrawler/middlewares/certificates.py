"""Certificates checked as strictly as Twisted does, with words for what is wrong with one."""

from __future__ import annotations

import logging
from typing import Any

from OpenSSL import SSL
from OpenSSL.crypto import X509
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.exceptions import DownloadFailedError
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.internet.interfaces import IOpenSSLClientConnectionCreator
from zope.interface import implementer  # type: ignore[import-untyped]  # it has no types

from newscrawler.exceptions import BadCertificate
from newscrawler.hosts import is_address

logger = logging.getLogger(__name__)
# Of openssl/x509_vfy.h.
_NOT_YET_VALID, _EXPIRED, _SELF_SIGNED, _SELF_SIGNED_ABOVE, _NO_ISSUER, _NO_CHAIN = 9, 10, 18, 19, 20, 21
_MOST_NAMES = 3  # that a reason lists
_LONGEST = 60  # characters of one: the server chose them


class CertificatePolicy(_ScrapyClientContextFactory):
    """Scrapy's TLS options; `problems` has what was wrong with the last certificate of a host."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.problems: dict[str, str] = {}
        self._warned = False

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # Twisted's name
        host = hostname.decode("ascii")
        if not self._verify_certificates and not self._warned:
            self._warned = True
            logger.warning(
                "certificates are not checked (DOWNLOAD_VERIFY_CERTIFICATES): anyone on the way may have written "
                "what comes from %s and other hosts",
                host,
            )
        creator = super().creatorForNetloc(hostname, port)
        return _Creator(creator, host, self.problems if self._verify_certificates else None)

    def explained(self, host: str, error: DownloadFailedError) -> Exception:
        """The error of a request, in words when TLS was the matter."""
        fault = _tls_fault(error)
        if fault is None:
            return error
        if "certificate verify failed" in fault and host in self.problems:
            return BadCertificate(self.problems[host])
        return DownloadFailedError(f"no TLS connection with {host}: {fault}")


@implementer(IOpenSSLClientConnectionCreator)
class _Creator:
    """Makes connections that check the certificate of `host`; with `problems` None any is taken."""

    def __init__(self, creator: Any, host: str, problems: dict[str, str] | None) -> None:
        self._creator = creator
        self._host = host
        self._problems = problems
        self._service = IPAddress_ID(host) if is_address(host) else DNS_ID(host)

    def clientConnectionForTLS(self, protocol: Any) -> SSL.Connection:  # Twisted's name
        connection: SSL.Connection = self._creator.clientConnectionForTLS(protocol)
        connection.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, self._check)
        return connection

    def _check(self, _: SSL.Connection, certificate: X509, error: int, depth: int, ok: int) -> bool:
        """OpenSSL's callback for each certificate of a chain, the host's own last: it must not raise."""
        if self._problems is None:
            return True
        try:
            problem = None if ok else self._chain_problem(certificate, error, depth)
            if not problem and depth == 0:
                problem = self._name_problem(certificate)
        except Exception as fault:
            problem = f"the certificate of {self._host} cannot be read: {fault}"
        if problem:
            self._problems[self._host] = problem
        return not problem

    def _chain_problem(self, certificate: X509, error: int, depth: int) -> str:
        known = certificate.to_cryptography()
        whose = f"the certificate of {self._host}"
        if depth:
            whose += f", of which {_short(known.subject.rfc4514_string())} is a part,"
        if error == _EXPIRED:
            return f"{whose} expired on {known.not_valid_after_utc:%Y-%m-%d}"
        if error == _NOT_YET_VALID:
            return f"{whose} is not valid before {known.not_valid_before_utc:%Y-%m-%d}"
        if error == _SELF_SIGNED:
            return f"{whose} is self-signed"
        if error in (_SELF_SIGNED_ABOVE, _NO_ISSUER, _NO_CHAIN):
            return f"{whose} is signed by {_short(known.issuer.rfc4514_string())}, whom this machine does not know"
        return f"{whose} does not hold (error {error} of OpenSSL)"

    def _name_problem(self, certificate: X509) -> str | None:
        patterns = extract_patterns(certificate)
        try:
            verify_service_identity(patterns, [self._service], [])
        except (VerificationError, CertificateError):
            names = [_short(_name_of(pattern)) for pattern in patterns[:_MOST_NAMES]]
            more = " and others" if len(patterns) > _MOST_NAMES else ""
            return f"the certificate is for {', '.join(names) or 'no host'}{more}, not for {self._host}"
        return None


def _name_of(pattern: Any) -> str:
    value = pattern.pattern
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _tls_fault(error: DownloadFailedError) -> str | None:
    """OpenSSL's own words for the failure; None when it was none of TLS."""
    for failure in getattr(error.__cause__, "reasons", ()):
        if isinstance(failure.value, SSL.Error):
            faults = failure.value.args[0] if failure.value.args else ()
            return str(faults[-1][-1]) if isinstance(faults, list) and faults else "the connection was cut"
    return None

"""Telling somebody by e-mail that a run was not well, or is well again."""

from __future__ import annotations

import contextlib
import json
import os
import smtplib
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from ipaddress import ip_address
from typing import Any

from scrapy.settings import BaseSettings

from newscrawler.text import visible

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SECONDS = 30.0  # that one answer of the server may take
_MOST_SECONDS = 60.0  # that all of it may take: the next run must not find the site taken
_LONGEST_SUBJECT = 150
_MOST_PROBLEMS = 20
_ENVIRONMENT = ("NEWSCRAWLER_MAIL_USER", "NEWSCRAWLER_MAIL_PASSWORD")


class MailError(ValueError):
    """A setting that cannot be used; the text says which, what was wrong and what to do."""


@dataclass(frozen=True)
class MailServer:
    """Where to send from, and to whom. Raises MailError."""

    to: tuple[Address, ...]
    sender: Address
    host: str = "localhost"
    port: int = 25
    security: str = "none"  # starttls, tls or none
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.security not in _PORTS:
            raise MailError(f"HEALTH_MAIL_SECURITY {self.security!r}: write one of {', '.join(_PORTS)}")
        if not 0 < self.port < 65536:
            raise MailError(
                f"HEALTH_MAIL_PORT {self.port}: not a port; write 1 to 65535, or 0 for the usual one"
            )
        if bool(self.user) != bool(self.password):
            raise MailError(
                "HEALTH_MAIL_USER and its password go together: "
                f"set both, in settings or as {' and '.join(_ENVIRONMENT)}"
            )
        if self.password and self.security == "none" and not _is_this_machine(self.host):
            raise MailError(
                "HEALTH_MAIL_SECURITY 'none' would send the password in the clear: use starttls or tls"
            )


def mail_server(settings: BaseSettings) -> MailServer | None:
    """The mail server by the settings HEALTH_MAIL_*; None when there is no recipient. Raises MailError."""
    to = [each.strip() for each in settings.getlist("HEALTH_MAIL_TO") if each.strip()]
    if not to:
        return None
    security = str(settings.get("HEALTH_MAIL_SECURITY")).lower()
    port = str(settings.get("HEALTH_MAIL_PORT"))
    if not (port.isascii() and port.isdigit()):
        raise MailError(f"HEALTH_MAIL_PORT {port!r}: not a number")
    user, password = (
        str(settings.get(name) or os.environ.get(variable, ""))
        for name, variable in zip(("HEALTH_MAIL_USER", "HEALTH_MAIL_PASSWORD"), _ENVIRONMENT, strict=True)
    )
    return MailServer(
        to=tuple(_address("HEALTH_MAIL_TO", each) for each in to),
        sender=_address("HEALTH_MAIL_FROM", str(settings.get("HEALTH_MAIL_FROM") or to[0])),
        host=str(settings.get("HEALTH_MAIL_HOST")),
        port=int(port) or _PORTS.get(security, 25),
        security=security,
        user=user,
        password=password,
    )


def message_of(server: MailServer, facts: Mapping[str, Any]) -> EmailMessage:
    """The message about a run, `last-run.json` attached. Nothing from a page is more than text in it."""
    problems = [visible(str(one)) for one in facts.get("problems") or ()]
    site, code = facts["site"], facts["exit_code"]
    subject = f"newscrawler: {site} is well again" if not code else f"newscrawler: {site} ended with {code}"
    if code and problems:
        subject += f": {problems[0]}"
    message = EmailMessage()
    message["Subject"] = visible(subject)[:_LONGEST_SUBJECT]
    message["From"] = server.sender
    message["To"] = server.to
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=server.sender.domain)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer by a machine, please
    message.set_content("\n".join(_lines(facts, problems)) + "\n", cte="quoted-printable")
    attached = json.dumps(facts, indent=2, ensure_ascii=True, default=str)
    message.add_attachment(attached.encode("ascii"), "application", "json", filename="last-run.json")
    return message


def send(server: MailServer, message: EmailMessage) -> str | None:
    """Hand the message to the server; what went wrong in one line, if anything did."""
    told: list[str | None] = []
    # In a thread of its own: each answer has its time limit, and a server that sends them bit by bit has one too.
    work = threading.Thread(target=lambda: told.append(_sent(server, message)), daemon=True)
    work.start()
    work.join(_MOST_SECONDS)
    problem = told[0] if told else f"no end after {_MOST_SECONDS:.0f} s"
    return f"no e-mail by {server.host}:{server.port}: {visible(problem)}" if problem else None


def _sent(server: MailServer, message: EmailMessage) -> str | None:
    try:
        with _connection(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            refused = connection.send_message(message)
    except smtplib.SMTPResponseException as error:
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"it answered {error.smtp_code} {text}"
    except smtplib.SMTPRecipientsRefused as error:
        return f"it takes no mail for {', '.join(error.recipients)}"
    except ssl.SSLCertVerificationError as error:
        return f"its certificate is not to be trusted: {error.verify_message}"
    except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
        return str(error) or type(error).__name__
    return f"it takes no mail for {', '.join(refused)}" if refused else None


@contextlib.contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_SECONDS, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    with connection:
        if server.security == "starttls":
            connection.starttls(
                context=context
            )  # raises when the server offers none: never in the clear instead
        yield connection


def _lines(facts: Mapping[str, Any], problems: list[str]) -> Iterator[str]:
    stories = facts.get("stories") or {}
    yield f"Site: {facts['site']}"
    yield f"Run: {facts.get('started') or 'not started'} to {facts.get('finished')}, exit code {facts['exit_code']}"
    if stories:
        yield f"Stories: {stories.get('new', 0)} new, {stories.get('revised', 0)} revised"
    yield ""
    yield from (f"- {one}" for one in problems[:_MOST_PROBLEMS])
    if len(problems) > _MOST_PROBLEMS:
        yield f"- and {len(problems) - _MOST_PROBLEMS} more"
    for outcome, count in (facts.get("pages") or {}).items():
        yield f"{count:8d}  {visible(str(outcome))}"
    files = facts.get("files") or []
    yield from (f"Written: {visible(str(file))}" for file in files)


def _address(name: str, text: str) -> Address:
    told, spec = parseaddr(text)
    try:
        address = Address(visible(told), addr_spec=spec)
    except (MessageError, ValueError, IndexError):
        address = Address()
    if not address.username or not address.domain or not text.isprintable() or any(c.isspace() for c in spec):
        raise MailError(f"{name} {visible(text)!r}: not an e-mail address; write one such as me@example.org")
    return address


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""E-mail about runs, to a real server."""

import email
import email.policy
import json
import socket
import time

import pytest
from scrapy.settings import Settings

from newscrawler.extensions import mail
from newscrawler.extensions.mail import MailError, mail_server, message_of, send
from tests.extensions.mail_server import PASSWORD, USER, Kept, certificate, mail_controller

FACTS = {
    "site": "harbour",
    "exit_code": 3,
    "started": "2026-11-01T06:00:00+00:00",
    "finished": "2026-11-01T06:00:09+00:00",
    "problems": ["body: no story's text in 12 of 12 pages, as https://harbour.example/é/1"],
    "pages": {"no-body": 12},
    "stories": {"new": 0, "revised": 0},
}


def settings(**given):
    defaults = {"HEALTH_MAIL_HOST": "127.0.0.1", "HEALTH_MAIL_SECURITY": "none", "HEALTH_MAIL_PORT": 0}
    return Settings({"HEALTH_MAIL_TO": ["me@example.org"], **defaults, **given})


@pytest.fixture
def serve():
    running = []

    def start(*given, **named):
        controller = mail_controller(*given, **named)
        controller.start()
        running.append(controller)
        return controller.port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("certificate"))


def only(kept):
    ((sender, receivers, content),) = kept.messages
    return sender, receivers, email.message_from_bytes(content, policy=email.policy.default)


def test_a_message_arrives_with_the_account_of_the_run(serve):
    kept = Kept()
    server = mail_server(
        settings(
            HEALTH_MAIL_PORT=serve(kept),
            HEALTH_MAIL_TO="me@example.org,Ann Quay <ann@example.org>",
            HEALTH_MAIL_FROM="Crawler <crawler@example.org>",
        )
    )
    assert send(server, message_of(server, FACTS)) is None
    sender, receivers, message = only(kept)
    assert (sender, receivers) == ("crawler@example.org", ["me@example.org", "ann@example.org"])
    assert message["Subject"].startswith("newscrawler: harbour ended with 3: body: no story's text in 12")
    assert message["Auto-Submitted"] == "auto-generated"
    assert "https://harbour.example/é/1" in message.get_body().get_content()
    (attached,) = message.iter_attachments()
    assert json.loads(attached.get_content()) == FACTS


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_password_by_tls(serve, files, monkeypatch, security):
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    monkeypatch.setenv("NEWSCRAWLER_MAIL_USER", USER)
    monkeypatch.setenv("NEWSCRAWLER_MAIL_PASSWORD", PASSWORD)
    kept = Kept(known_only=True)
    port = serve(kept, security, files)
    server = mail_server(settings(HEALTH_MAIL_PORT=port, HEALTH_MAIL_SECURITY=security))
    assert PASSWORD not in repr(server)
    assert send(server, message_of(server, FACTS)) is None
    assert len(kept.messages) == 1
    for name in ("NEWSCRAWLER_MAIL_USER", "NEWSCRAWLER_MAIL_PASSWORD"):
        monkeypatch.delenv(name)
    unknown = mail_server(settings(HEALTH_MAIL_PORT=port, HEALTH_MAIL_SECURITY=security))
    assert "it answered 530" in send(unknown, message_of(unknown, FACTS))
    monkeypatch.setenv("NEWSCRAWLER_MAIL_PASSWORD", PASSWORD)
    wrong = mail_server(
        settings(HEALTH_MAIL_PORT=port, HEALTH_MAIL_SECURITY=security, HEALTH_MAIL_USER="somebody else")
    )
    assert "it answered 535" in send(wrong, message_of(wrong, FACTS))
    assert len(kept.messages) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(serve, files, security):
    kept = Kept()
    server = mail_server(
        settings(HEALTH_MAIL_PORT=serve(kept, security, files), HEALTH_MAIL_SECURITY=security)
    )
    assert "its certificate is not to be trusted" in send(server, message_of(server, FACTS))
    assert kept.messages == []


def test_starttls_never_falls_back_to_plain_text(serve):
    kept = Kept()
    server = mail_server(settings(HEALTH_MAIL_PORT=serve(kept), HEALTH_MAIL_SECURITY="starttls"))
    assert "STARTTLS" in send(server, message_of(server, FACTS))
    assert kept.messages == []


def test_nothing_from_a_page_becomes_a_header(serve):
    kept = Kept()
    server = mail_server(settings(HEALTH_MAIL_PORT=serve(kept)))
    hostile = "x\r\nBcc: all@evil.example\r\n\r\n<b>\ud800 \x1b[31m" + "long " * 4000
    facts = {**FACTS, "problems": [hostile] * 50, "files": [hostile], "pages": {hostile: 1}}
    assert send(server, message_of(server, facts)) is None
    _, receivers, message = only(kept)
    assert receivers == ["me@example.org"]
    assert message["Bcc"] is None
    assert len(message["Subject"]) <= 150
    assert "\x1b" not in message.get_body().get_content()
    (attached,) = message.iter_attachments()
    assert json.loads(attached.get_content())["problems"][0] == hostile


@pytest.mark.parametrize("refusal", ["554 5.7.1 no\x1b[31m mail of yours", "451 later"])
def test_a_refusal_is_one_line(serve, refusal):
    server = mail_server(settings(HEALTH_MAIL_PORT=serve(Kept(refusal))))
    told = send(server, message_of(server, FACTS))
    assert told.startswith(f"no e-mail by 127.0.0.1:{server.port}: it answered {refusal[:3]}")
    assert told.isprintable()


def test_a_server_that_is_down_or_says_nothing(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = mail_server(settings(HEALTH_MAIL_PORT=silent.getsockname()[1]))
        monkeypatch.setattr(mail, "_MOST_SECONDS", 0.3)
        began = time.monotonic()
        assert "no end after" in send(server, message_of(server, FACTS))
        assert time.monotonic() - began < 20
    monkeypatch.setattr(mail, "_MOST_SECONDS", 30)
    assert "refused" in send(server, message_of(server, FACTS))


def test_nobody_is_told_by_default():
    assert mail_server(Settings({"HEALTH_MAIL_TO": []})) is None


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"HEALTH_MAIL_TO": ["me"]}, "HEALTH_MAIL_TO 'me': not an e-mail address"),
        ({"HEALTH_MAIL_TO": ["me@example.org\r\nBcc: a@example.org"]}, "HEALTH_MAIL_TO"),
        ({"HEALTH_MAIL_FROM": "@"}, "HEALTH_MAIL_FROM '@': not an e-mail address"),
        ({"HEALTH_MAIL_SECURITY": "ssl"}, "write one of starttls, tls, none"),
        ({"HEALTH_MAIL_PORT": "smtp"}, "HEALTH_MAIL_PORT 'smtp'"),
        ({"HEALTH_MAIL_PORT": 70000}, "HEALTH_MAIL_PORT 70000"),
        ({"HEALTH_MAIL_USER": "me"}, "HEALTH_MAIL_USER and its password go together"),
        (
            {"HEALTH_MAIL_USER": "me", "HEALTH_MAIL_PASSWORD": "x", "HEALTH_MAIL_HOST": "mail.example.org"},
            "in the clear",
        ),
    ],
)
def test_wrong_settings(given, told):
    with pytest.raises(MailError) as error:
        mail_server(settings(**given))
    assert told in str(error.value)
    assert "\n" not in str(error.value)

"""What comes after a run: its account is written, and who wants to know of it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy.settings import BaseSettings

from newscrawler.extensions.last_run import last_run_path, mailed_before, write_last_run
from newscrawler.extensions.notify import mail_is_due, notify
from newscrawler.lock import FEED_FAILED

if TYPE_CHECKING:
    from newscrawler.extensions.mail import MailServer


class RunReporter:
    """To be made before the run: a mistake in the settings is told then. Raises `mail.MailError`."""

    def __init__(self, settings: BaseSettings, site: str) -> None:
        self._settings = settings
        self._path = last_run_path(settings["OUTPUT_DIR"], site)
        self._server: MailServer | None = None
        if settings.getlist("HEALTH_MAIL_TO"):
            from newscrawler.extensions.mail import mail_server  # few need it

            self._server = mail_server(settings)

    def report(self, told: dict[str, Any]) -> Iterator[str]:
        """Write `last-run.json` and tell whom it concerns; yields what went wrong with that, in one line each.

        `told` is what there is to say of the run. Its `exit_code` is changed when the file cannot be written.
        """
        told["mailed"] = mailed_before(self._path)
        yield from self._write(told)
        yield from self.tell(told)

    def tell(self, told: dict[str, Any]) -> Iterator[str]:
        """The same without the file, for a run that could not begin since nothing can be written."""
        told.setdefault("mailed", mailed_before(self._path))
        yield from self._mail(told)
        command = self._settings.get("HEALTH_COMMAND")
        if told["exit_code"] and command and (problem := notify(command, told)):
            yield problem

    def _write(self, told: dict[str, Any]) -> Iterator[str]:
        try:
            write_last_run(self._path, told)
        except OSError as error:
            told["exit_code"] = told["exit_code"] or FEED_FAILED
            yield f"last-run.json cannot be written: {error}"

    def _mail(self, told: dict[str, Any]) -> Iterator[str]:
        now = datetime.now(UTC)
        hours = self._settings.getfloat("HEALTH_MAIL_HOURS")
        if self._server is None or not mail_is_due(told["exit_code"], told["mailed"], hours, now):
            return
        from newscrawler.extensions.mail import message_of, send

        if problem := send(self._server, message_of(self._server, told)):
            yield problem
            return
        told["mailed"] = {"exit_code": told["exit_code"], "at": now.isoformat(timespec="seconds")}
        yield from self._write(told)

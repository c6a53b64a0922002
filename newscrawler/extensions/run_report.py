"""After a run: write last-run.json, send notifications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy.settings import BaseSettings

from newscrawler.extensions.last_run import last_run_path, mailed_before, write_last_run
from newscrawler.extensions.notify import mail_is_due, run_health_command
from newscrawler.lock import FEED_FAILED

if TYPE_CHECKING:
    from newscrawler.extensions.mail import MailServer


class RunReporter:
    """Reports a run's result. To be made before the run, for mistakes in the settings: raises `mail.MailError`."""

    def __init__(self, settings: BaseSettings, site: str) -> None:
        self._settings = settings
        self._path = last_run_path(settings["OUTPUT_DIR"], site)
        self._server: MailServer | None = None
        if settings.getlist("HEALTH_MAIL_TO"):
            from newscrawler.extensions.mail import mail_server  # few need it

            self._server = mail_server(settings)

    def report(self, result: dict[str, Any]) -> Iterator[str]:
        """Write `last-run.json` and notify; yields each problem with that as one line.

        The result's `exit_code` is changed when the file cannot be written.
        """
        result["mailed"] = mailed_before(self._path)
        yield from self._write(result)
        yield from self.notify(result)

    def notify(self, result: dict[str, Any]) -> Iterator[str]:
        """Notify without writing the file, for a run that could not begin since nothing can be written."""
        result.setdefault("mailed", mailed_before(self._path))
        yield from self._mail(result)
        command = self._settings.get("HEALTH_COMMAND")
        if result["exit_code"] and command and (problem := run_health_command(command, result)):
            yield problem

    def _write(self, result: dict[str, Any]) -> Iterator[str]:
        try:
            write_last_run(self._path, result)
        except OSError as error:
            result["exit_code"] = result["exit_code"] or FEED_FAILED
            yield f"last-run.json cannot be written: {error}"

    def _mail(self, result: dict[str, Any]) -> Iterator[str]:
        now = datetime.now(UTC)
        hours = self._settings.getfloat("HEALTH_MAIL_HOURS")
        if self._server is None or not mail_is_due(result["exit_code"], result["mailed"], hours, now):
            return
        from newscrawler.extensions.mail import message_of, send

        if problem := send(self._server, message_of(self._server, result)):
            yield problem
            return
        result["mailed"] = {"exit_code": result["exit_code"], "at": now.isoformat(timespec="seconds")}
        yield from self._write(result)

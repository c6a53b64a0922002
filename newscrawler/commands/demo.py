"""`scrapy demo`: the demo site for a browser."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

BAD_ARGUMENTS = 2


class Command(ScrapyCommand):
    """Serves the demo site until it is interrupted."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[--port N] [--js]"

    def short_desc(self) -> str:
        return "Serve the bundled demo news site for a browser"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--port", default="0", metavar="N", help="port on 127.0.0.1 (default: a free one)"
        )

        parser.add_argument(
            "--js", action="store_true", help="the JavaScript edition: its pages are filled by a script"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError(f"it takes no arguments, got: {' '.join(args)}")
        if not opts.port.isascii() or not opts.port.isdigit() or int(opts.port) > 65535:
            self._fail(f"--port {opts.port!r} is not a number from 0 to 65535")
            return
        # Here, since Scrapy imports every command's module for any command.
        from newscrawler.demo import serve

        try:
            with serve(int(opts.port), script=opts.js) as server:
                print(f"Meridian Wire, the demo site: {server.url}/en/ (Ctrl+C ends it)", flush=True)
                while True:
                    time.sleep(3600)
        except KeyboardInterrupt:
            print()
        except OSError as error:
            self._fail(
                f"port {opts.port} cannot be used ({error.strerror}); name another or leave --port out"
            )

    def _fail(self, reason: str) -> None:
        print(f"scrapy demo: {reason}", file=sys.stderr)
        self.exitcode = BAD_ARGUMENTS

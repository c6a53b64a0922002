"""Notification of unhealthy runs: when a mail is due, and the user's own command."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

_SECONDS = 60.0  # that the command may take


def mail_is_due(exit_code: int, mailed: Mapping[str, Any] | None, hours: float, now: datetime) -> bool:
    """True when a run's exit code differs from the one mailed last, or that mail is so many hours old."""
    if mailed is None or mailed.get("exit_code") == 0:
        return exit_code != 0
    if exit_code != mailed.get("exit_code"):
        return True
    return now - datetime.fromisoformat(mailed["at"]) >= timedelta(hours=hours)


def run_health_command(command: str | Sequence[str], result: Mapping[str, Any]) -> str | None:
    """Run the command without a shell, `result` as JSON on its standard input; the problem with that, if any.

    Nothing from a page is part of the command: its words come from the settings alone.
    """
    words = shlex.split(command) if isinstance(command, str) else [str(word) for word in command]
    try:
        done = subprocess.run(  # noqa: S603 - the user's own setting
            words,
            input=json.dumps(result, default=str) + "\n",
            encoding="ascii",
            stdout=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"HEALTH_COMMAND {words[0]!r} was stopped after {_SECONDS:.0f} s"
    except (OSError, ValueError, IndexError) as error:
        return f"HEALTH_COMMAND cannot be run: {error}"
    return f"HEALTH_COMMAND {words[0]!r} ended with {done.returncode}" if done.returncode else None

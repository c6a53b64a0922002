"""When to tell somebody that a run was not well; and by a command of the user's own."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

_SECONDS = 60.0


def mail_is_due(exit_code: int, mailed: Mapping[str, Any] | None, hours: float, now: datetime) -> bool:
    """Whether a run's exit code is news to who was `mailed` before, or was told so many hours ago."""
    if mailed is None or mailed.get("exit_code") == 0:
        return exit_code != 0
    if exit_code != mailed.get("exit_code"):
        return True
    return now - datetime.fromisoformat(mailed["at"]) >= timedelta(hours=hours)


def notify(command: str | Sequence[str], facts: Mapping[str, Any]) -> str | None:
    """Run the command without a shell, `facts` as JSON on its standard input; what went wrong, if anything did.

    Nothing from a page is part of the command: its words come from the settings alone.
    """
    words = shlex.split(command) if isinstance(command, str) else [str(word) for word in command]
    try:
        done = subprocess.run(  # noqa: S603 - the user's own setting
            words,
            input=json.dumps(facts, default=str) + "\n",
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

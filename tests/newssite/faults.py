"""What can go wrong with an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Status:
    """Another status, with a short page. `retry_after`: seconds to wait, told as `retry_form`."""

    status: int
    retry_after: float | None = None
    retry_form: Literal["seconds", "date"] = "seconds"


@dataclass(frozen=True, slots=True)
class Delay:
    """The right answer, `seconds` late."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Drop:
    """The connection closed without an answer."""


@dataclass(frozen=True, slots=True)
class Truncate:
    """A Content-Length that promises the whole page, half of it, and a closed connection."""


@dataclass(frozen=True, slots=True)
class Endless:
    """The page, and then filler for as long as the client listens (at most `limit` bytes)."""

    limit: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GzipBomb:
    """A small gzip body that unpacks to `megabytes`."""

    megabytes: int = 200


@dataclass(frozen=True, slots=True)
class Drip:
    """The right answer, `size` bytes every `seconds`."""

    seconds: float = 0.5
    size: int = 16


@dataclass(frozen=True, slots=True)
class BlockPage:
    """Status 200 and a page of a bot wall."""


@dataclass(frozen=True, slots=True)
class LoginWall:
    """Status 200 and a page that asks to sign in instead of the story."""


Fault = Status | Delay | Drop | Truncate | Endless | GzipBomb | Drip | BlockPage | LoginWall

BLOCK_PAGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    "<p>We have seen unusual traffic from your network. Please enable JavaScript and cookies to continue.</p>"
    "<p>Complete the CAPTCHA below to prove that you are human. Reference: 7f3a-22</p></body></html>"
)
LOGIN_PAGE = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue reading</h1>"
    "<p>This story is for subscribers. Log in or create an account to read on.</p>"
    '<form method="post" action="/login"><input name="email"><input name="password" type="password">'
    "<button>Sign in</button></form></body></html>"
)

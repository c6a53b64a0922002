"""Sites of a few pages that are written down: path -> what is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.newssite.server import Answer, Server

Pages = dict[str, str | tuple[str, str]]  # HTML, or (body, content type), or (address, "redirect")


def story_page(title: str, language: str = "en", head: str = "", links: str = "") -> str:
    """A story's page."""
    text = "".join(
        f"<p>{title}, said the crew of boat {n}, and the harbour office agreed with it.</p>" for n in range(9)
    )
    return (
        f'<html lang="{language}"><head><title>{title}</title><meta property="og:type" content="article">{head}</head>'
        f'<body><article><h1>{title}</h1><time datetime="2026-11-20T10:00:00Z">x</time>{text}</article>{links}</body>'
        "</html>"
    )


def listing_page(
    entries: list[tuple[str, str]], head: str = "", further: str = "", language: str = "en"
) -> str:
    """A page that lists stories: (address, title) of each."""
    items = "".join(f'<li><h2><a href="{url}">{title}</a></h2></li>' for url, title in entries)
    return (
        f'<html lang="{language}"><head><title>Front</title>{head}</head><body><main><h1>Front</h1><ul>{items}</ul>'
        f"{further}</main></body></html>"
    )


@contextmanager
def serving(make: Callable[[str], Pages], host: str = "127.0.0.1") -> Iterator[tuple[str, Server]]:
    """Serve what `make` gives for the site's address (no slash at its end), as it is then; anything else is a 404."""
    pages: Pages = {}

    def answer(name: str, path: str, headers: dict[str, str]) -> Answer:
        page = pages.get(path)
        if page is None:
            return Answer(b"<h1>Not found</h1>", status=404)
        body, content_type = (page, "text/html; charset=utf-8") if isinstance(page, str) else page
        if content_type == "redirect":
            return Answer(b"", status=302, headers=(("Location", body),))
        return Answer(body.encode(), content_type)

    server = Server(answer, lambda path: None, host)
    server.start()
    try:
        base = f"http://{host}:{server.port}"
        pages = make(base)
        yield base, server
    finally:
        server.stop()

"""A site in several languages: the start URL's alone, unless others are asked for."""

from __future__ import annotations

import pytest

from tests.crawls.running import crawl
from tests.newssite.server import Answer, Server

TEXT = "".join(
    f"<p>The ferry left the old harbour on time, said the crew, for the {n}th time now.</p>" for n in range(9)
)
LANGUAGES = ("en", "fa", "ar")


def story(language: str) -> str:
    title = f"Ferry {language.upper()} leaves the old harbour on time"
    return (
        f'<html lang="{language}"><head><title>{title}</title><meta property="og:type" content="article"></head>'
        f'<body><article><h1>{title}</h1><time datetime="2026-11-20T10:00:00Z">x</time>{TEXT}</article></body></html>'
    )


def front(language: str) -> str:
    alternates = "".join(f'<link rel="alternate" hreflang="{code}" href="/{code}/">' for code in LANGUAGES)
    links = "".join(
        f'<li><h2><a href="/{code}/news/1000{n}/ferry-leaves-the-old-harbour">Ferry {code} leaves harbour</a></h2></li>'
        for n, code in enumerate(LANGUAGES)
    )
    menu = "".join(f'<a href="/{code}/">{code}</a>' for code in LANGUAGES)
    return (
        f'<html lang="{language}"><head><title>Front</title>{alternates}</head><body><nav>{menu}</nav>'
        f"<main><ul>{links}</ul></main></body></html>"
    )


@pytest.fixture
def site():
    def answer(host, path, headers):
        parts = path.strip("/").split("/")
        if parts[0] in LANGUAGES:
            return Answer(
                (front if len(parts) == 1 else story)(parts[0]).encode(), "text/html; charset=utf-8"
            )
        return Answer(b"not found", status=404)

    server = Server(answer, lambda path: None)
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize(
    ("words", "languages"),
    [((), {"en"}), (("-a", "languages=fa"), {"en", "fa"}), (("-a", "languages=all"), {"en", "fa", "ar"})],
    ids=["none", "fa", "all"],
)
def test_languages(tmp_path, site, words, languages):
    base = f"http://127.0.0.1:{site.port}"
    run = crawl(tmp_path, "-a", f"url={base}/en/", *words)
    assert run.code == 0, run.told()
    assert {story["url"].removeprefix(base)[1:3] for story in run.stories} == languages
    asked = {request.path[1:3] for request in site.log} & set(LANGUAGES)
    assert asked == languages, "pages of a language that was not asked for were fetched"

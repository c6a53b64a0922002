import pytest

from newscrawler.extraction import extract

TEXT = "".join(
    f"<p>The ferry between the two banks of the river runs again since Monday, its {n}th boat said.</p>"
    for n in range(6)
)


def authors(byline: str) -> list[str]:
    page = f"""<html lang="en"><head><title>Ferry runs again</title><meta property="og:type" content="article">
    <meta property="article:published_time" content="2024-05-03T10:00:00Z"></head><body><article>
    <h1>Ferry runs again</h1>{byline}<div class="text">{TEXT}</div></article></body></html>"""
    return extract(page.encode(), "https://lantern.example/news/2024/05/03/ferry-runs-again").authors


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="byline"><span>Ines Calloway</span><span>April 3, 2024</span></p>', ["Ines Calloway"]),
        ('<div class="autor"><b>Art Lapinsch</b><i>3. Oktober 2024</i></div>', ["Art Lapinsch"]),
        (
            '<p class="byline">By <a rel="author" href="/author/j-wett">Jonas Wett</a>, Virna Losada and '
            '<a rel="author" href="/author/a-krall">Ana Krall</a></p>',
            ["Jonas Wett", "Virna Losada", "Ana Krall"],
        ),
        (
            '<p class="byline">By <a rel="author" href="/author/j-wett">Jonas Wett</a>, political editor</p>',
            ["Jonas Wett"],
        ),
    ],
)
def test_names_of_one_byline(byline: str, names: list[str]) -> None:
    assert authors(byline) == names

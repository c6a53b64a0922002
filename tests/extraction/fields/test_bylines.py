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


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p class="author">โดย สมชาย ใจดี</p>', ["สมชาย ใจดี"]),
        ('<div class="author">Par Solène Guérinot Publié le 06/01/2026 à 10:15</div>', ["Solène Guérinot"]),
        ('<div class="author">Por Ana Prieto Publicado el 06/01/2026</div>', ["Ana Prieto"]),
        (
            '<div class="byline">By <span>Odette Marchbanks</span>, Ostrel Courier</div>',
            ["Odette Marchbanks"],
        ),
        ('<div class="byline">Odette Marchbanks | The Quay Examiner</div>', ["Odette Marchbanks"]),
    ],
)
def test_what_is_no_part_of_a_name(byline: str, names: list[str]) -> None:
    assert authors(byline) == names


@pytest.mark.parametrize(
    "teasers",
    [
        '<section class="more-stories"><article><h3><a href="/o/1">The lambs of March</a></h3>'
        '<p class="byline">By Bob Freeborn</p></article></section>',
        '<aside><h3>Opinion</h3><a href="/o/1">What the river keeps</a><i class="author">Bob Freeborn</i></aside>',
        '<ul><li><a href="/o/1">Die Lämmer im März kommen</a><i class="autor">Von Bob Freeborn</i></li></ul>',
    ],
)
def test_a_byline_in_the_box_of_another_story_is_that_story_s(teasers: str) -> None:
    page = f"""<html><head><title>Ferry runs again</title><meta property="og:type" content="article"></head><body><main>
    <article><h1>Ferry runs again</h1><time datetime="2024-05-03">3 May 2024</time><div>{TEXT}</div></article>{teasers}
    </main></body></html>"""
    assert extract(page.encode(), "https://lantern.example/news/2024/05/03/ferry-runs-again").authors == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("（本报记者 林知远、周以沫）", ["林知远", "周以沫"]),
        ("本报记者　林知远　周以沫　通讯员　何晓", ["林知远", "周以沫"]),
        ("記者：陳美玲", ["陳美玲"]),
    ],
)
def test_a_line_of_chinese_reporters(line: str, names: list[str]) -> None:
    sentence = "青禾市老码头改造工程日前正式启动，计划用两年时间，把沿江三公里长的旧货场改建成步道和公园。"
    text = "".join(f"<p>{sentence}第{n}期预计明年完工，届时步行只需要二十分钟。</p>" for n in range(6))
    page = f"""<html lang="zh"><head><title>青禾市老码头改造工程启动</title><meta property="og:type" content="article">
    </head><body><article><h1>青禾市老码头改造工程启动</h1><i>2023-11-08 09:12</i>
    <div>{text}<p>{line}</p></div></article></body></html>"""
    assert extract(page.encode(), "https://lantern.example/news/2023/11/08/981").authors == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ('<p><a href="/blog/author/quay-team">Quay Team</a></p>', ["Quay Team"]),
        ('<p class="byline">by <a href="/author/admin">admin</a></p>', []),
        (
            '<p class="author"><a href="/authors/liz-kenny">Liz Kenny</a></p><p>Former Consultant</p>',
            ["Liz Kenny"],
        ),
        ('<div class="author"><p>Liz Kenny</p><p>Expert Reviewer</p></div>', ["Liz Kenny"]),
        ('<div class="autor"><p>Anna Holt</p><p>CEO</p></div>', ["Anna Holt"]),
        ('<p class="author">ByTravis Haney</p>', ["Travis Haney"]),
        ('<p class="author">Andrea Wong Andrea Wong December</p>', ["Andrea Wong"]),
        ('<p class="author">著者：後藤大地</p>', ["後藤大地"]),
        ('<p class="author"><a href="https://social.example/profile/quay">Follow us</a></p>', []),
    ],
)
def test_credits_jobs_and_what_is_glued_to_a_name(byline: str, names: list[str]) -> None:
    assert authors(byline) == names


@pytest.mark.parametrize("words", ["Written by", "Verfasst von", "Écrit par"])
def test_a_byline_below_the_text(words: str) -> None:
    page = f"""<html><head><title>Ferry runs again</title><meta property="og:type" content="article"></head><body>
    <article><h1>Ferry runs again</h1><time datetime="2024-05-03">3 May 2024</time><div>{TEXT}</div></article>
    <div><p>{words} <a href="https://elsewhere.example/jc">John Crenshaw</a></p></div></body></html>"""
    assert extract(page.encode(), "https://lantern.example/news/2024/05/03/ferry-runs-again").authors == [
        "John Crenshaw"
    ]

"""The demo's pages as HTML, in the manner of the CMS family that many news agencies use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from newscrawler.demo.demo_story import DemoStory, slugify
from newscrawler.demo.world import AGENCY, SECTIONS

STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")


def long_date(when: datetime) -> str:
    """As printed above a story: `Saturday 12 March 2022 - 06:28`."""
    return f"{when:%A} {when.day} {when:%B %Y} - {when:%H:%M}"


def short_date(when: datetime) -> str:
    """As printed in lists: `12 March 2022`."""
    return f"{when.day} {when:%B %Y}"


def image_path(code: int, *, small: bool = False) -> str:
    """The address of a story's picture."""
    return f"/images/{'t/' if small else ''}{code}.png"


def _link(path: str, text: str, extra: str = "") -> str:
    return f'<a href="{escape(path)}"{extra}>{escape(text, quote=False)}</a>'


def _frame(title: str, main: str, aside: str, *, head: str = "", charset: str = "utf-8") -> str:
    sections = "".join(_link(f"/en/{slug}", name) for slug, name in SECTIONS.items())
    return f"""<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="{charset}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title, quote=False)}</title>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="{AGENCY}" href="/en/rss.xml">
{head}</head>
<body>
<header>
<h2><a href="/en/">{AGENCY}</a></h2>
<nav>{sections}{_link("/en/archive", "Archive")}{_link("/en/calendar/2026/12/01", "Calendar")}\
{_link("/en/members/morning-briefing", "Members")}</nav>
</header>
<main>
<div class="main-column">
{main}</div>
<aside>
{aside}</aside>
</main>
<footer>{_link("/en/about", "About us")} · {_link("/en/contact", "Contact")} · \
{_link("/en/rss.xml", "RSS")} · \
© {AGENCY}, an invented news agency. Every story on this site is made up.</footer>
</body>
</html>
"""


def story_page(story: DemoStory, stories: dict[int, DemoStory], base: str) -> str:
    """One story, with everything that its readers see around it."""
    return _frame(
        f"{story.title} - {AGENCY}",
        _article(story) + _comments(story),
        _featured(story, stories),
        head=_story_head(story, base),
        charset=story.charset,
    )


def print_page(story: DemoStory, base: str) -> str:
    """The print version: the same story without what is around it."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="{story.charset}">
<title>Print: {escape(story.title, quote=False)} - {AGENCY}</title>
<link rel="canonical" href="{base}{story.path}">
<meta name="robots" content="noindex">
</head>
<body>
{_article(story)}</body>
</html>
"""


def _story_head(story: DemoStory, base: str) -> str:
    metas = [("name", "author", ", ".join(story.authors) or AGENCY)]
    if story.published:
        metas.append(("name", "dcterms.created", story.published.isoformat()))
    if story.modified:
        metas.append(("name", "dcterms.modified", story.modified.isoformat()))
    if story.lead:
        metas.append(("name", "description", story.lead))
    metas += [
        ("name", "keywords", ",".join(story.tags)),
        ("property", "og:type", "article"),
        ("property", "og:site_name", AGENCY),
        ("property", "og:title", story.title),
        ("property", "og:url", base + story.path),
    ]
    if story.photo:
        metas.append(("property", "og:image", base + image_path(story.code)))
    head = "".join(f'<meta {kind}="{name}" content="{escape(value)}">\n' for kind, name, value in metas)
    return head + f'<link rel="canonical" href="{base}{story.path}">\n'


def _article(story: DemoStory) -> str:
    parts = []
    if story.published:
        parts.append(f'<span id="docDiv3Date" class="date">{long_date(story.published)}</span>\n')
    parts.append(
        f'<span class="doc-section-info">{_link(f"/en/{story.section}", SECTIONS[story.section])}</span>\n'
        f'<span id="docDocID" class="doc-code">Story Code : {story.code}</span>\n'
        f'<a class="doc-print" href="{story.path}/print" rel="nofollow">Print</a>\n'
    )
    info = f'<div class="doc-info">\n{"".join(parts)}</div>\n'
    kicker = f'<div id="docDiv3TitrRou" class="kicker">{escape(story.kicker)}</div>\n' if story.kicker else ""
    title = f'<h1 id="docDiv3TitrMain">{escape(story.title, quote=False)}</h1>\n'
    lead = f'<div id="docDivLead1" class="lead">{escape(story.lead)}</div>\n' if story.lead else ""
    byline = ""
    if story.authors:
        names = " and ".join(
            _link(f"/en/author/{slugify(name)}", name, ' rel="author"') for name in story.authors
        )
        byline = f'<div class="doc-author">By {names}</div>\n'
    photo = ""
    if story.photo:
        photo = (
            f'<figure class="doc-photo"><img src="{image_path(story.code)}" alt="{escape(story.title)}" '
            f'width="640" height="360"><figcaption>{escape(story.caption or "")}</figcaption></figure>\n'
        )
    tags = "".join(_link(f"/en/tag/{quote(tag_slug(tag))}", tag) + " " for tag in story.tags)
    return (
        f'<article class="doc">\n{info}{kicker}{title}{lead}{byline}{photo}'
        f'<div id="doctextarea">{_body(story)}</div>\n'
        f'<div class="tags"><span>Tagged</span> {tags}</div>\n</article>\n'
    )


def _body(story: DemoStory) -> str:
    paragraphs = [escape(text, quote=False) for text in story.paragraphs]
    for link in story.links:
        anchor = _link(link.path, link.text)
        paragraphs[link.paragraph] = paragraphs[link.paragraph].replace(link.text, anchor, 1)
    if story.line_breaks:
        return "<div>" + "<br /><br />\n".join(paragraphs) + "</div>"
    return "".join(f"<p>{text}</p>\n" for text in paragraphs)


def _comments(story: DemoStory) -> str:
    given = ""
    if story.comments:
        entries = "".join(
            f"<li><b>{escape(who)}</b><div>{escape(text)}</div></li>\n" for who, text in story.comments
        )
        given = f"<h3>Comments ({len(story.comments)})</h3>\n<ul>\n{entries}</ul>\n"
    return f"""<section class="user-comment-area">
{given}<form method="post" action="/en/comment">
<h3>Comment</h3>
<input name="name" placeholder="Your name"><input name="mail" placeholder="Your mail address (not shown)">
<textarea name="text" rows="4" placeholder="What do you think?"></textarea><button>Send</button>
</form>
</section>
"""


def _featured(story: DemoStory, stories: dict[int, DemoStory]) -> str:
    """Image link before title link, both to the same story, as the family has it."""
    entries = []
    for entry in story.featured:
        path = stories[entry.code].path
        image = ""
        if entry.alt is not None:
            source = image_path(entry.code, small=True)
            image = f'<a href="{path}"><img src="{source}" alt="{escape(entry.alt)}"></a>'
        date = f'<span class="date">{short_date(entry.published)}</span>' if entry.published else ""
        title = _link(path, entry.title, ' class="title"')
        entries.append(f"<li>{image}{title}{date}</li>\n")
    return f'<div class="doc-related"><h3>Featured Stories</h3>\n<ul>\n{"".join(entries)}</ul></div>\n'


def tag_slug(tag: str) -> str:
    """A tag within its address; letters of any script, as the family has them."""
    return "-".join("".join(c if c.isalnum() else " " for c in tag.lower()).split())


def entries(stories: Iterable[DemoStory], *, slash: frozenset[int] = frozenset(), leads: bool = True) -> str:
    """A list of stories, as sections, tags and archives print it; codes in `slash` get a trailing slash."""
    items = []
    for story in stories:
        path = story.path + ("/" if story.code in slash else "")
        date = f'<div class="date">{short_date(story.published)}</div>' if story.published else ""
        lead = f"<p>{escape(story.lead)}</p>" if leads and story.lead else ""
        items.append(f"<li><h3>{_link(path, story.title)}</h3>{date}{lead}</li>\n")
    return f'<ul class="news-list">\n{"".join(items)}</ul>\n'


def listing_page(
    heading: str,
    stories: Sequence[DemoStory],
    path: str,
    page: int,
    pages: int,
    *,
    slash: frozenset[int],
    aside: str,
) -> str:
    """One page of a section, a tag, an author or the archive."""
    head, bar = "", ""
    if pages > 1:
        numbers = "".join(
            f"<span>{n}</span>" if n == page else _link(_numbered(path, n), str(n))
            for n in range(1, pages + 1)
        )
        before = _link(_numbered(path, page - 1), "« Newer", ' rel="prev"') if page > 1 else ""
        after = _link(_numbered(path, page + 1), "Older »", ' rel="next"') if page < pages else ""
        bar = f'<div class="pages">{before}{numbers}{after}</div>\n'
        head = f'<link rel="next" href="{_numbered(path, page + 1)}">\n' if page < pages else ""
    shown = entries(stories, slash=slash) if stories else "<p>No stories here yet.</p>\n"
    title = f"{heading} - {AGENCY}" if page == 1 else f"{heading}, page {page} - {AGENCY}"
    return _frame(title, f"<h1>{escape(heading, quote=False)}</h1>\n{shown}{bar}", aside, head=head)


def _numbered(path: str, page: int) -> str:
    return path if page == 1 else f"{path}?page={page}"


def front_page(newest: Sequence[DemoStory], by_section: dict[str, list[DemoStory]], aside: str) -> str:
    """The front page: what is new, then a few of each section."""
    blocks = "".join(
        f"<section><h2>{_link(f'/en/{slug}', SECTIONS[slug])}</h2>\n"
        f"{entries(stories, leads=False)}</section>\n"
        for slug, stories in by_section.items()
    )
    main = f"<h1>News from the islands and the coast</h1>\n{entries(newest)}{blocks}"
    return _frame(f"{AGENCY} - News from the islands and the coast", main, aside)


def most_read(links: Iterable[tuple[str, str]]) -> str:
    """The side column: (path, text) pairs."""
    items = "".join(f"<li>{_link(path, text)}</li>\n" for path, text in links)
    return f'<div class="most-read"><h3>Most read</h3>\n<ol>\n{items}</ol></div>\n'


def plain_page(heading: str, content: str) -> str:
    """A page that is neither a story nor a listing; `content` is HTML."""
    return _frame(f"{heading} - {AGENCY}", f"<h1>{escape(heading, quote=False)}</h1>\n{content}", "")

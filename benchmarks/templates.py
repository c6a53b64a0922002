"""Stories of generated sites without metadata, read page by page and with the template of their site.

    python -m benchmarks.templates

Prints for each of 12 templates the error of the body (1 - F1 of words) and the story codes and tags that were found,
alone and in view of the site; then what the memory of a template takes for 30,000 pages. Ends with 1 when errors are
not halved in the mean, or one template is worse by more than .002.
"""

from __future__ import annotations

import random
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import process_time

from newscrawler.extraction import Page, read
from newscrawler.extraction.template.template_memory import TemplateMemory

PAGES = 30  # of a template
_WORST = 0.002
_LATIN = """
    harbour council ferry bridge orchard archive tunnel station market museum river school garden tower mill quay
    library theatre meadow lantern bakery canal pier chapel the the the of of and and in to a was on for with that
"""
_ARABIC = "الميناء المجلس الجسر المتحف المدرسة النهر السوق المحطة الحديقة المكتبة في من على إلى التي هذا مع عن كان بعد"
_NAMES = ("Ada Crake", "Ivo Marsh", "Lena Holt", "Tom Birch", "Mara Quill")
_TAGS = ("Ferries", "Old Town", "Flood", "Budget", "Markets", "Schools", "Rail")
_MONTHS = ("January", "March", "May", "July", "September", "November")
_SLOGAN = "The Aldermoor Lantern is read in every kitchen between the two rivers, and has been since the flood came."
_NOTICES = (
    "Our office on the quay is closed for repairs until further notice; letters reach us at the mill.",
    "The reading circle meets on Thursdays in the old theatre, and new members are welcome at any time.",
    "Subscribers receive the almanac for the coming year with the next issue, free of charge, by post.",
)


@dataclass(frozen=True)
class Template:
    """`frame` has the places of a page, `paragraph` is around each paragraph, `split` after half of them."""

    frame: str
    paragraph: str = "<p>{}</p>"
    split: str = ""
    words: Sequence[str] = tuple(_LATIN.split())
    lang: str = "en"


@dataclass(frozen=True)
class Made:
    """One page with the truth about it."""

    html: bytes
    url: str
    body: str
    code: str
    tags: Sequence[str]


_META = '<p class="by">By {author}</p><p class="when">{date}</p>'
_ENDS = '<div class="kw">{tags}</div><span class="ref">{code}</span>'
TEMPLATES = {
    "article": Template(
        "<div id=top>{menu}</div><article class=story><h1>{title}</h1>" + _META + "<div class=copy>{body}"
        "<p>{slogan}</p></div>" + _ENDS + "</article><div class=rail>{side}</div><div class=base>{notice}</div>"
    ),
    "tables": Template(
        "<table class=outer><tr><td class=nav>{menu}</td><td class=main><font size=5><b class=hl>{title}</b></font><br>"
        "<h2>{title}</h2>" + _META + "<table class=text><tr><td class=copy>{body}<p>{slogan}</p><p>{notice}</p>"
        "</td></tr></table>" + _ENDS + "</td><td class=right>{side}</td></tr></table>"
    ),
    "div soup": Template(
        "<div class=a><div class=b>{menu}</div><div class=c><div class=d><h1>{title}</h1></div><div class=e>" + _META +
        "</div><div class=f><div class=g>{body}<div class=x>{slogan}</div></div><div class=h>{notice}</div></div>"
        + _ENDS + "</div><div class=i>{side}</div></div>",
        paragraph="<div class=t>{}</div>",
    ),
    "line breaks": Template(
        "<div class=nav>{menu}</div><div class=page><h1>{title}</h1>" + _META + "<div class=copy>{body}{slogan}<br><br>"
        "{notice}</div>" + _ENDS + "</div><div class=side>{side}</div>",
        paragraph="{}<br><br>",
    ),
    "several bodies": Template(
        "<div class=nav>{menu}</div><div class=page><h1>{title}</h1>" + _META + "<div class=copy>{body}</div>" + _ENDS +
        "<div class=more><p>{slogan}</p><p>{notice}</p></div></div><div class=side>{side}</div>",
        split="</div><div class=advert><p>{notice}</p></div><div class=copy>",
    ),
    "furniture that changes slowly": Template(
        "<div class=nav>{menu}</div><div class=page><h1>{title}</h1>" + _META + "<div class=copy><p>{notice}</p>{body}"
        "<p>{notice2}</p></div>" + _ENDS + "</div><div class=side>{side}</div>"
    ),
    "right to left": Template(
        "<div dir=rtl><div class=nav>{menu}</div><div class=page><h1>{title}</h1><p class=when>{date}</p>"
        "<div class=copy>{body}<p>{slogan}</p></div>" + _ENDS + "<div class=under>{notice}</div></div></div>",
        words=tuple(_ARABIC.split()), lang="ar",
    ),
    "masthead as h1": Template(
        "<h1>The Aldermoor Lantern</h1>{menu}<div class=page><h2>{title}</h2>" + _META + "<div class=copy>{body}"
        "<p>{slogan}</p></div>" + _ENDS + "<div class=foot><p>{notice}</p></div></div><div>{side}</div>"
    ),
    "teasers below": Template(
        "<div class=nav>{menu}</div><div class=page><h1>{title}</h1>" + _META + "<div class=copy>{body}</div>" + _ENDS +
        "<div class=next>{teasers}</div><p>{slogan}</p></div>"
    ),
    "teasers inside": Template(
        "<div class=nav>{menu}</div><div class=page><h1>{title}</h1>" + _META + "<div class=copy>{body}"
        "<p>{slogan}</p></div>" + _ENDS + "</div>",
        split="<div class=hint>{teasers}</div>",
    ),
    "sections": Template(
        "<section class=nav>{menu}</section><section class=head><h1>{title}</h1>" + _META + "</section>"
        "<section class=text>{body}</section><section class=foot><p>{slogan}</p><p>{notice}</p>" + _ENDS + "</section>"
        "<section class=list>{side}</section>"
    ),
    "author's box": Template(
        "<div class=nav>{menu}</div><main><h1>{title}</h1>" + _META + "<div class=copy>{body}</div><div class=bio>"
        "<p>{author} has written for the Lantern from the harbour for many years and keeps bees on the roof of the "
        "mill.</p></div>"
        "<p>{slogan}</p>" + _ENDS + "</main><div class=side>{side}<p>{notice}</p></div>"
    ),
}  # fmt: skip


def sentence(dice: random.Random, words: Sequence[str], number: int) -> str:
    """A sentence of its own."""
    said = " ".join(dice.choice(words) for _ in range(number))
    return f"{said[0].upper()}{said[1:]} {dice.randint(100, 9999)}."


def made_pages(name: str, number: int = PAGES) -> Iterator[Made]:
    """The pages of one template, the same each time."""
    template = TEMPLATES[name]
    titles = [sentence(random.Random(f"{name} title {at}"), template.words, 6)[:-1] for at in range(number)]
    for at in range(number):
        dice = random.Random(f"{name} {at}")
        texts = [
            " ".join(sentence(dice, template.words, dice.randint(9, 18)) for _ in range(dice.randint(1, 3)))
            for _ in range(dice.randint(3, 9))
        ]
        tags = dice.sample(_TAGS, dice.randint(1, 3))
        code = str(dice.randint(100_000, 999_999))
        # Half of the tags' links tell by their address what they are, half of the stories' addresses hold the code.
        folder = "tag" if at % 2 else "o"
        places = {
            "title": titles[at],
            "menu": "".join(f'<a href="/{word}/">{word.title()}</a> ' for word in template.words[:7]),
            "author": dice.choice(_NAMES),
            "date": f"{1 + at % 28} {dice.choice(_MONTHS)} 2024",
            "tags": " ".join(f'<a href="/{folder}/{tag.lower().replace(" ", "-")}">{tag}</a>' for tag in tags),
            "code": code,
            "slogan": _SLOGAN,
            "notice": _NOTICES[at * 3 // number],
            "notice2": _NOTICES[(at * 6 // number + 1) % 3],
            "side": "".join(f'<p><a href="/s/{n}-x">{titles[n]}</a></p>' for n in dice.sample(range(number), 4)),
            "teasers": "".join(
                f'<p><a href="/s/{n}-x">{titles[n]}</a> {sentence(random.Random(n), template.words, 12)}</p>'
                for n in dice.sample(range(number), 2)
            ),
        }  # fmt: skip
        half = len(texts) // 2
        paragraphs = [template.paragraph.format(text) for text in texts]
        paragraphs.insert(half, template.split.format(**places))
        shown = template.frame.format(body="".join(paragraphs), **places)
        html = f'<html lang="{template.lang}"><title>{titles[at]}</title><body>{shown}</body></html>'
        slug = titles[at].split()[0].lower() if template.lang == "en" else "khabar"
        url = f"https://lantern.example/news/{slug}-{at}x" + (f"/{code}" if at % 3 else "")
        yield Made(html.encode(), url, "\n\n".join(texts), code, tags)


def error(page: Page, truth: str) -> float:
    """1 - F1 of the words of a body."""
    found = Counter((page.story.body or "").split() if page.story else [])
    wanted = Counter(truth.split())
    return 1 - 2 * (found & wanted).total() / (found.total() + wanted.total())


@dataclass(frozen=True)
class Score:
    """Means over the pages of a template; codes and tags that are right, as shares of the pages."""

    error: float
    codes: float
    tags: float


def score(pages: Sequence[Page], made: Sequence[Made]) -> Score:
    """Compare pages with the truth."""
    pairs = [(page, page.story, one) for page, one in zip(pages, made, strict=True)]
    return Score(
        sum(error(page, one.body) for page, _, one in pairs) / len(made),
        sum(story is not None and story.story_code == one.code for _, story, one in pairs) / len(made),
        sum(story is not None and set(story.tags) == set(one.tags) for _, story, one in pairs) / len(made),
    )


def compare(name: str, number: int = PAGES) -> tuple[Score, Score]:
    """The pages of a template read alone, and in view of their site."""
    made = list(made_pages(name, number))
    alone = [read(one.html, one.url) for one in made]
    memory = TemplateMemory()
    for one, page in zip(made, alone, strict=True):
        memory.add_story(one.url, page.facts)
        memory.add_sibling(one.url, page.siblings._replace(is_story=page.story is not None))
    # As a crawl does: pages without a headline of their own are known better when they are read again.
    for one in made:
        page = read(one.html, one.url, template=memory.template)
        memory.add_story(one.url, page.facts)
        memory.add_sibling(one.url, page.siblings._replace(is_story=page.story is not None))
    in_view = [read(one.html, one.url, template=memory.template) for one in made]
    return score(alone, made), score(in_view, made)


def memory_for(number: int) -> tuple[float, float]:
    """Megabytes that a memory takes for so many pages, and the milliseconds that one page costs."""
    pages = [read(one.html, one.url) for name in TEMPLATES for one in made_pages(name)]
    began = process_time()
    facts = [page.facts for page in pages]
    cost = (process_time() - began) / len(pages)
    tracemalloc.start()
    memory = TemplateMemory()
    began = process_time()
    for at in range(number):
        url = f"https://lantern.example/{at}"
        one = facts[at % len(facts)]
        memory.add_sibling(url, pages[at % len(pages)].siblings)
        if memory.wants(url):
            memory.add_story(
                url,
                one._replace(
                    lines=tuple(key ^ at for key in one.lines), longest=tuple(key ^ at for key in one.longest)
                ),
            )
    cost += (process_time() - began) / number
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size / 1e6, cost * 1e3


def main() -> int:
    """Print the table; 1 when a must is not met."""
    rows = {name: compare(name) for name in TEMPLATES}
    print(
        f"{'template':32} {'error':>7} {'in view':>7}  {'codes':>5} {'in view':>7}  {'tags':>5} {'in view':>7}"
    )
    for name, (alone, in_view) in rows.items():
        print(
            f"{name:32} {alone.error:7.4f} {in_view.error:7.4f}  {alone.codes:5.2f} {in_view.codes:7.2f}"
            f"  {alone.tags:5.2f} {in_view.tags:7.2f}"
        )
    before = sum(alone.error for alone, _ in rows.values()) / len(rows)
    after = sum(in_view.error for _, in_view in rows.values()) / len(rows)
    worst = max(in_view.error - alone.error for alone, in_view in rows.values())
    print(f"{'mean':32} {before:7.4f} {after:7.4f}  worst change {worst:+.4f}")
    size, cost = memory_for(30_000)
    print(f"memory for 30,000 pages: {size:.1f} MB; {cost:.2f} ms a page")
    return int(after > before / 2 or worst > _WORST)


if __name__ == "__main__":
    sys.exit(main())

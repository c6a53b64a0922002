"""The right result of a crawl of the demo site: every story, field by field, and how other pages end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from newscrawler.demo import page_templates, plants
from newscrawler.demo.demo_story import DemoStory
from newscrawler.demo.script_site import SCRIPT_BASE, ScriptSite
from newscrawler.demo.website import BASE, DemoSite
from newscrawler.demo.world import SECTIONS
from newscrawler.items import Image, RelatedStory, Story
from newscrawler.text import count_words


@dataclass(frozen=True, slots=True)
class Truth:
    """The exact expectations of one crawl of the whole site.

    stories: by story code. Of each pair in `either`, a crawl keeps the one that it fetches first and drops
        the other as a duplicated title, so it delivers `len(stories) - len(either)` stories.
    variants: other addresses of stories -> the story's own address. Redirects among them.
    outcomes: address -> the outcome that its page must end with when it is fetched.
    forbidden: addresses that robots.txt closes though pages link them; never fetched.
    trap: what every address of the endless calendar starts with.
    only_via: story code -> `related`, `sitemap` or `feed`, the one place that names the story.
    """

    stories: dict[str, Story]
    either: tuple[tuple[str, str], ...]
    variants: dict[str, str]
    outcomes: dict[str, str]
    forbidden: tuple[str, ...]
    trap: str
    only_via: dict[str, str]

    def problem(self, codes: list[str]) -> str | None:
        """The fault of a crawl that delivered stories of these `codes`, in one line, or None."""
        got, twins = set(codes), {code for pair in self.either for code in pair}
        if len(codes) != len(got):
            return f"delivered twice: {sorted(code for code in got if codes.count(code) > 1)}"
        if missing := self.stories.keys() - got - twins:
            return f"missing: {sorted(missing)}"
        if extra := got - self.stories.keys():
            return f"not stories: {sorted(extra)}"
        for pair in self.either:
            if len(got & set(pair)) != 1:
                return f"exactly one of {pair} is right, delivered: {sorted(got & set(pair))}"
        return None


def truth(base: str = BASE) -> Truth:
    """The truth of the site as served under `base`."""
    site = DemoSite()
    by_code = site.stories
    outcomes = {base + by_code[code].path: "no-body" for code in plants.codes("no-body")}
    outcomes |= {base + story.path: "error" for story in site.listed if story.code in plants.codes("gone")}
    variants = {base + old: base + new for old, new in site.redirects.items()}
    for plant in plants.PLANTS:
        if plant.kind.startswith("variant-") and plant.code:
            story = by_code[plant.code]
            variants[base + plant.path.format(code=story.code, slug=story.slug)] = base + story.path
    for story in by_code.values():
        variants[f"{base}{story.path}/print"] = base + story.path
    return Truth(
        stories={
            str(story.code): _story(story, by_code, base) for story in by_code.values() if story.paragraphs
        },
        either=tuple((str(first), str(code)) for code, (first, _) in plants.TWINS.items()),
        variants=variants,
        outcomes=outcomes,
        forbidden=tuple(base + plant.path for plant in plants.planted("robots")),
        trap=f"{base}/en/calendar/",
        only_via={str(story.code): story.hidden for story in by_code.values() if story.hidden},
    )


def script_truth(base: str = SCRIPT_BASE) -> dict[str, Story]:
    """Every story of the JavaScript edition as served under `base`, by story code."""
    edition = ScriptSite(DemoSite())
    carried = {
        code: replace(one, featured=tuple(edition.related(one))) for code, one in edition.stories.items()
    }
    return {str(story.code): _story(story, carried, base, "demo-js") for story in carried.values()}


def _story(story: DemoStory, by_code: dict[int, DemoStory], base: str, site: str = "demo") -> Story:
    body = "\n\n".join(story.paragraphs)
    image = base + page_templates.image_path(story.code) if story.photo else None
    return Story(
        story_id=f"{site}:{story.code}",
        site=site,
        story_code=str(story.code),
        url=base + story.path,
        canonical_url=base + story.path,
        title=story.title,
        kicker=story.kicker,
        lead=story.lead,
        published=story.published.isoformat() if story.published else None,
        published_raw=page_templates.long_date(story.published) if story.published else None,
        modified=story.modified.isoformat() if story.modified else None,
        authors=list(story.authors),
        section=SECTIONS[story.section],
        tags=list(story.tags),
        language="en",
        body=body,
        word_count=count_words(body),
        image=image,
        image_caption=story.caption,
        images=[Image(url=image, alt=story.title, caption=story.caption)] if image else [],
        related=[
            RelatedStory(
                title=entry.title,
                url=base + by_code[entry.code].path,
                published=entry.published.date().isoformat() if entry.published else None,
                image_alt=entry.alt,
            )
            for entry in story.featured
        ],
        comment_count=len(story.comments) or None,
    )

"""The forms that addresses of a site take: of stories and of what leads to them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date

from tests.newssite.content import NewsStory


class Shape(ABC):
    """Paths (with query) of one family of sites. Listing pages are numbered from 1."""

    @abstractmethod
    def story(self, story: NewsStory) -> str: ...

    @abstractmethod
    def section(self, name: str, page: int = 1) -> str: ...

    def tag(self, slug: str, page: int = 1) -> str:
        return _query(f"/tag/{slug}", page)

    def day(self, day: date) -> str:
        return f"/archive/{day:%Y/%m/%d}"


class IdShape(Shape):
    """`/en/news/983389/<slug>`, listings by `?page=`."""

    def story(self, story: NewsStory) -> str:
        return f"/en/news/{story.number}/{story.slug}"

    def section(self, name: str, page: int = 1) -> str:
        return _query(f"/en/{name}", page)


class DateShape(Shape):
    """`/2026/11/23/<slug>/`, listings by `/page/2/`, as WordPress has them."""

    def story(self, story: NewsStory) -> str:
        return f"/{story.published:%Y/%m/%d}/{story.slug}/"

    def section(self, name: str, page: int = 1) -> str:
        return f"/category/{name}/" + (f"page/{page}/" if page > 1 else "")

    def tag(self, slug: str, page: int = 1) -> str:
        return f"/tag/{slug}/" + (f"page/{page}/" if page > 1 else "")

    def day(self, day: date) -> str:
        return f"/{day:%Y/%m/%d}/"


class SlugShape(Shape):
    """`/<section>/<slug>`: nothing tells a story from a listing but its page."""

    def story(self, story: NewsStory) -> str:
        return f"/{story.section}/{story.slug}"

    def section(self, name: str, page: int = 1) -> str:
        return _query(f"/{name}", page, "p")


class QueryShape(Shape):
    """`/index.php?view=story&id=983389`, listings by `&start=20`."""

    per_page = 20

    def story(self, story: NewsStory) -> str:
        return f"/index.php?view=story&id={story.number}"

    def section(self, name: str, page: int = 1) -> str:
        return f"/index.php?view=section&name={name}" + (
            f"&start={(page - 1) * self.per_page}" if page > 1 else ""
        )

    def tag(self, slug: str, page: int = 1) -> str:
        return f"/index.php?view=tag&name={slug}" + (
            f"&start={(page - 1) * self.per_page}" if page > 1 else ""
        )

    def day(self, day: date) -> str:
        return f"/index.php?view=archive&day={day:%Y-%m-%d}"


SHAPES: dict[str, type[Shape]] = {"id": IdShape, "date": DateShape, "slug": SlugShape, "query": QueryShape}


def _query(path: str, page: int, name: str = "page") -> str:
    return path if page == 1 else f"{path}?{name}={page}"

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.discovery.urls.scope import Scope


@pytest.mark.parametrize(
    ("start", "url", "reason"),
    [
        ("https://example.org/", "https://news.example.org/a", None),
        ("https://www.example.co.uk/", "http://m.example.co.uk/a", None),
        ("https://www.example.co.uk/", "https://other.co.uk/a", "offsite"),
        ("https://one.github.io/", "https://two.github.io/a", "offsite"),
        ("https://example.org/", "https://example.org.evil.net/a", "offsite"),
        ("https://example.org/", "http://[bad", "malformed"),
        ("https://example.org/", "mailto:desk@example.org", "malformed"),
        ("https://example.org/", "https://example.org/" + "x" * 3000, "too-long"),
        ("https://example.org/", "https://example.org/a/photo.JPG", "not-a-page"),
        ("https://example.org/", "https://example.org/a/film.mp4?x=1", "not-a-page"),
        ("https://example.org/", "https://example.org/report.pdf", "not-a-page"),
        ("https://example.org/", "https://example.org/a/story.html", None),
        ("https://example.org/", "https://example.org/a/v1.2-released", None),
        ("https://example.org/en/", "https://example.org/ar/news/1", "language"),
        ("https://example.org/en/", "https://example.org/fa/", "language"),
        ("https://example.org/en/", "https://example.org/", "language"),
        ("https://example.org/en/", "https://example.org/en-gb/news/1", None),
        ("https://example.org/en-us/", "https://example.org/en-gb/news/1", "language"),
        ("https://example.org/en/", "https://example.org/news/1", None),
        ("https://example.org/", "https://example.org/us/story", None),
        ("https://en.example.org/", "https://ar.example.org/1", "language"),
        ("https://en.example.org/", "https://en.example.org/", None),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/a", None),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:9000/a", "offsite"),
        ("http://127.0.0.1:8000/", "http://127.0.0.2:8000/a", "offsite"),
        ("http://localhost:8000/", "http://localhost:8000/a", None),
        ("http://[::1]:8000/", "http://[::1]:8000/a", None),
        ("http://[::1]:8000/", "http://[::2]:8000/a", "offsite"),
    ],
)
def test_site_scope(start: str, url: str, reason: str | None) -> None:
    assert Scope([start]).refusal(url) == reason


def test_host_scope() -> None:
    scope = Scope(["https://www.example.org/"], "host")
    assert scope.allows("https://example.org/a")
    assert scope.refusal("https://sport.example.org/a") == "host"


def test_path_scope() -> None:
    scope = Scope(["https://www.example.org/en/"], "/en/")
    assert scope.allows("https://example.org/en")
    assert scope.allows("https://example.org/en/news/1")
    assert scope.refusal("https://example.org/english/1") == "path"
    assert scope.source_refusal("https://example.org/sitemap.xml") is None
    assert scope.source_refusal("https://other.org/sitemap.xml") == "offsite"


def test_languages_asked_for_are_in() -> None:
    assert Scope(["https://example.org/en/"], languages=["ar"]).allows("https://example.org/ar/1")
    assert Scope(["https://example.org/en/", "https://example.org/ar/"]).allows("https://example.org/ar/1")


def test_hreflang_does_not_shut_out_what_was_asked_for() -> None:
    alternates = {
        "en": "https://example.org/",
        "de-DE": "https://example.org/de/",
        "fr": "https://example.org/fr/",
    }
    wanted, everything = (Scope(["https://example.org/"], languages=[code]) for code in ("de", "all"))
    for scope in (wanted, everything):
        scope.learn_languages("https://example.org/", alternates)
        assert scope.allows("https://example.org/de/x")
    assert wanted.refusal("https://example.org/fr/x") == "language"
    assert everything.allows("https://example.org/fr/x")


def test_all_languages() -> None:
    assert Scope(["https://example.org/en/"], languages=["all"]).allows("https://example.org/ar/1")


def test_hreflang_names_the_other_languages_parts() -> None:
    scope = Scope(["https://example.org/"])
    assert scope.allows("https://example.org/de/x")
    scope.learn_languages(
        "https://www.example.org/",
        {
            "en": "https://www.example.org/",
            "de": "https://www.example.org/de/",
            "fr": "https://fr.example.org/",
        },
    )
    assert scope.refusal("https://example.org/de/x") == "language"
    assert scope.refusal("https://fr.example.org/x") == "language"
    assert scope.allows("https://example.org/us/x")


def test_hreflang_of_a_page_without_its_own_language_changes_nothing() -> None:
    scope = Scope(["https://example.org/"])
    scope.learn_languages("https://example.org/", {"de": "https://example.org/de/"})
    assert scope.allows("https://example.org/de/x")


@pytest.mark.parametrize(
    ("start", "scope"), [([], "site"), (["nonsense"], "site"), (["https://example.org"], "all")]
)
def test_unusable_scope_is_told(start: list[str], scope: str) -> None:
    with pytest.raises(ValueError, match=r"start URL|scope"):
        Scope(start, scope)


@given(st.text())
def test_refusal_never_raises(text: str) -> None:
    scope = Scope(["https://example.org/en/"])
    assert scope.refusal(text) is None or isinstance(scope.refusal("https://example.org/" + text), str | None)

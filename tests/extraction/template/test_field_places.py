from newscrawler.extraction import read

_TEXT = "".join(
    f"<p>The ferry crossed the river {at} times, and all of the council was on the quay.</p>"
    for at in range(6)
)
_HTML = f"""<title>Ferry runs again over the river</title><div class=menu><a href="/flood">Flood</a></div>
<h1 class=head>Ferry runs again over the river</h1><p class=by>By Ada Crake</p><p class=when>4 March 2024</p>
<div class=copy>{_TEXT}</div><p class=kw>Tags: <a href="/tag/flood" class=one>Flood</a></p>""".encode()


def test_paths_of_fields_by_what_was_found_and_printed():
    elements = read(_HTML, "https://lantern.example/news/ferry-runs-again").facts.elements
    assert {name: path.partition("<")[0] for name, path in elements.items()} == {
        "title": "h1.head",
        "body": "div.copy",
        "authors": "p.by",
        "published": "p.when",
        "tags": "a.one",
    }


def test_a_path_that_other_elements_have_too_tells_nothing():
    links = "<div><a href=/a>Harbour</a> <a href=/b>Bridges</a></div>"
    html = _HTML.replace(b"<p class=kw>Tags: ", links.encode() + b"<div>Tags: ").replace(b" class=one>", b">")
    page = read(
        html.replace(b"Flood</a></p>", b"Flood</a></div>"), "https://lantern.example/news/ferry-runs-again"
    )
    assert page.story.tags == ["Flood"]
    assert page.facts.elements["tags"] == ""

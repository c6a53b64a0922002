import io
import json
from dataclasses import asdict, fields

import pytest

from newscrawler.feeds.jsonlines import StoryLinesExporter, json_line
from newscrawler.items import Image, RelatedStory, Story


def exported(*stories: Story) -> bytes:
    file = io.BytesIO()
    exporter = StoryLinesExporter(file, encoding="utf-8", fields_to_export=None, indent=4)
    for story in stories:
        exporter.export_item(story)
    return file.getvalue()


def test_every_key_in_order_and_nested_records_as_objects() -> None:
    story = Story(
        url="https://harbour.example/1",
        title="Ferry leaves",
        related=[RelatedStory(title="Ferry returns", url="https://harbour.example/2")],
        images=[Image(url="https://harbour.example/1.jpg")],
        sources={"title": "json-ld"},
    )
    (line,) = exported(story).splitlines()
    assert list(json.loads(line)) == [field.name for field in fields(Story)]
    assert json.loads(line) == asdict(story)


@pytest.mark.parametrize(
    "text",
    [
        "Zürich 東京 تهران 🚢",
        "a\u2028b\u2029c\x85d",
        "lone \ud83d end",
        "tab\t nul\x00 bell\x07",
        'quote " back\\slash',
        "\\ud800",
    ],
)
def test_any_text_is_one_line_of_utf8_and_comes_back(text: str) -> None:
    line = exported(Story(url="https://harbour.example/1", title=text)).decode("utf-8")
    assert len(line.splitlines()) == 1
    assert json.loads(line)["title"] == text


def test_letters_are_not_escaped() -> None:
    assert "東京 🚢".encode() in json_line({"title": "東京 🚢"})

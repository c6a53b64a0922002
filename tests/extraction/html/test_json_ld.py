import time

import pytest

from newscrawler.extraction.html.json_ld import parse_json_ld

STORY = '{"@type": "NewsArticle", "headline": "Fähre fährt", "n": 1}'
KNOWN = {"@type": "NewsArticle", "headline": "Fähre fährt", "n": 1}


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"\ufeff{STORY}",
        f"<!-- {STORY} -->",
        f"{STORY};",
        f"//<![CDATA[\n{STORY}\n//]]>",
        f"// <![CDATA[\n{STORY};\n// ]]>",
        f"/*<![CDATA[*/\n{STORY};\n/*]]>*/",
        f"<![CDATA[{STORY}]]>",
        f"// made by a plug-in\n{STORY}",
        f"/* made by a plug-in */ {STORY}",
        STORY.replace("1}", "1,}"),
    ],
)
def test_one_object_with_marks_around_it(text: str) -> None:
    assert parse_json_ld(text) == [KNOWN]


@pytest.mark.parametrize("between", ["", "\n", ";\n", ",", "\n// the next one\n"])
def test_several_objects_in_one_script(between: str) -> None:
    assert parse_json_ld(STORY + between + STORY) == [KNOWN, KNOWN]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'{"d": "It\'s shut"}', {"d": "It's shut"}),
        (
            '{"d": "It was "not supported" by evidence", "n": 1}',
            {"d": 'It was "not supported" by evidence', "n": 1},
        ),
        ('{"d": "„Wir "bleiben" hier", sagte er", "n": 1}', {"d": '„Wir "bleiben" hier", sagte er', "n": 1}),
        ('{"d": "two\nlines", "p": "C:\\dir"}', {"d": "two\nlines", "p": "C:dir"}),
        ('{"d": ["a "b" c", "d"]}', {"d": ['a "b" c', "d"]}),
    ],
)
def test_faults_inside_of_texts_are_mended(written: str, read: dict[str, object]) -> None:
    assert parse_json_ld(written) == [read]


@pytest.mark.parametrize(
    "text", ["", " ", "undefined", "{", '{"a": ', "<p>no</p>", '{"a": "b" "c": 1 x}', "[" * 100_000]
)
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    assert parse_json_ld(text) == []


@pytest.mark.parametrize(
    "piece", ['"', "\\", "/*", "//", "<!--", ",", ", ", "; ", '" ', '",', "{", "\ufeff", "]]>", '"\\']
)
def test_any_run_is_read_in_linear_time(piece: str) -> None:
    began = time.process_time()
    parse_json_ld(piece * 100_000)
    parse_json_ld('{"a": "' + piece * 100_000)
    assert time.process_time() - began < 5.0

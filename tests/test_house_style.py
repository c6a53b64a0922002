"""Rules on the shape of the code that no linter has."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "newscrawler").rglob("*.py"))
MOST_MODULES = 20  # of a folder that a reader takes in at a glance
# A docstring begins with a verb or a noun, a predicate's with "True when". Lower this as they go, never raise it.
MOST_QUESTIONS = 39
# Names that several folders may use.
SHARED_NAMES = {
    "__init__",
    "exceptions",  # of the folder
}


def test_no_folder_has_too_many_modules():
    sizes = Counter(path.parent.relative_to(ROOT) for path in MODULES if path.stem != "__init__")
    assert {str(folder): size for folder, size in sizes.items() if size > MOST_MODULES} == {}


def test_a_module_is_found_by_its_name():
    found = defaultdict(list)
    for path in MODULES:
        # Scrapy names a command after its module: `scrapy journal` shows the journal.
        if path.stem not in SHARED_NAMES and path.parent.name != "commands":
            found[path.stem].append(str(path.relative_to(ROOT)))
    assert [paths for paths in found.values() if len(paths) > 1] == []


def test_docstrings_do_not_begin_with_a_question_word():
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, documented)
        and (ast.get_docstring(node) or "").startswith(("What ", "Whether ", "How "))
    ]
    assert len(found) <= MOST_QUESTIONS, "\n".join(found)

"""What code, tests and papers cite can be opened by whoever has the project: numbers of requirements, and paths."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOLD = re.compile(r"^\| ([RB]\d+) \|", re.MULTILINE)
NUMBER = re.compile(r"(?<![\w/#&.'\"-])([RB][1-9]\d{0,2})(?![\w'\"])")
# `spec`: papers outside the project are cited nowhere.
FOLDERS = "archiving|billing|bin|crm|docs|findings|portals|relations|spec|static|templates|tests"
ENDINGS = "py|md|sh|css|js|csv|html"
PATH = re.compile(rf"(?<![\w/.{{-])((?:{FOLDERS})/[\w/.-]*\w\.(?:{ENDINGS})|docs/decisions/\d{{4}})(?!\w)")
SOURCES = (".py", ".md", ".toml", ".css", ".js", ".html")


def texts():
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in names:
        if name.endswith(SOURCES) and "migrations" not in name and Path(ROOT, name) != Path(__file__):
            yield name, Path(ROOT, name).read_text()


def comments(name, text):
    """Of Python only what is said about the code: comments, docstrings and docstring-like texts."""
    if not name.endswith(".py"):
        return text
    return "\n".join(re.findall(r'#.*|"""(?:.|\n)*?"""', text))


def exists(path):
    if (ROOT / path).exists() or (ROOT / "templates" / path).exists():
        return True
    folder, start = (ROOT / path).parent, Path(path).name
    return path.startswith("docs/decisions/") and any(folder.glob(f"{start}-*.md"))


@pytest.fixture(scope="module")
def known():
    return set(TOLD.findall((ROOT / "docs/requirements.md").read_text()))


def test_every_number_is_a_requirement(known):
    cited = {(name, number) for name, text in texts() for number in NUMBER.findall(comments(name, text))}

    assert len(known) > 120
    assert {(name, number) for name, number in cited if number not in known} == set()


def test_every_path_can_be_opened():
    cited = {(name, path) for name, text in texts() for path in PATH.findall(comments(name, text))}

    assert len(cited) > 50
    assert {(name, path) for name, path in cited if not exists(path)} == set()


def test_decisions_are_numbered_without_holes_and_cited_where_they_rule():
    numbers = [path.name[:4] for path in sorted((ROOT / "docs/decisions").glob("*.md"))]
    said = "\n".join(text for name, text in texts() if not name.startswith("docs/decisions"))

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert set(re.findall(r"decisions?[ /](\d{4})", said)) == set(numbers)

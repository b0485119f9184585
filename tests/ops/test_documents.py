"""What is written down for operators is true."""

import re

from tests.ops.processes import ROOT


class TestOperations:
    def test_names_every_setting_from_the_environment(self):
        source = (ROOT / "crm/settings.py").read_text()
        explained = (ROOT / "docs/operations.md").read_text()

        read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))

        assert len(read) > 10
        assert sorted(name for name in read if f"`{name}`" not in explained) == []

    def test_names_every_command_of_make_that_it_mentions(self):
        makefile = (ROOT / "Makefile").read_text()
        targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
        texts = [(ROOT / name).read_text() for name in ("README.md", "CONTRIBUTING.md", "docs/operations.md")]

        mentioned = {name for text in texts for name in re.findall(r"`make ([a-z]+)", text)}

        assert mentioned
        assert mentioned <= targets


class TestTheManual:
    def test_shows_only_pictures_that_are_there(self):
        pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        shown = {
            page.parent / path for page in pages for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page.read_text())
        }

        assert len(shown) > 30
        assert [str(path) for path in shown if not path.exists()] == []

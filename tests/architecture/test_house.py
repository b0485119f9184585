"""The house rules that no linter knows."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PYTHON = [
    path
    for app in ("archiving", "billing", "crm", "portals", "relations", "tests")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
PRODUCTION = [path for path in PYTHON if "tests" not in path.parts]


def offenders(paths, is_wrong):
    return [str(path.relative_to(ROOT)) for path in paths if is_wrong(path.read_text())]


def lines(text):
    return len(text.splitlines())


class TestTemplates:
    def test_have_no_style_or_script_of_their_own(self):
        """The content security policy would block it."""
        own = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*(src=|nonce=))")

        assert offenders(TEMPLATES, own.search) == []

    def test_are_read_at_one_sitting(self):
        assert offenders(TEMPLATES, lambda text: lines(text) > 120) == []

    def test_say_what_a_fragment_needs(self):
        fragments = [path for path in TEMPLATES if path.name.startswith("_")]

        assert offenders(fragments, lambda text: not text.startswith("{#")) == []


class TestModules:
    def test_are_read_at_one_sitting(self):
        assert offenders(PRODUCTION, lambda text: lines(text) > 310) == []

    def test_of_tests_are_about_one_thing(self):
        tests = [path for path in PYTHON if path not in PRODUCTION]

        assert offenders(tests, lambda text: lines(text) > 500) == []

    def test_name_no_package_index(self):
        index = re.compile(r"https?://[\w.-]*(pypi|npmjs|pythonhosted)\.")

        assert offenders(PYTHON, index.search) == []

    def test_read_amounts_with_the_field_for_them(self):
        """A plain DecimalField takes the comma out of 12,5 in English and reads 125: crm.core.fields.AmountField."""
        plain = re.compile(r"forms\.DecimalField\(")
        others = [path for path in PRODUCTION if path.name != "fields.py"]

        assert offenders(others, plain.search) == []

    def test_take_the_relations_of_a_job_in_the_order_of_their_keys(self):
        """`order_by("target")` sorts by name, as relations do: who then goes on after a key passes some over (B4)."""
        by_name = re.compile(r"""order_by\(["']-?target["']""")

        assert offenders(PRODUCTION, by_name.search) == []

    def test_of_production_know_no_test(self):
        of_tests = re.compile(r"^\s*(from|import) tests\b", re.MULTILINE)

        assert offenders(PRODUCTION, of_tests.search) == []

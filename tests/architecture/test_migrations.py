"""Migrations say what was: none of them may change with the code of today."""

import re
from importlib import import_module
from pathlib import Path

from archiving.fences import FUNCTION

ROOT = Path(__file__).resolve().parents[2]
NEWEST = "archiving.migrations.0003_fence_function"
# What Django itself writes there: fields, bases of models and expressions of ours.
WRITTEN_BY_DJANGO = {"crm.core.models", "crm.core.searching"}


class TestMigrations:
    def test_import_no_living_code(self):
        ours = re.compile(r"^(?:from|import) ((?:crm|archiving|relations|billing|portals)[\w.]*)", re.MULTILINE)
        found = {
            (path.relative_to(ROOT).as_posix(), module)
            for path in ROOT.glob("*/**/migrations/*.py")
            if ".venv" not in path.parts
            for module in ours.findall(path.read_text())
        }

        assert {(path, module) for path, module in found if module not in WRITTEN_BY_DJANGO} == set()

    def test_make_the_fence_function_of_today(self):
        """Changed in the code? Then a new migration carries it to the databases, and stands above as the newest."""
        assert FUNCTION.format(table="relations_relation") == import_module(NEWEST).FUNCTION

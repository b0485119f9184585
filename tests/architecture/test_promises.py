"""Every promise of this product that has been built is named by the test that proves it."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent
PROMISES = [f"R{n}" for n in range(1, 110)] + [
    "B1",
    "B2",
    "B3",
    "B4",
    "B6",
    "B8",
    "B10",
    "B11",
    "B12",
]


@pytest.fixture(scope="module")
def named():
    own = Path(__file__)
    text = "\n".join(path.read_text() for path in TESTS.rglob("test_*.py") if path != own)
    return set(re.findall(r"\b[RB]\d+\b", text))


@pytest.mark.parametrize("promise", PROMISES)
def test_is_named_by_a_test(promise, named):
    assert promise in named

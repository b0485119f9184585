"""The quick search: finds by the start of words, and never fails on what people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from relations.models import Relation
from tests.factories import RelationFactory

ODD = [
    "'", "''", "\\", "\\'", "';--", ":*", "a:b", "&", "|", "!", "<->", "(", ")", "()", "a & b", "a | !b", "*", "%", "_",
    "\0", "a\0b", "\ud800", "é", "İ", "ß", "日本語", "🙂", "\u202e", "\n\t", "-", "--", "- - -", "......", "+", "+31",
    "x" * 10_000,
    "x " * 5_000, "'" * 10_000, "1" * 3_000, "-" * 19, "d'Arc", "a@b", "@", "http://x/y?z=1&q=2", "٣٤٥٦٧٨",
]  # fmt: skip


def found(text):
    return sorted(Relation.objects.matching(text).values_list("name", flat=True))


@pytest.mark.django_db
class TestMatching:
    @pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
    def test_never_fails(self, text):
        RelationFactory()

        assert found(text) in ([], [Relation.objects.get().name])

    @pytest.mark.parametrize("text", ["'", "&", "\0", "....", "\\", "x " * 5_000, "'" * 10_000])
    def test_finds_nothing_where_there_is_nothing_to_search_for(self, text):
        RelationFactory()

        assert found(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "d'arc", "d’arc", "jeanne", "JEANNE D", "arc jean", "50", "50123", "info@", "info@arc.ex", "info@ar",
            "INFO@ar d'arc", "12345678",
            "0301234567", "030 123 45 67", "030-1234567", "+31 30 123", "06 12 34 56", "Jeanne & d'Arc",
        ],
    )  # fmt: skip
    def test_finds_by_the_start_of_words(self, text):
        RelationFactory(name="Bakker", number="777", email="x@y.example")
        RelationFactory(
            name="Jeanne d'Arc",
            number="50123",
            email="info@arc.example",
            kvk_number="12345678",
            phone="+31301234567",
            mobile="+31612345678",
        )

        assert found(text) == ["Jeanne d'Arc"]

    @pytest.mark.parametrize("text", ["jeanne bakker", "anne", "501230", "jeanne x", "info@bar", "x@ jeanne"])
    def test_wants_every_word(self, text):
        RelationFactory(name="Jeanne d'Arc", number="50123")

        assert found(text) == []


class TestAnyText(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.text(max_size=80) | st.text(alphabet="@'\\:&|!()<>-*ab1. \0", max_size=30))
    def test_gives_an_answer(self, text):
        Relation.objects.matching(text).count()

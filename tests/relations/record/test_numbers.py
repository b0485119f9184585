import pytest
from django.core.exceptions import ValidationError

from archiving.erasure.numbers import retired, retired_hash
from archiving.models import RetiredNumber
from relations.models import Relation
from relations.record.numbers import is_retired, issue_number, issue_numbers
from tests.factories import RelationFactory

pytestmark = pytest.mark.django_db


def retire(number):
    RetiredNumber.objects.create(hash=retired_hash(number))


class TestIssuedNumbers:
    def test_follow_each_other(self):
        first, second, third = (int(number) for number in issue_numbers(3))

        assert (second, third) == (first + 1, first + 2)

    def test_skip_a_number_that_was_typed_before(self):
        last = int(issue_number())
        RelationFactory(number=str(last + 1))

        assert issue_number() == str(last + 2)

    def test_skip_the_number_of_an_erased_relation(self):
        """R87"""
        last = int(issue_number())
        retire(str(last + 1))

        assert issue_number() == str(last + 2)

    def test_are_found_behind_a_long_row_of_used_ones(self):
        last = int(issue_number())
        Relation.objects.bulk_create(Relation(number=str(last + n), name="x") for n in range(1, 200))

        issued = issue_numbers(5)

        assert len(set(issued)) == 5
        assert all(int(number) > last + 199 for number in issued)
        assert not Relation.objects.filter(number__in=issued).exists()

    def test_cost_the_same_number_of_queries_for_many(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            issue_numbers(3)
        with django_assert_num_queries(3):
            issue_numbers(300)


class TestRetiredNumber:
    """R87"""

    def test_is_known_again(self):
        retire("10482")

        assert is_retired("10482")
        assert not is_retired("10483")

    @pytest.mark.parametrize("typed", [" K-100 ", "k-100"])
    def test_is_known_again_however_it_is_typed(self, typed):
        retire("K-100")

        assert is_retired(typed)

    def test_cannot_be_read_from_the_database(self):
        retire("10482")

        assert "10482" not in RetiredNumber.objects.get().hash

    def test_depends_on_the_key_of_the_office(self, settings):
        before = retired_hash("10482")
        settings.RETIRED_NUMBER_KEY = "another"

        assert retired_hash("10482") != before

    def test_is_found_among_many_in_one_query(self, django_assert_num_queries):
        retire("10482")

        with django_assert_num_queries(1):
            assert retired(["10481", "10482", "10483"]) == {"10482"}


class TestTypedNumber:
    """Relation.clean stands behind every form."""

    def test_of_an_erased_relation_is_refused(self):
        """R87"""
        retire("10482")

        with pytest.raises(ValidationError) as refused:
            RelationFactory.build(number="10482").clean()

        assert "nooit meer gebruikt" in str(refused.value)

    @pytest.mark.parametrize("typed", ["Verwijderd(123456789012345678)", "verwijderd", " VERWIJDERD(1)"])
    def test_that_looks_like_one_of_an_erased_relation_is_refused(self, typed):
        """R36"""
        with pytest.raises(ValidationError):
            RelationFactory.build(number=typed).clean()

    def test_loses_the_blanks_around_it(self):
        relation = RelationFactory.build(number=" 10482 ")

        relation.clean()

        assert relation.number == "10482"

"""What an office keeps of a relation beside the usual, by hand."""

import pytest

from tests.factories import RelationFactory
from tests.relations.record.test_forms import answers_of, edit_page

pytestmark = pytest.mark.django_db


class TestInTheForm:
    def test_are_lines_of_name_and_value(self, as_employee):
        relation = RelationFactory(free_fields={"Boekjaar": "kalenderjaar"})
        page = as_employee.get(edit_page(relation)).text

        as_employee.post(
            edit_page(relation), answers_of(relation, free_fields="Boekjaar: april t/m maart\n\n Site : http://a.nl ")
        )

        relation.refresh_from_db()
        assert "Boekjaar: kalenderjaar</textarea>" in page
        assert relation.free_fields == {"Boekjaar": "april t/m maart", "Site": "http://a.nl"}

    @pytest.mark.parametrize(
        "text", ["zonder dubbele punt", "Leeg:", ": leeg", "A: 1\nA: 2", "\n".join(f"N{n}: 1" for n in range(31))]
    )
    def test_are_refused_with_a_sentence(self, as_employee, text):
        relation = RelationFactory()

        answer = as_employee.post(edit_page(relation), answers_of(relation, free_fields=text))

        relation.refresh_from_db()
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["free_fields"])
        assert relation.free_fields == {}

    def test_that_somebody_else_changed_meanwhile_are_compared(self, as_employee):
        relation = RelationFactory(free_fields={"Boekjaar": "kalenderjaar"})
        stale = answers_of(relation, free_fields="Boekjaar: april t/m maart")
        relation.free_fields = {"Boekjaar": "juli t/m juni"}
        relation.save()

        answer = as_employee.post(edit_page(relation), stale)

        [difference] = answer.context["form"].conflict
        assert answer.status_code == 409
        assert (difference.theirs, difference.mine) == ("Boekjaar: juli t/m juni", "Boekjaar: april t/m maart")

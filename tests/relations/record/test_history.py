from datetime import date

import pytest
from django.db import transaction

from archiving import fences
from relations.models import RelationStatus
from relations.record import history
from tests.archiving.acting import archive, restore
from tests.factories import AdminFactory, EmployeeFactory, RelationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation():
    return RelationFactory(name="Bakkerij Van der Meer B.V.", city="Utrecht")


def change(relation, by, **values):
    for name, value in values.items():
        setattr(relation, name, value)
    relation._history_user = by
    relation.save()


def told(relation):
    return history.changes(relation.history.all(), relation)


def fields_of(change):
    return {field.label: (field.old, field.new) for field in change.fields}


class TestChanges:
    def test_tell_who_changed_what_from_what_into_what(self, relation, employee):
        change(relation, employee, city="Amersfoort", phone="+31301234567")

        newest, oldest = told(relation)

        assert newest.by == "Marieke de Wit"
        assert fields_of(newest) == {"Plaats": ("Utrecht", "Amersfoort"), "Telefoonnummer": ("", "030 123 4567")}
        assert oldest.title == "Aangemaakt"

    def test_show_choices_dates_and_ticks_in_words(self, relation, employee):
        values = {"status": RelationStatus.FORMER, "former_since": date(2026, 1, 31), "newsletter": True}
        change(relation, employee, **values)

        assert fields_of(told(relation)[0]) == {
            "Status": ("Klant", "Voormalig"),
            "Voormalig sinds": ("", "31 januari 2026"),
            "Ontvangt de nieuwsbrief": ("nee", "ja"),
        }

    def test_show_people_and_relations_by_name(self, relation, employee):
        change(relation, employee, manager=employee, invoice_debtor=RelationFactory(name="Oude Molen B.V."))

        assert fields_of(told(relation)[0]) == {
            "Relatiebeheerder": ("", "Marieke de Wit"),
            "Factuurdebiteur": ("", "Oude Molen B.V."),
        }

    def test_show_a_relation_that_is_gone_as_erased(self, relation, employee):
        """R36"""
        debtor = RelationFactory()
        change(relation, employee, invoice_debtor=debtor)
        change(relation, employee, invoice_debtor=None)
        with transaction.atomic(), fences.lifted():
            type(debtor).objects.filter(pk=debtor.pk).delete()

        assert fields_of(told(relation)[0]) == {"Factuurdebiteur": ("Verwijderd", "")}

    def test_leave_out_saving_without_a_change(self, relation, employee):
        change(relation, employee)

        assert [item.title for item in told(relation)] == ["Aangemaakt"]

    def test_tell_of_archiving_and_restoring_with_the_reason(self, relation):
        archive(relation, by=EmployeeFactory(name="Marieke"))
        restore(relation, by=AdminFactory(name="Jan"))

        items = [(item.title, item.by, item.note) for item in told(relation)]

        assert items == [
            ("Teruggezet", "Jan", ""),
            ("Gearchiveerd", "Marieke", "Overgestapt naar een ander kantoor: Overgestapt"),
            ("Aangemaakt", "het systeem", ""),
        ]

    def test_compare_the_oldest_row_shown_with_the_one_before_it(self, relation, employee):
        for city in ("Amersfoort", "Zeist", "Soest"):
            change(relation, employee, city=city)

        newest_two = history.changes(relation.history.all()[:2], relation, acts=False)

        assert [fields_of(item)["Plaats"] for item in newest_two] == [("Zeist", "Soest"), ("Amersfoort", "Zeist")]

    @pytest.mark.parametrize("times", [3, 30])
    def test_cost_a_fixed_number_of_queries(self, times, relation, django_assert_num_queries):
        for n in range(times):
            change(
                relation, EmployeeFactory(), manager=EmployeeFactory(), invoice_debtor=RelationFactory(), city=str(n)
            )

        with django_assert_num_queries(8):
            told(relation)

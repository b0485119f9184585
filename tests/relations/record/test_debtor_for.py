"""The page that solves R7: for whom this relation is the invoice debtor."""

import pytest
from django.urls import reverse

from relations.models import Relation
from relations.record import actions as relation_actions
from tests.archiving.acting import archive
from tests.factories import (
    RelationFactory,
)

pytestmark = pytest.mark.django_db


def debtor_page(relation):
    return reverse("relations:debtor_for", args=[relation.pk])


class TestDebtorFor:
    """R7: the page that frees an invoice debtor."""

    @pytest.fixture
    def debtor(self):
        return RelationFactory(number="10481")

    @pytest.fixture
    def payers(self, debtor):
        return RelationFactory.create_batch(3, invoice_debtor=debtor)

    @staticmethod
    def send(client, present, shown, **sent):
        return client.post(debtor_page(present), {"relations": [payer.pk for payer in shown], **sent})

    @staticmethod
    def debtors_of(payers):
        return [Relation.objects.get(pk=payer.pk).invoice_debtor for payer in payers]

    def test_lists_the_active_relations_that_it_pays_for(self, as_employee, debtor, payers, employee):
        archive(payers[0], by=employee)
        RelationFactory()

        listed = as_employee.get(debtor_page(debtor)).context["payers"]

        assert set(listed) == set(payers[1:])

    def test_empties_the_debtor_of_all(self, as_employee, debtor, payers):
        answer = self.send(as_employee, debtor, payers, empty="all")

        assert self.debtors_of(payers) == [None, None, None]
        assert answer.url == debtor.get_absolute_url()

    def test_empties_the_debtor_of_one(self, as_employee, debtor, payers):
        answer = self.send(as_employee, debtor, payers, empty=payers[1].pk)

        assert self.debtors_of(payers) == [debtor, None, debtor]
        assert answer.url == debtor_page(debtor)

    def test_gives_all_another_debtor(self, as_employee, debtor, payers):
        other = RelationFactory(number="10490")

        self.send(as_employee, debtor, payers, replace="all", debtor="10490")

        assert self.debtors_of(payers) == [other, other, other]

    def test_writes_each_change_in_the_history(self, as_employee, employee, debtor, payers):
        self.send(as_employee, debtor, payers, empty="all")

        assert all(payer.history.latest().history_user == employee for payer in payers)

    @pytest.mark.parametrize("typed", ["", "99999", "10481"])
    def test_refuses_a_debtor_that_cannot_be_one(self, as_employee, debtor, payers, typed):
        answer = self.send(as_employee, debtor, payers, replace="all", debtor=typed)

        assert answer.status_code in (400, 422)
        assert self.debtors_of(payers) == [debtor] * 3

    def test_refuses_one_of_the_payers_as_their_debtor(self, as_employee, debtor, payers):
        answer = self.send(as_employee, debtor, payers, replace="all", debtor=payers[0].number)

        assert answer.status_code == 400
        assert self.debtors_of(payers) == [debtor] * 3

    @pytest.mark.parametrize("sent", [{}, {"empty": "0"}, {"empty": "all", "relations": []}])
    def test_refuses_to_guess_which_relations_are_meant(self, as_employee, debtor, payers, sent):
        answer = self.send(as_employee, debtor, payers, **sent)

        assert answer.status_code == 422
        assert self.debtors_of(payers) == [debtor] * 3

    def test_stops_when_the_list_changed_since_it_was_shown(self, as_employee, debtor, payers):
        """B2"""
        payers[0].invoice_debtor = None
        payers[0].save()

        answer = self.send(as_employee, debtor, payers, empty="all")

        assert answer.status_code == 422
        assert self.debtors_of(payers) == [None, debtor, debtor]

    @pytest.mark.parametrize("count", [3, 30])
    def test_takes_a_fixed_number_of_queries(self, employee, debtor, count, django_assert_num_queries):
        payers = [payer.pk for payer in RelationFactory.create_batch(count, invoice_debtor=debtor)]
        employee.has_perm("relations.change_relation")

        with django_assert_num_queries(5):
            relation_actions.set_invoice_debtor(payers, instead_of=debtor, debtor=None, by=employee)

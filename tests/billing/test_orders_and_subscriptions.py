from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving import planning
from archiving.policies import Stage
from billing.models import Order, Subscription
from tests.archiving.acts import archive
from tests.factories import OrderFactory, RelationFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db


def codes(relation, stage):
    return {finding.code for finding in planning.blockers([relation.pk], stage).get(relation.pk, [])}


class TestOrder:
    @pytest.fixture
    def order(self):
        return OrderFactory(delivered_on=None, invoiced_on=None)

    def test_marked_delivered_and_invoiced_is_no_blocker_any_more(self, as_employee, employee, order):
        """R96, of an archived relation too"""
        archive(order.relation, by=employee)
        before = codes(order.relation, Stage.ERASE)

        for name in ("order_delivery", "order_invoicing"):
            as_employee.post(reverse(f"billing:{name}", args=[order.pk]), {"on": "2026-03-31"})

        order.refresh_from_db()
        assert before == {"OPEN_ORDER"}
        assert codes(order.relation, Stage.ERASE) == set()
        assert order.delivered_on == order.invoiced_on == date(2026, 3, 31)

    @pytest.mark.parametrize("on", ["", "morgen", "2026-02-30", "2020-01-01", "9999-12-31"])
    def test_needs_a_day_that_can_be(self, as_employee, order, on):
        answer = as_employee.post(reverse("billing:order_delivery", args=[order.pk]), {"on": on})

        assert answer.status_code == 422
        assert Order.objects.get().delivered_on is None

    def test_keeps_its_first_date(self, as_employee):
        order = OrderFactory()

        as_employee.post(reverse("billing:order_delivery", args=[order.pk]), {"on": "2026-12-31"})

        assert Order.objects.get().delivered_on == order.delivered_on

    def test_is_listed_while_it_is_open(self, as_employee, order):
        OrderFactory(relation=order.relation)

        page = as_employee.get(reverse("billing:relation_orders", args=[order.relation.pk]))

        assert list(page.context["open_orders"]) == [order]

    def test_is_listed_with_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            OrderFactory.create_batch(size, relation=relation, delivered_on=None)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("billing:relation_orders", args=[relation.pk]))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestSubscription:
    NEW = {"product": "Office", "price": "29,50", "starts_on": "2026-03-01", "database": "nl-04", "contractant": "KL-1"}

    def test_starts_with_its_technical_setup(self, as_employee):
        relation = RelationFactory()

        as_employee.post(reverse("billing:subscription_new", args=[relation.pk]), self.NEW)

        assert Subscription.objects.get().contractant == "KL-1"
        assert codes(relation, Stage.ARCHIVE) == {"CONTRACTANT_LINK"}

    @pytest.mark.parametrize(
        "wrong", [{"product": ""}, {"product": "\u200b"}, {"price": "-1"}, {"database": ""}, {"starts_on": "x"}]
    )
    def test_filled_in_wrongly_shows_the_error(self, as_employee, wrong):
        answer = as_employee.post(reverse("billing:subscription_new", args=[RelationFactory().pk]), self.NEW | wrong)

        assert answer.status_code == 422
        assert answer.context["form"].errors
        assert not Subscription.objects.exists()

    def test_does_not_take_the_contractant_of_another(self, as_employee):
        """R43"""
        SubscriptionFactory(database="nl-04", contractant="KL-1")

        answer = as_employee.post(reverse("billing:subscription_new", args=[RelationFactory().pk]), self.NEW)

        assert answer.status_code == 422
        assert Subscription.objects.count() == 1

    def test_is_refused_for_an_archived_relation(self, as_employee, employee):
        relation = RelationFactory()
        archive(relation, by=employee)
        url = reverse("billing:subscription_new", args=[relation.pk])

        assert {as_employee.get(url).status_code, as_employee.post(url, self.NEW).status_code} == {409}
        assert not Subscription.objects.exists()

    def test_unlinked_is_no_blocker_and_frees_the_contractant(self, as_employee):
        """R43, R47"""
        old = SubscriptionFactory(database="nl-04", contractant="KL-1")
        new = RelationFactory()

        as_employee.post(reverse("billing:subscription_unlinking", args=[old.pk]))
        as_employee.post(reverse("billing:subscription_new", args=[new.pk]), self.NEW)

        old.refresh_from_db()
        assert (old.database, old.contractant) == ("", "")
        assert codes(old.relation, Stage.ARCHIVE) == set()
        assert new.subscriptions.get().contractant == "KL-1"

    def test_ends_on_its_last_day(self, as_employee):
        subscription = SubscriptionFactory()

        as_employee.post(reverse("billing:subscription_end", args=[subscription.pk]), {"on": "2026-12-31"})

        assert Subscription.objects.get().ends_on == date(2026, 12, 31)

    @pytest.mark.parametrize("on", ["", "2020-01-01"])
    def test_does_not_end_before_it_starts(self, as_employee, on):
        subscription = SubscriptionFactory()

        answer = as_employee.post(reverse("billing:subscription_end", args=[subscription.pk]), {"on": on})

        assert answer.status_code == 422
        assert Subscription.objects.get().ends_on is None

    def test_is_listed_with_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            SubscriptionFactory.create_batch(size, relation=relation)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("billing:relation_subscriptions", args=[relation.pk]))
            counts.append(len(queries))

        assert counts[0] == counts[1]

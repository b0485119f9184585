from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from billing.models import Order, Subscription
from tests.archiving.acting import archive
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
    NEW = {"product": "Office", "price": "29,50", "starts_on": "2026-03-01"}

    def test_starts_without_a_technical_setup(self, as_employee):
        """Whatever is typed along: linking is an act of its own (R46, tests/portals/contractants)."""
        relation = RelationFactory()
        setup = {"database": "nl-04", "contractant": "KL-1"}

        as_employee.post(reverse("billing:subscription_new", args=[relation.pk]), self.NEW | setup)

        assert Subscription.objects.get().contractant == ""
        assert codes(relation, Stage.ARCHIVE) == set()

    @pytest.mark.parametrize("wrong", [{"product": ""}, {"product": "\u200b"}, {"price": "-1"}, {"starts_on": "x"}])
    def test_filled_in_wrongly_shows_the_error(self, as_employee, wrong):
        answer = as_employee.post(reverse("billing:subscription_new", args=[RelationFactory().pk]), self.NEW | wrong)

        assert answer.status_code == 422
        assert answer.context["form"].errors
        assert not Subscription.objects.exists()

    def test_is_refused_for_an_archived_relation(self, as_employee, employee):
        relation = RelationFactory()
        archive(relation, by=employee)
        url = reverse("billing:subscription_new", args=[relation.pk])

        assert {as_employee.get(url).status_code, as_employee.post(url, self.NEW).status_code} == {409}
        assert not Subscription.objects.exists()

    def test_is_listed_apart_when_it_has_ended(self, as_employee):
        """R44, R47: with the way to its technical setup"""
        running = SubscriptionFactory(starts_on=date(2020, 1, 1))
        ended = SubscriptionFactory(relation=running.relation, starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))

        page = as_employee.get(reverse("billing:relation_subscriptions", args=[running.relation.pk]))

        assert page.context["running"] == [running]
        assert page.context["ended"] == [ended]
        assert all(reverse("portals:subscription", args=[row.pk]) in page.content.decode() for row in (running, ended))

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

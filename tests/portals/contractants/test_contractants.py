"""Linking and unlinking by hand, on the page of a subscription."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archiving.plans import archive_and_restore as planning
from archiving.policies import Stage
from billing.models import Subscription
from crm.core.refusals import Refusal
from portals.contractants.actions import link_contractant
from portals.models import Contractant, ContractantLink
from tests.archiving.acting import archive
from tests.archiving.acts.test_races import together
from tests.factories import (
    ContractantLinkFactory,
    EmployeeFactory,
    RelationFactory,
    SubscriptionFactory,
    TaskFactory,
    TaskLinkFactory,
    linked,
)

pytestmark = pytest.mark.django_db
SETUP = {"database": "staff-nl-04", "contractant": "KL-0421"}
EMPTY = {"database": "", "contractant": ""}


def url(subscription):
    return reverse("portals:subscription", args=[subscription.pk])


def codes(relation):
    return {finding.code for finding in planning.blockers([relation.pk], Stage.ARCHIVE).get(relation.pk, [])}


class TestLinking:
    def test_fills_the_setup_of_the_running_subscription(self, as_employee, employee):
        """R39, R46, R47: and remembers from when and by whom."""
        subscription = SubscriptionFactory()

        answer = as_employee.post(url(subscription), SETUP)

        subscription.refresh_from_db()
        link = ContractantLink.objects.get()
        assert answer.status_code == 302
        assert (subscription.database, subscription.contractant) == ("staff-nl-04", "KL-0421")
        assert (link.relation, link.since, link.until, link.by) == (
            subscription.relation,
            timezone.localdate(),
            None,
            employee,
        )
        assert codes(subscription.relation) == {"CONTRACTANT_LINK"}

    def test_says_to_whom_it_is_linked_when_that_is_somebody_else(self, as_employee):
        """R43"""
        other = linked(RelationFactory(number="10391", name="Fysiotherapie Oost"))
        subscription = SubscriptionFactory()

        answer = as_employee.post(url(subscription), SETUP)

        assert answer.status_code == 422
        assert "10391 Fysiotherapie Oost" in answer.context["form"].non_field_errors()[0]
        assert Subscription.objects.linked().get() == other

    def test_knows_a_contractant_however_it_is_capitalised(self, as_employee):
        """R43: the same customer environment, in other letters."""
        linked(RelationFactory())

        answer = as_employee.post(url(SubscriptionFactory()), {"database": "STAFF-NL-04", "contractant": "kl-0421"})

        assert answer.status_code == 422
        assert Contractant.objects.count() == Subscription.objects.linked().count() == 1

    @pytest.mark.parametrize("days", [{"ends_on": date(2026, 3, 3)}, {"starts_on": date(2190, 1, 1)}])
    def test_needs_a_subscription_that_runs_now(self, as_employee, days):
        """R46, R47"""
        subscription = SubscriptionFactory(**days)

        answer = as_employee.post(url(subscription), SETUP)

        assert answer.status_code == 422
        assert not Subscription.objects.linked().exists()
        assert not Contractant.objects.exists()

    def test_takes_no_other_contractant_before_the_first_is_emptied(self, as_employee):
        """R43"""
        subscription = linked(RelationFactory())

        answer = as_employee.post(url(subscription), SETUP | {"contractant": "KL-9"})

        assert answer.status_code == 422
        assert Subscription.objects.get().contractant == "KL-0421"

    @pytest.mark.parametrize(
        "wrong", [{"database": ""}, {"contractant": ""}, {"contractant": "\u200b"}, {"database": "x" * 61}]
    )
    def test_filled_in_wrongly_shows_the_error(self, as_employee, wrong):
        answer = as_employee.post(url(SubscriptionFactory()), SETUP | wrong)

        assert answer.status_code == 422
        assert answer.context["form"].errors
        assert not Subscription.objects.linked().exists()

    def test_is_refused_for_an_archived_relation(self, as_employee, employee):
        subscription = SubscriptionFactory()
        archive(subscription.relation, by=employee)

        answer = as_employee.post(url(subscription), SETUP)

        assert answer.status_code == 422
        assert not Subscription.objects.linked().exists()

    def test_needs_the_right_to_change(self):
        subscription, stranger = SubscriptionFactory(), EmployeeFactory()
        stranger.groups.clear()

        with pytest.raises(PermissionDenied):
            link_contractant(subscription, database="a", code="b", by=stranger)

        assert not Subscription.objects.linked().exists()


class TestUnlinking:
    def test_empties_the_setup_and_ends_the_link(self, as_employee):
        """R45: on the last active subscription, ended or not; the environment is free for another relation (R43)."""
        old = linked(RelationFactory(), ends_on=date(2026, 3, 31))
        new = SubscriptionFactory()

        as_employee.post(url(old), EMPTY)
        as_employee.post(url(new), SETUP)

        old.refresh_from_db()
        first, second = ContractantLink.objects.order_by("pk")
        assert (old.database, old.contractant) == ("", "")
        assert codes(old.relation) == set()
        assert (first.relation, first.until) == (old.relation, timezone.localdate())
        assert (second.relation, second.until) == (new.relation, None)

    def test_says_what_stops(self, as_employee):
        """R40, R41, R42"""
        subscription = linked(RelationFactory())
        TaskLinkFactory.create_batch(2, relation=subscription.relation, task__kind="support")

        page = as_employee.get(url(subscription))

        shown = {dependency.title: dependency.count for dependency in page.context["dependencies"]}
        assert shown == {
            "Supporttaken": 2,
            "Telling en facturatie van abonnementen": 1,
            "Report Scheduler": None,
            "Loket.nl": None,
        }
        assert all(dependency.stops in page.content.decode() for dependency in page.context["dependencies"])

    def test_of_what_is_not_linked_is_refused(self, as_employee):
        subscription = SubscriptionFactory()

        answer = as_employee.post(url(subscription), EMPTY, follow=True)

        assert "Er is niets gewijzigd" in answer.content.decode()
        assert not ContractantLink.objects.exists()


class TestAStaleForm:
    def test_does_not_undo_what_somebody_else_linked(self, as_employee, employee):
        subscription = SubscriptionFactory()
        seen = as_employee.get(url(subscription)).context["form"]["seen"].value()
        as_employee.post(url(subscription), SETUP | {"seen": seen})

        answer = as_employee.post(url(subscription), EMPTY | {"seen": seen})

        subscription.refresh_from_db()
        assert answer.status_code == 409
        assert "staff-nl-04 / KL-0421" in answer.text
        assert subscription.contractant == "KL-0421"


class TestTheDatabase:
    def test_keeps_one_link_at_a_time(self):
        """R43"""
        subscription = linked(RelationFactory())
        link = ContractantLink.objects.get()

        with pytest.raises(IntegrityError), transaction.atomic():
            ContractantLink.objects.create(contractant=link.contractant, relation=RelationFactory(), since=date.today())
        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionFactory(database=subscription.database, contractant=subscription.contractant)

    def test_is_kept_by_the_database_in_whatever_capitals(self):
        """R43"""
        subscription = linked(RelationFactory())
        other = {"database": subscription.database.upper(), "contractant": subscription.contractant.lower()}

        with pytest.raises(IntegrityError), transaction.atomic():
            SubscriptionFactory(**other)
        with pytest.raises(IntegrityError), transaction.atomic():
            Contractant.objects.create(database=other["database"], code=other["contractant"])


@pytest.mark.django_db(transaction=True)
class TestTwoRelationsForOneContractant:
    @pytest.mark.parametrize("is_known", [True, False])
    def test_have_one_winner_and_a_clear_sentence_for_the_other(self, is_known):
        """R43: with real threads, who spell it differently."""
        by = EmployeeFactory()
        if is_known:
            Contractant.objects.create(database="staff-nl-04", code="KL-0421")
        for turn in range(4):
            rows = SubscriptionFactory.create_batch(2)
            code = "KL-0421" if is_known and not turn else f"KL-{turn}"

            answers = together(
                *(
                    lambda row=row, spelled=spelled: link_contractant(row, database="staff-nl-04", code=spelled, by=by)
                    for row, spelled in zip(rows, [code, code.lower()], strict=True)
                )
            )

            winner, loser = sorted(answers, key=lambda answer: isinstance(answer, Exception))
            assert isinstance(winner, Subscription)
            assert isinstance(loser, Refusal)
            assert winner.relation.number in loser.sentence
            assert Subscription.objects.filter(contractant__iexact=code).count() == 1
            assert ContractantLink.objects.live().filter(contractant__code__iexact=code).count() == 1


class TestTheContractantPage:
    def test_tells_who_was_linked_when(self, as_employee):
        """B11"""
        old = linked(RelationFactory(name="Fysiotherapie Oost"))
        as_employee.post(url(old), EMPTY)
        as_employee.post(url(SubscriptionFactory(relation__name="Fysio Oost & West")), SETUP)

        page = as_employee.get(reverse("portals:contractant", args=[Contractant.objects.get().pk]))

        assert [link.relation.name for link in page.context["links"]] == ["Fysio Oost & West", "Fysiotherapie Oost"]
        assert page.context["linked"].relation.name == "Fysio Oost & West"

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            subscription = linked(RelationFactory(), code=f"KL-{size}")
            contractant = Contractant.objects.get(code=f"KL-{size}")
            day = date(2020, 1, 1)
            for turn in range(size):
                ContractantLink.objects.create(
                    contractant=contractant, relation=RelationFactory(), since=day, until=day + timedelta(turn)
                )
                TaskLinkFactory(task=TaskFactory(kind="support"), relation=subscription.relation)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("portals:contractant", args=[contractant.pk]))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestTheListOfContractants:
    def ask(self, client, **parameters):
        return [row.code for row in client.get(reverse("portals:contractant_list"), parameters).context["listing"].rows]

    def test_finds_by_code_database_and_relation(self, as_employee):
        linked(RelationFactory(name="Fysiotherapie Oost"))
        linked(RelationFactory(name="Bakkerij"), code="XX-1", database="nl-9")
        Contractant.objects.create(database="nl-9", code="YY-2")

        assert self.ask(as_employee, q="kl-04") == ["KL-0421"]
        assert self.ask(as_employee, q="nl-9") == ["XX-1", "YY-2"]
        assert self.ask(as_employee, q="fysio") == ["KL-0421"]
        assert self.ask(as_employee, state="free") == ["YY-2"]
        assert self.ask(as_employee, state="linked") == ["KL-0421", "XX-1"]

    def test_shows_nothing_at_an_address_it_does_not_know(self, as_employee):
        """B3"""
        linked(RelationFactory())

        answer = as_employee.get(reverse("portals:contractant_list"), {"state": "anders"})

        assert answer.status_code == 400
        assert answer.context["listing"].rows == []

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            for turn in range(size):
                linked(RelationFactory(), code=f"N{size}-{turn}")
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(reverse("portals:contractant_list"))
            counts.append(len(queries))

        assert counts[0] == counts[1]


class TestTheHistoryOfBefore:
    def test_is_made_good_from_what_is_linked_now(self):
        """R43: until links were written, whoever linked or unlinked left no trace of it."""
        subscription = SubscriptionFactory(database="nl-1", contractant="KL-1")
        left_behind = ContractantLinkFactory(until=None)

        with connection.cursor() as cursor:
            cursor.execute(import_module("portals.migrations.0003_contractant_links").HISTORY_AS_IT_IS)

        made = ContractantLink.objects.live().get()
        left_behind.refresh_from_db()
        assert left_behind.until == timezone.localdate()
        assert (made.contractant.code, made.relation, made.since) == (
            "KL-1",
            subscription.relation,
            subscription.starts_on,
        )

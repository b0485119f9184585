"""The page of erasing: warning, what goes and stays, files, typed confirmation (R23, R38, R80, R86-R98)."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving.models import Erasure, FileRemoval
from crm.jobs.models import Job
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive
from tests.archiving.pages import ERASE, confirm, proposed, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation(employee):
    """Has an activity, so it is anonymised."""
    relation = factories.ClientActivityFactory(relation__name="Autobedrijf Klaver").relation
    archive(relation, by=employee)
    return relation


@pytest.fixture
def unused(employee):
    """Has nothing, so it is really deleted."""
    relation = factories.RelationFactory(name="Dubbel ingevoerd")
    archive(relation, by=employee)
    return relation


@pytest.fixture
def url(relation, admin):
    return proposed("erase", relation, by=admin)[1]


def is_erased(relation):
    found = Relation.objects.filter(pk=relation.pk).first()
    return found is None or found.is_erased


class TestEraseOne:
    def test_shows_first_what_would_go(self, as_admin, relation):
        """R21, R23, R94"""
        response = as_admin.post(reverse("archiving:erase_one", args=[relation.pk]))

        assert response.url == reverse("archiving:erase", args=[Job.objects.get().pk])
        assert not is_erased(relation)

    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client, relation):
        response = client.post(reverse("archiving:erase_one", args=[relation.pk]))

        assert response.url.startswith(reverse("accounts:sign_in"))

    def test_is_refused_without_the_right(self, as_employee, relation):
        """R3"""
        assert as_employee.post(reverse("archiving:erase_one", args=[relation.pk])).status_code == 403

    def test_is_open_to_an_employee_who_was_granted_the_right(self, as_employee, employee, relation):
        """R97"""
        employee.user_permissions.add(Permission.objects.get(codename="erase_relation"))

        response = as_employee.post(reverse("archiving:erase_one", args=[relation.pk]), follow=True)

        assert response.status_code == 200

    def test_takes_no_other_method(self, as_admin, relation):
        assert as_admin.get(reverse("archiving:erase_one", args=[relation.pk])).status_code == 405


class TestErasePage:
    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client, url):
        assert client.get(url).url.startswith(reverse("accounts:sign_in"))

    def test_is_refused_without_the_right(self, as_admin, admin, url):
        admin.groups.clear()

        assert as_admin.get(url).status_code == 403
        assert as_admin.post(url, ERASE).status_code == 403

    def test_takes_no_other_method(self, as_admin, url):
        assert as_admin.put(url).status_code == 405

    def test_does_not_exist_for_anybody_else(self, client, url):
        client.force_login(factories.AdminFactory())

        assert client.get(url).status_code == 404

    def test_warns_that_nothing_brings_it_back_and_that_keeping_is_better(self, as_admin, url):
        """R38, R93, R98"""
        page = as_admin.get(url).content.decode()

        assert "LET OP" in page
        assert "NIET ongedaan" in page
        assert "Bewaren is meestal beter" in page

    def test_says_that_it_anonymises_and_why(self, as_admin, url):
        """R86, R89, R91, R95"""
        response = as_admin.get(url)

        assert "anonimiseren</h1>" in response.content.decode()
        assert response.context["subjects"][0].because

    def test_says_that_it_really_deletes(self, as_admin, admin, unused):
        """R86, R88, R95"""
        response = as_admin.get(proposed("erase", unused, by=admin)[1])

        assert "verwijderen</h1>" in response.content.decode()
        assert response.context["subjects"][0].is_deleted

    def test_counts_what_goes_and_tells_which_amounts_stay(self, as_admin, admin, employee):
        """R23, R33, R35"""
        relation = factories.TimesheetLineFactory(billed=True, hours="3.50").relation
        archive(relation, by=employee)

        lines = as_admin.get(proposed("erase", relation, by=admin)[1]).context["lines"]

        assert {line.label: line.word for line in lines}["Urenstaatregels"] == "tekst weg, 3,5 uur blijft"

    def test_puts_the_focus_on_going_back(self, as_admin, url):
        assert "autofocus>Annuleren</a>" in as_admin.get(url).content.decode()

    @pytest.mark.parametrize(
        ("factory", "solve"),
        [
            (factories.InvoiceFactory, "billing:relation_invoices"),
            (lambda: factories.OrderFactory(delivered_on=None), "billing:relation_orders"),
        ],
        ids=["unpaid invoice", "open order"],
    )
    def test_withholds_the_act_while_there_is_an_obstacle(self, as_admin, admin, employee, factory, solve):
        """R96"""
        relation = factory().relation
        archive(relation, by=employee)
        url = proposed("erase", relation, by=admin)[1]

        page = as_admin.get(url).content.decode()
        confirm(as_admin, url, typed=relation.number, **ERASE)

        assert reverse(solve, args=[relation.pk]) in page
        assert 'name="typed"' not in page
        assert not is_erased(relation)

    def test_withholds_the_act_for_a_relation_that_is_not_archived(self, as_admin, admin):
        """R1"""
        relation = factories.RelationFactory()
        url = proposed("erase", relation, by=admin)[1]

        confirm(as_admin, url, typed=relation.number, **ERASE)

        assert not is_erased(relation)


class TestConfirming:
    def test_erases_and_returns_to_the_archive(self, as_admin, relation, url):
        """R21, R36"""
        response = confirm(as_admin, url, typed=relation.number, **ERASE)

        assert response.url == reverse("archiving:archived_relation_list")
        assert "1 relatie geanonimiseerd." in as_admin.get(response.url).content.decode()
        assert Relation.objects.get(pk=relation.pk).name == "Verwijderd"
        assert Erasure.objects.get().reason == "request"

    @pytest.mark.parametrize("missing", ["reason", "answer_retention", "typed"])
    def test_says_what_is_missing_and_erases_nothing(self, as_admin, relation, url, missing):
        """1F: erasing within the retention period needs an acknowledgement and a reason."""
        answers = {"typed": relation.number, **ERASE}
        del answers[missing]

        response = confirm(as_admin, url, **answers)

        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {missing}
        assert not is_erased(relation)

    @pytest.mark.parametrize("typed", ["1", "50", "Autobedrijf Klaver"])
    def test_asks_for_the_exact_number_of_the_relation(self, as_admin, relation, url, typed):
        response = confirm(as_admin, url, typed=typed, **ERASE)

        assert response.context["form"].errors.keys() == {"typed"}
        assert not is_erased(relation)

    def test_answers_a_second_click_as_the_first(self, as_admin, relation, url):
        answers = shown(as_admin, url) | ERASE | {"typed": relation.number}

        first = as_admin.post(url, answers)
        second = as_admin.post(url, answers)

        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert Erasure.objects.count() == 1

    def test_stops_when_it_is_not_what_was_shown(self, as_admin, admin, employee):
        """B2"""
        relation = factories.AppointmentFactory().relation
        archive(relation, by=employee)
        url = proposed("erase", relation, by=admin)[1]
        answers = shown(as_admin, url) | ERASE | {"typed": relation.number}
        relation.appointments.get().delete()

        response = as_admin.post(url, answers)

        assert response.status_code == 409
        assert response.context["differences"]
        assert not is_erased(relation)


class TestFiles:
    @pytest.fixture
    def items(self, employee):
        relation = factories.RelationFactory()
        items = factories.UploadedDossierItemFactory.create_batch(2, relation=relation)
        factories.DossierItemFactory(relation=relation)
        archive(relation, by=employee)
        return items

    def test_are_announced_in_red_with_a_word_and_a_choice(self, as_admin, admin, items):
        """R29, R92"""
        page = as_admin.get(proposed("erase", items[0].relation, by=admin)[1]).content.decode()

        assert "Documenten die worden verwijderd" in page
        assert page.count('name="keep_files"') == 2

    def test_go_unless_they_are_kept(self, as_admin, admin, items):
        """R28, R29, R92"""
        going, kept = items
        relation = going.relation
        url = proposed("erase", relation, by=admin)[1]

        confirm(as_admin, url, typed=relation.number, keep_files=[str(kept.pk)], **ERASE)

        assert list(FileRemoval.objects.values_list("path", flat=True)) == [going.file.name]

    def test_stay_chosen_when_the_page_has_to_be_shown_again(self, as_admin, admin, items):
        """B2, R92"""
        going, kept = items
        url = proposed("erase", going.relation, by=admin)[1]

        response = as_admin.post(url, ERASE | {"expected": "stale", "keep_files": [str(kept.pk)]})

        chosen = {file.id: file.is_kept for file in response.context["files"]}
        assert chosen == {going.pk: False, kept.pk: True}

    def test_of_others_cannot_be_named(self, as_admin, admin, items):
        stranger = factories.UploadedDossierItemFactory()
        relation = items[0].relation
        url = proposed("erase", relation, by=admin)[1]

        response = confirm(as_admin, url, typed=relation.number, keep_files=[str(stranger.pk)], **ERASE)

        assert response.context["form"].errors.keys() == {"keep_files"}
        assert not is_erased(relation)


class TestManyRelations:
    def test_are_confirmed_by_their_count(self, as_admin, admin, relation, unused):
        """R80"""
        url = proposed("erase", relation, unused, by=admin)[1]

        wrong = confirm(as_admin, url, typed=relation.number, **ERASE)
        response = confirm(as_admin, url, typed="2", **ERASE)

        assert wrong.status_code == 422
        page = as_admin.get(response.url).content.decode()
        assert "1 relatie verwijderd. 1 relatie geanonimiseerd." in page
        assert is_erased(relation)
        assert is_erased(unused)

    def test_are_erased_but_for_those_with_an_obstacle(self, as_admin, admin, employee, relation):
        """R96"""
        blocked = factories.InvoiceFactory().relation
        archive(blocked, by=employee)
        job, url = proposed("erase", relation, blocked, by=admin)

        response = confirm(as_admin, url, typed="1", **ERASE)

        assert response.url == reverse("jobs:job", args=[job.pk])
        assert job.items.values_list("target", "reason").get() == (blocked.pk, "UNPAID_INVOICE")
        assert (is_erased(relation), is_erased(blocked)) == (True, False)

    def test_are_shown_with_the_same_number_of_queries(self, as_admin, admin, employee):
        counted = []
        for size in (3, 30):
            relations = [factories.ClientActivityFactory().relation for _ in range(size)]
            relations += [factories.InvoiceFactory().relation for _ in range(size)]
            archive(*relations, by=employee)
            url = proposed("erase", *relations, by=admin)[1]
            with CaptureQueriesContext(connection) as queries:
                as_admin.get(url)
            counted.append(len(queries))

        assert counted[0] == counted[1]


class TestASavedFilterThatNamesOne:
    """It is reported, for a person to judge."""

    def test_is_reported_with_where_it_can_be_changed(self, as_admin, admin, url):
        mine = factories.SavedFilterFactory(owner=admin, name="Klaver", query="name=contains%3Aautobedrijf+klaver")
        factories.SavedFilterFactory(owner=admin, name="Uit Zeist", query="city=is%3AZeist")

        page = as_admin.get(url)

        assert [mention.text for mention in page.context["mentions"]] == ["bewaard filter “Klaver”"]
        assert reverse("relations:saved_filter_edit", args=[mine.pk]) in page.text

    def test_keeps_the_name_of_a_private_filter_of_somebody_else(self, as_admin, employee, url):
        factories.SavedFilterFactory(owner=employee, name="Geheim", query="q=Autobedrijf+Klaver")

        page = as_admin.get(url).text

        assert "een bewaard filter van Marieke de Wit" in page
        assert "Geheim" not in page

"""The pages of archiving: from the relations to the preview, the confirmation and the result (R19, R72-R79)."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import DirectDebitMandate
from crm.jobs.models import Job
from relations.models import DossierItem, Relation
from tests import factories
from tests.archiving.pages import ARCHIVE, confirm, proposed, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation():
    return factories.RelationFactory(name="Bakkerij Van der Meer")


@pytest.fixture
def url(relation, employee):
    return proposed("archive", relation, by=employee)[1]


def is_archived(relation):
    return Relation.objects.get(pk=relation.pk).is_archived


class TestArchiveOne:
    def test_shows_first_what_would_happen(self, as_employee, relation):
        """R2, R19"""
        response = as_employee.post(reverse("archiving:archive_one", args=[relation.pk]), follow=True)

        assert response.redirect_chain[0][0] == reverse("archiving:archive", args=[Job.objects.get().pk])
        assert "Bakkerij Van der Meer" in response.content.decode()
        assert not is_archived(relation)

    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client, relation):
        response = client.post(reverse("archiving:archive_one", args=[relation.pk]))

        assert response.url.startswith(reverse("accounts:sign_in"))

    def test_is_refused_without_the_right(self, as_employee, employee, relation):
        employee.groups.clear()

        response = as_employee.post(reverse("archiving:archive_one", args=[relation.pk]))

        assert response.status_code == 403
        assert not Job.objects.exists()

    def test_changes_nothing_when_it_is_only_looked_at(self, as_employee, relation):
        assert as_employee.get(reverse("archiving:archive_one", args=[relation.pk])).status_code == 405

    def test_refuses_a_relation_that_does_not_exist(self, as_employee):
        assert as_employee.post(reverse("archiving:archive_one", args=[999_999])).status_code == 400


class TestArchivePage:
    def test_sends_an_anonymous_visitor_to_the_sign_in_page(self, client, url):
        assert client.get(url).url.startswith(reverse("accounts:sign_in"))

    def test_is_refused_without_the_right(self, as_employee, employee, url):
        employee.groups.clear()

        assert as_employee.get(url).status_code == 403
        assert as_employee.post(url, ARCHIVE).status_code == 403

    def test_takes_no_other_method(self, as_employee, url):
        assert as_employee.put(url).status_code == 405

    def test_does_not_exist_for_anybody_else(self, as_admin, url):
        assert as_admin.get(url).status_code == 404

    def test_counts_what_goes_along_and_what_stays(self, as_employee, relation, url):
        """R9, R10, R14"""
        factories.ContactFactory(relation=relation)
        factories.NoteFactory.create_batch(2, relation=relation)
        factories.TaskLinkFactory(relation=relation)

        context = as_employee.get(url).context

        assert {line.label: line.count for line in context["along"]} == {"Contactpersonen": 1, "Notities": 2}
        assert "taken (1)" in context["staying"]

    def test_names_each_obstacle_with_the_page_that_solves_it(self, as_employee, employee):
        """R5, R8, B2: the others can go on."""
        blocked = factories.TimesheetLineFactory().relation
        factories.PortalLinkFactory(relation=blocked)
        free = factories.RelationFactory()
        url = proposed("archive", blocked, free, by=employee)[1]

        page = as_employee.get(url).content.decode()

        assert "1 relatie kan nu worden gearchiveerd. 1 relatie heeft nog een belemmering." in page
        assert reverse("billing:relation_unbilled", args=[blocked.pk]) in page
        assert reverse("portals:relation_portals", args=[blocked.pk]) in page
        assert re.search(r"<button[^>]*>1 relatie archiveren</button>", page)

    def test_withholds_the_button_when_nothing_can_go_on(self, as_employee, employee):
        """R5"""
        url = proposed("archive", factories.TimesheetLineFactory().relation, by=employee)[1]

        response = as_employee.get(url)

        assert 'name="confirmed"' not in response.content.decode()

    @pytest.mark.parametrize("missing", ["reason", "confirmed"], ids=["R72 reason", "R79 confirmation"])
    def test_says_what_is_missing_and_archives_nothing(self, as_employee, relation, url, missing):
        answers = {name: value for name, value in ARCHIVE.items() if name != missing}

        response = confirm(as_employee, url, **answers)

        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {missing}
        assert not is_archived(relation)

    def test_archives_with_the_reason_and_returns_to_the_relation(self, as_employee, employee, relation, url):
        """R19, R72"""
        response = confirm(as_employee, url, **ARCHIVE)

        assert response.url == relation.get_absolute_url()
        archival = Relation.objects.get(pk=relation.pk).archival
        assert (archival.by, archival.reason, archival.note) == (employee, "switched", "Overgestapt")

    def test_archives_those_without_an_obstacle_and_lists_the_others(self, as_employee, employee):
        blocked = factories.TimesheetLineFactory().relation
        free = factories.RelationFactory()
        job, url = proposed("archive", blocked, free, by=employee)

        response = confirm(as_employee, url, **ARCHIVE)

        assert response.url == reverse("jobs:job", args=[job.pk])
        assert (is_archived(free), is_archived(blocked)) == (True, False)
        assert job.items.get(target=blocked).reason == "UNBILLED_TIME"

    def test_answers_a_second_click_as_the_first(self, as_employee, relation, url):
        answers = shown(as_employee, url) | ARCHIVE

        first = as_employee.post(url, answers)
        second = as_employee.post(url, answers)

        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert relation.archivals.count() == 1

    def test_leads_to_the_result_once_it_has_run(self, as_employee, employee, relation):
        job, url = proposed("archive", relation, by=employee)
        confirm(as_employee, url, **ARCHIVE)

        assert as_employee.get(url).url == reverse("jobs:job", args=[job.pk])


class TestDrift:
    """B2: what runs is exactly what was shown, or nothing does."""

    def test_stops_and_says_what_differs(self, as_employee, relation, url):
        answers = shown(as_employee, url) | ARCHIVE
        factories.NoteFactory(relation=relation)

        response = as_employee.post(url, answers)

        assert response.status_code == 409
        assert any("Notities" in sentence for sentence in response.context["differences"])
        assert not is_archived(relation)

    def test_stops_when_an_obstacle_came_up(self, as_employee, relation, url):
        answers = shown(as_employee, url) | ARCHIVE
        factories.TimesheetLineFactory(relation=relation)

        response = as_employee.post(url, answers)

        assert response.status_code == 409
        assert not is_archived(relation)

    def test_keeps_what_was_typed_but_asks_for_consent_again(self, as_employee, relation, url):
        answers = shown(as_employee, url) | ARCHIVE
        factories.NoteFactory(relation=relation)

        form = as_employee.post(url, answers).context["form"]

        assert (form["reason"].value(), form["note"].value()) == ("switched", "Overgestapt")
        assert not form["confirmed"].value()

    def test_goes_on_when_the_new_state_is_confirmed(self, as_employee, relation, url):
        stale = shown(as_employee, url) | ARCHIVE
        factories.NoteFactory(relation=relation)
        form = as_employee.post(url, stale).context["form"]

        as_employee.post(url, ARCHIVE | {"expected": form["expected"].value()})

        assert is_archived(relation)

    @pytest.mark.parametrize("forged", [{}, {"expected": ""}, {"expected": "x", "shown": "y"}])
    def test_does_nothing_for_a_page_nobody_was_shown(self, as_employee, relation, url, forged):
        response = as_employee.post(url, ARCHIVE | forged)

        assert response.status_code == 409
        assert not is_archived(relation)


class TestQuestions:
    def test_asks_about_open_invoices(self, as_employee, employee):
        """R75"""
        relation = factories.InvoiceFactory().relation
        url = proposed("archive", relation, by=employee)[1]

        refused = confirm(as_employee, url, **ARCHIVE)
        confirm(as_employee, url, answer_open_invoices="on", **ARCHIVE)

        assert refused.context["form"].errors.keys() == {"answer_open_invoices"}
        assert is_archived(relation)

    def test_asks_who_owns_the_documents_from_now_on(self, as_employee, employee, relation, url):
        """R76"""
        item = factories.DossierItemFactory(owner=relation)
        heir = factories.RelationFactory()

        confirm(as_employee, url, answer_new_owner=heir.number, **ARCHIVE)

        assert DossierItem.objects.get(pk=item.pk).owner == heir

    @pytest.mark.parametrize("number", ["", "bestaat niet", "itself", "archived"])
    def test_takes_only_an_active_relation_as_owner(self, as_employee, relation, url, number):
        """R18, R76"""
        factories.DossierItemFactory(owner=relation)
        numbers = {"itself": relation.number, "archived": factories.RelationFactory(archived=True).number}

        response = confirm(as_employee, url, answer_new_owner=numbers.get(number, number), **ARCHIVE)

        assert response.context["form"].errors.keys() == {"answer_new_owner"}
        assert not is_archived(relation)

    @pytest.mark.parametrize("choice", ["keep", "delete"])
    def test_asks_what_becomes_of_community_data(self, as_employee, relation, url, choice):
        """R77"""
        post = factories.CommunityPostFactory(relation=relation)

        refused = confirm(as_employee, url, **ARCHIVE)
        confirm(as_employee, url, answer_community=choice, **ARCHIVE)

        post.refresh_from_db()
        assert refused.context["form"].errors.keys() == {"answer_community"}
        assert post.is_archived == (choice == "delete")

    def test_offers_an_end_date_of_functions(self, as_employee, relation, url):
        """R78"""
        assignment = factories.FunctionAssignmentFactory(relation=relation)

        confirm(as_employee, url, answer_function_end_date="2026-06-30", **ARCHIVE)

        assignment.refresh_from_db()
        assert assignment.until == date(2026, 6, 30)

    def test_says_that_direct_debit_stops(self, as_employee, relation, url):
        """R73"""
        factories.DirectDebitMandateFactory(relation=relation)

        changing = as_employee.get(url).context["changing"]
        confirm(as_employee, url, **ARCHIVE)

        assert [line.count for line in changing] == [1]
        assert DirectDebitMandate.objects.get().stopped_on


class TestManyRelations:
    def test_is_shown_with_the_same_number_of_queries(self, as_employee, employee):
        counted = []
        for size in (3, 30):
            relations = [factories.NoteFactory().relation for _ in range(size)]
            relations += [factories.TimesheetLineFactory().relation for _ in range(size)]
            url = proposed("archive", *relations, by=employee)[1]
            with CaptureQueriesContext(
                connection,
            ) as queries:
                as_employee.get(url)
            counted.append(len(queries))

        assert counted[0] == counted[1]

    def test_names_the_first_and_leads_to_all(self, as_employee, employee):
        """R64, R65"""
        relations = factories.RelationFactory.create_batch(30)
        job, url = proposed("archive", *relations, by=employee)
        all_of_them = reverse("jobs:targets", args=[job.pk])

        page = as_employee.get(url).content.decode()

        assert "30 relaties archiveren" in page
        assert all_of_them in page


class TestALinkWithAPortal:
    """R8: unlinking is offered as the solution, for one and for all of the set."""

    @pytest.fixture
    def job(self, employee):
        return proposed("archive", factories.PortalLinkFactory().relation, factories.RelationFactory(), by=employee)[0]

    @pytest.mark.parametrize("named_up_to", [100, 0])
    def test_is_solved_for_the_whole_set_at_once(self, as_employee, job, settings, named_up_to):
        settings.ARCHIVING_NAMED_UP_TO = named_up_to

        page = as_employee.get(reverse("archiving:archive", args=[job.pk])).text
        solving = as_employee.get(reverse("portals:unlink_portals", args=[job.pk]))

        assert f'href="{reverse("portals:unlink_portals", args=[job.pk])}"' in page
        assert solving.status_code == 200

    def test_is_solved_there_only_by_who_may_change_many(self, client, job):
        job.by.groups.get().permissions.remove(Permission.objects.get(codename="use_bulk"))
        client.force_login(job.by)

        page = client.get(reverse("archiving:archive", args=[job.pk])).text

        assert reverse("portals:unlink_portals", args=[job.pk]) not in page


class TestTheMessage:
    def test_leads_to_undoing_for_who_may_restore(self, as_admin, admin, relation):
        """R3"""
        job, url = proposed("archive", relation, by=admin)

        response = confirm(as_admin, url, **ARCHIVE)

        assert f'<a href="{reverse("jobs:job", args=[job.pk])}">Ongedaan maken</a>' in said(as_admin, response)

    def test_does_not_without_that_right(self, as_employee, relation, url):
        """R3"""
        response = confirm(as_employee, url, **ARCHIVE)

        assert "1 relatie gearchiveerd." in said(as_employee, response)
        assert "Ongedaan maken" not in said(as_employee, response)


def said(client, response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))

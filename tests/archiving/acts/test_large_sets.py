"""The page of an act on more relations than anybody reads: counted once, exact, and short (R64, R65)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving.models import FileRemoval
from archiving.plans import showing as previewing
from archiving.plans.plan import Act
from archiving.plans.preview import Preview
from crm.jobs.freezing import target_ids
from crm.jobs.models import ItemState, JobState
from relations.models import Relation
from tests import factories
from tests.archiving.acting import archive, erase
from tests.archiving.pages import ARCHIVE, ERASE, confirm, proposed, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_limits(settings):
    """Four relations are many."""
    settings.ARCHIVING_NAMED_UP_TO, settings.JOBS_AT_ONCE = 3, 1


@pytest.fixture
def relations():
    """Something of everything that a page tells; one has an obstacle."""
    made = factories.RelationFactory.create_batch(6)
    factories.NoteFactory.create_batch(2, relation=made[0])
    factories.ContactFactory(relation=made[1])
    factories.CommunityPostFactory(relation=made[1])
    factories.InvoiceFactory(relation=made[2], settled=True)
    factories.TimesheetLineFactory(relation=made[2], billed=True, hours="3.50")
    factories.RelationLinkFactory(from_relation=made[3], to_relation=made[0])
    factories.TaskLinkFactory(relation=made[3])
    factories.DirectDebitMandateFactory(relation=made[3])
    factories.UploadedDossierItemFactory(relation=made[4])
    factories.FunctionAssignmentFactory(relation=made[4])
    return made


@pytest.fixture
def blocked():
    return factories.TimesheetLineFactory().relation


def is_archived(relation):
    return Relation.objects.get(pk=relation.pk).is_archived


def told(plan):
    """What a Plan and a Preview both tell."""
    effects = {(str(effect.label), effect.verb): (effect.count, effect.totals) for effect in plan.effects}
    asked = {(question.key, question.sentence, question.count) for question in plan.questions}
    until = {(verdict.sentence, verdict.until) for verdict in plan.retention}
    counts = (plan.total, plan.can, plan.cannot, plan.fingerprint, plan.file_count, dict(plan.mode_counts))
    return effects, asked, until, counts


class TestTheCountsOfALargeSet:
    def test_are_those_of_archiving_each_by_name(self, employee, relations, blocked):
        """R5, R9-R16, R73-R78"""
        job, _url = proposed("archive", *relations, blocked, by=employee)

        preview = previewing.preview(job, Act.ARCHIVE)

        assert isinstance(preview, Preview)
        assert told(preview) == told(previewing.PLANS[Act.ARCHIVE](target_ids(job)))
        assert preview.obstacles == {"UNBILLED_TIME": 1}

    def test_are_those_of_restoring_each_by_name(self, admin, relations):
        """R7, R22"""
        debtor = factories.RelationFactory()
        named = factories.RelationFactory(invoice_debtor=debtor)
        naming_the_named = factories.RelationFactory(invoice_debtor=named)
        archive(*relations[:5], naming_the_named, by=admin)
        archive(named, by=admin)
        archive(debtor, by=admin)
        job, _url = proposed("restore", *relations, named, naming_the_named, by=admin)

        preview = previewing.preview(job, Act.RESTORE)

        assert told(preview) == told(previewing.PLANS[Act.RESTORE](target_ids(job)))
        assert preview.obstacles == {"NOT_ARCHIVED": 1, "DEBTOR_ARCHIVED": 2}

    def test_are_those_of_erasing_each_by_name(self, admin, relations):
        """R80, R86-R92, R96"""
        unpaid = factories.InvoiceFactory().relation
        archive(*relations[:5], unpaid, by=admin)
        job, _url = proposed("erase", *relations, unpaid, by=admin)

        preview = previewing.preview(job, Act.ERASE)

        assert told(preview) == told(previewing.PLANS[Act.ERASE](target_ids(job)))
        assert preview.obstacles == {"NOT_ARCHIVED": 1, "UNPAID_INVOICE": 1}
        assert sum(preview.mode_counts.values()) == 5

    def test_survive_being_kept(self, admin, relations):
        """With amounts and dates."""
        archive(*relations, by=admin)
        job, _url = proposed("erase", *relations, by=admin)

        first, kept = (previewing.preview(job, Act.ERASE) for _ in range(2))

        assert first == kept
        assert first.hash == kept.hash

    @pytest.mark.parametrize("act", list(Act))
    def test_take_a_fixed_number_of_statements(self, admin, act):
        counted = []
        for size in (4, 30):
            made = [factories.NoteFactory().relation for _ in range(size)]
            if act != Act.ARCHIVE:
                archive(*made, by=admin)
            job, _url = proposed(act, *made, by=admin)
            with CaptureQueriesContext(connection) as queries:
                previewing.preview(job, act)
            counted.append(len(queries))

        assert counted[0] == counted[1]


class TestThePageOfALargeSet:
    def test_is_counted_once_until_somebody_asks_again(self, as_employee, employee, relations):
        _job, url = proposed("archive", *relations, by=employee)
        before = {line.label: line.count for line in as_employee.get(url).context["along"]}
        factories.NoteFactory(relation=relations[0])

        later = {line.label: line.count for line in as_employee.get(url).context["along"]}
        as_employee.post(url, {"again": "1"})
        anew = {line.label: line.count for line in as_employee.get(url).context["along"]}

        assert (before["Notities"], later["Notities"], anew["Notities"]) == (2, 2, 3)

    def test_says_when_it_was_counted(self, as_employee, employee, relations):
        page = as_employee.get(proposed("archive", *relations, by=employee)[1]).content.decode()

        assert "Berekend om" in page
        assert "Opnieuw berekenen" in page

    def test_counts_each_obstacle_and_leads_to_what_solves_it(self, as_employee, employee, relations, blocked):
        """R64"""
        _job, url = proposed("archive", *relations, blocked, by=employee)

        page = as_employee.get(url).content.decode()

        assert "6 relaties kunnen nu worden gearchiveerd. 1 relatie heeft nog een belemmering." in page
        assert "Heeft uren die nog niet zijn gefactureerd" in page
        assert reverse("billing:relation_unbilled", args=[blocked.pk]) in page

    def test_costs_and_weighs_the_same_however_many(self, as_employee, employee):
        measured = []
        for size in (60, 240):
            made = factories.RelationFactory.create_batch(size, name="Bakkerij")
            made += [line.relation for line in factories.TimesheetLineFactory.create_batch(40, relation__name="Slager")]
            _job, url = proposed("archive", *made, by=employee)
            as_employee.get(url)
            with CaptureQueriesContext(connection) as queries:
                answer = as_employee.get(url)
            measured.append((len(queries), len(answer.content)))

        (few_queries, few_bytes), (many_queries, many_bytes) = measured
        assert few_queries == many_queries
        assert abs(few_bytes - many_bytes) < 200
        assert many_bytes < 60_000

    def test_tells_of_each_relation_to_erase_what_becomes_of_it(self, as_admin, admin, relations):
        """R86, R95"""
        archive(*relations, by=admin)

        subjects = as_admin.get(proposed("erase", *relations, by=admin)[1]).context["subjects"]

        assert {subject.root: subject.mode for subject in subjects}[relations[2]] == "anonymise"
        assert {subject.root: subject.mode for subject in subjects}[relations[5]] == "delete"


class TestConfirmingALargeSet:
    def test_hands_it_to_the_workers_and_shows_the_job(self, as_employee, employee, relations, blocked):
        """R71, R79: the blocked one is skipped with its reason, the others are archived."""
        job, url = proposed("archive", *relations, blocked, by=employee)

        response = confirm(as_employee, url, answer_community="keep", **ARCHIVE)

        job.refresh_from_db()
        assert response.url == reverse("jobs:job", args=[job.pk])
        assert (job.state, job.done, job.skipped) == (JobState.DONE, 6, 1)
        assert job.items.get(state=ItemState.SKIPPED).reason == "UNBILLED_TIME"
        assert not is_archived(blocked)

    def test_stops_when_the_counts_are_others(self, as_employee, employee, relations):
        """B2"""
        job, url = proposed("archive", *relations, by=employee)
        answers = shown(as_employee, url) | ARCHIVE | {"answer_community": "keep"}
        factories.NoteFactory(relation=relations[0])

        response = as_employee.post(url, answers)

        assert response.status_code == 409
        assert any("Notities" in sentence for sentence in response.context["differences"])
        assert not Relation.objects.archived().exists()
        job.refresh_from_db()
        assert job.is_draft

    def test_stops_when_other_relations_can_go_on_than_was_shown(self, as_employee, employee, relations):
        """B2: as many as before, but not the same."""
        solved = factories.TimesheetLineFactory()
        _job, url = proposed("archive", *relations, solved.relation, by=employee)
        answers = shown(as_employee, url) | ARCHIVE | {"answer_community": "keep"}
        solved.delete()
        factories.TimesheetLineFactory(relation=relations[5])

        assert as_employee.post(url, answers).status_code == 409
        assert not Relation.objects.archived().exists()

    def test_goes_on_with_the_new_counts(self, as_employee, employee, relations):
        _job, url = proposed("archive", *relations, by=employee)
        stale = shown(as_employee, url) | ARCHIVE | {"answer_community": "keep"}
        factories.NoteFactory(relation=relations[0])
        form = as_employee.post(url, stale).context["form"]

        as_employee.post(url, stale | {"expected": form["expected"].value()})

        assert Relation.objects.archived().count() == 6

    @pytest.mark.parametrize("forged", [{}, {"expected": "x", "shown": "y"}])
    def test_does_nothing_for_a_page_nobody_was_shown(self, as_employee, employee, relations, forged):
        _job, url = proposed("archive", *relations, by=employee)

        assert as_employee.post(url, ARCHIVE | forged).status_code == 409
        assert not Relation.objects.archived().exists()

    @pytest.mark.parametrize("which", ["goes on", "blocked"])
    def test_takes_nobody_of_the_set_as_new_owner(self, as_employee, employee, relations, blocked, which):
        """R76"""
        factories.DossierItemFactory(owner=relations[0])
        _job, url = proposed("archive", *relations, blocked, by=employee)
        heir = relations[5] if which == "goes on" else blocked

        response = confirm(as_employee, url, answer_community="keep", answer_new_owner=heir.number, **ARCHIVE)

        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"answer_new_owner"}
        assert not Relation.objects.archived().exists()

    def test_is_answered_a_second_time_as_the_first(self, as_employee, employee, relations):
        _job, url = proposed("archive", *relations, by=employee)
        answers = shown(as_employee, url) | ARCHIVE | {"answer_community": "keep"}

        first, second = as_employee.post(url, answers), as_employee.post(url, answers)

        assert (first.status_code, first.url) == (second.status_code, second.url)


class TestErasingALargeSet:
    @pytest.fixture
    def several(self, admin):
        items = factories.UploadedDossierItemFactory.create_batch(4)
        archive(*[item.relation for item in items], by=admin)
        return items

    @pytest.mark.parametrize("choice", ["keep", "delete"])
    def test_asks_once_for_all_files(self, as_admin, admin, several, choice):
        """R28, R29, R92"""
        _job, url = proposed("erase", *[item.relation for item in several], by=admin)

        refused = confirm(as_admin, url, typed="4", **ERASE)
        confirm(as_admin, url, typed="4", all_files=choice, **ERASE)

        assert refused.context["form"].errors.keys() == {"all_files"}
        assert not Relation.objects.archived().filter(erasure=None).exists()
        marked = set(FileRemoval.objects.values_list("path", flat=True))
        assert marked == (set() if choice == "keep" else {item.file.name for item in several})

    def test_asks_the_same_of_a_set_with_more_files_than_fit_a_page(self, as_admin, admin, several, settings):
        settings.ARCHIVING_NAMED_UP_TO, settings.ARCHIVING_FILES_UP_TO = 100, 3
        page = as_admin.get(proposed("erase", *[item.relation for item in several], by=admin)[1]).content.decode()

        assert 'name="keep_files"' not in page
        assert page.count('name="all_files"') == 2

    def test_is_confirmed_by_its_count(self, as_admin, admin, several):
        """R80"""
        job, url = proposed("erase", *[item.relation for item in several], by=admin)

        refused = confirm(as_admin, url, typed="3", all_files="delete", **ERASE)
        response = confirm(as_admin, url, typed="4", all_files="delete", **ERASE)

        assert refused.status_code == 422
        assert response.url == reverse("jobs:job", args=[job.pk])
        assert as_admin.get(response.url).status_code == 200


class TestASetOfWhichEverybodyIsGone:
    def test_says_so(self, as_admin, admin, employee):
        relation = factories.RelationFactory()
        _job, url = proposed("archive", relation, by=admin)
        archive(relation, by=admin)
        erase(relation, by=admin)

        response = as_admin.get(url)

        assert response.status_code == 410
        assert "bestaan niet meer" in response.content.decode()

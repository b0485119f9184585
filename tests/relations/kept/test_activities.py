"""The page of one client activity, done or open, at another relation; attachments as downloads (R99, R100, R102)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from relations.models import ClientActivity
from tests import factories
from tests.archiving.acting import archive
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return factories.ClientActivityFactory(subject="Kennismaking")


def address(name, record):
    return reverse(f"relations:{name}", args=[record.pk])


class TestPage:
    def test_shows_what_hangs_under_it(self, as_employee, activity):
        """R99"""
        factories.QuoteFactory(relation=activity.relation, activity=activity, number="OF26-014")
        factories.ActivityAttachmentFactory(activity=activity, name="verslag.pdf")
        factories.NoteFactory(relation=activity.relation, activity=activity, text="Belt terug")

        shown = as_employee.get(address("activity", activity)).content.decode()

        assert all(word in shown for word in ("Kennismaking", "OF26-014", "verslag.pdf", "Belt terug"))

    def test_takes_as_many_queries_with_thirty_of_everything_as_with_three(self, as_employee, activity):
        self._hang(activity, 3)
        as_employee.get(address("activity", activity))
        few = self._queries(as_employee, activity)
        self._hang(activity, 27)

        assert self._queries(as_employee, activity) == few

    @staticmethod
    def _hang(activity, number):
        factories.QuoteFactory.create_batch(number, relation=activity.relation, activity=activity)
        factories.ActivityAttachmentFactory.create_batch(number, activity=activity)
        factories.NoteFactory.create_batch(number, relation=activity.relation, activity=activity)

    @staticmethod
    def _queries(client, activity):
        with CaptureQueriesContext(connection) as queries:
            client.get(address("activity", activity))
        return len(queries)

    def test_shows_no_note_that_belongs_to_another_relation(self, as_employee, activity):
        """Such a note stayed behind when the activity was moved; its relation may be restricted."""
        factories.NoteFactory(activity=activity, text="Belt terug")

        assert "Belt terug" not in as_employee.get(address("activity", activity)).content.decode()

    def test_can_only_be_read_of_an_archived_relation(self, as_employee, activity):
        archive(activity.relation, by=factories.EmployeeFactory())

        shown = as_employee.get(address("activity", activity)).content.decode()

        assert "Kennismaking" in shown
        assert address("activity_finishing", activity) not in shown


class TestForm:
    def test_proposes_whoever_fills_it_in(self, as_employee, employee, activity):
        factories.EmployeeFactory(name="Aad Aalbers")

        form = as_employee.get(address("activity_new", activity.relation)).context["form"]

        assert form["owner"].value() == employee.pk

    def test_offers_no_colleague_who_left_but_keeps_the_present_one(self, as_employee):
        """R18"""
        left = factories.EmployeeFactory(name="Kees Bos", is_active=False)
        other = factories.EmployeeFactory(is_active=False)
        activity = factories.ClientActivityFactory(owner=left)

        offered = as_employee.get(address("activity_edit", activity)).context["form"].fields["owner"].queryset

        assert left in offered
        assert other not in offered


class TestQuote:
    def test_is_made_for_an_activity_from_its_page(self, as_employee, activity):
        """R99"""
        page = as_employee.get(address("activity", activity)).content.decode()
        url = f"{reverse('billing:quote_new', args=[activity.relation_id])}?activiteit={activity.pk}"

        form = as_employee.get(url).context["form"]
        answer = as_employee.post(url, sent_by(form, title="Maandcijfers", number="OF26-014", total="600,00"))

        assert url in page
        assert answer.url == address("activity", activity)
        assert activity.quotes.get().number == "OF26-014"

    def test_is_not_made_for_an_activity_of_another_relation(self, as_employee, activity):
        url = reverse("billing:quote_new", args=[factories.RelationFactory().pk])
        answers = {"title": "Maandcijfers", "number": "OF26-014", "issued_on": "2026-11-01", "total": "600,00"}

        answer = as_employee.post(url, answers | {"activity": activity.pk})

        assert answer.status_code == 422
        assert not activity.quotes.exists()

    def test_keeps_an_activity_that_moved_to_a_withheld_relation_without_naming_it(self, as_employee):
        hidden = factories.ClientActivityFactory(subject="Boedelscheiding", relation__restricted=True)
        quote = factories.QuoteFactory(activity=hidden)
        url = reverse("billing:quote_edit", args=[quote.pk])

        page = as_employee.get(url)
        as_employee.post(url, sent_by(page.context["form"]) | {"title": "Tweede versie"})

        quote.refresh_from_db()
        assert "Boedelscheiding" not in page.text
        assert (quote.title, quote.activity) == ("Tweede versie", hidden)

    def test_does_not_get_the_number_of_another(self, as_employee, activity):
        factories.QuoteFactory(number="OF26-014")
        answers = {"title": "Maandcijfers", "number": "OF26-014", "issued_on": "2026-11-01", "total": "600,00"}

        answer = as_employee.post(reverse("billing:quote_new", args=[activity.relation_id]), answers)

        assert answer.status_code == 422
        assert "Er is al een offerte met dit nummer" in answer.content.decode()


class TestState:
    def test_done_stays_and_says_when(self, as_employee, employee, activity):
        """R100"""
        as_employee.post(address("activity_finishing", activity))

        activity.refresh_from_db()
        assert activity.done_at
        assert activity.history.first().history_user == employee

    def test_open_again(self, as_employee):
        activity = factories.ClientActivityFactory(done_at=timezone.now())

        as_employee.post(address("activity_reopening", activity))

        activity.refresh_from_db()
        assert activity.done_at is None

    def test_is_not_set_twice(self, as_employee, activity):
        as_employee.post(address("activity_finishing", activity))

        assert as_employee.post(address("activity_finishing", activity)).status_code == 409

    def test_stays_at_an_archived_relation(self, as_employee, activity):
        archive(activity.relation, by=factories.EmployeeFactory())

        assert as_employee.post(address("activity_finishing", activity)).status_code == 409
        assert ClientActivity.objects.get().done_at is None


class TestMoving:
    @pytest.fixture
    def target(self):
        return factories.RelationFactory(number="10518")

    def test_takes_its_notes_and_attachments_along(self, as_employee, activity, target):
        """R102"""
        note = factories.NoteFactory(relation=activity.relation, activity=activity)
        factories.ActivityAttachmentFactory(activity=activity)
        other = factories.ClientActivityFactory(relation=activity.relation)

        answer = as_employee.post(address("activity_moving", activity), {"relation": "10518"})

        assert answer.url == address("activity", activity)
        note.refresh_from_db()
        assert (ClientActivity.objects.get(pk=activity.pk).relation, note.relation) == (target, target)
        assert ClientActivity.objects.get(pk=other.pk).relation == activity.relation

    def test_refuses_the_relation_it_is_at(self, as_employee, activity):
        answer = as_employee.post(address("activity_moving", activity), {"relation": activity.relation.number})

        assert answer.status_code == 422
        assert "staat al bij deze relatie" in answer.content.decode()

    def test_refuses_an_archived_relation(self, as_employee, activity, target):
        archive(target, by=factories.EmployeeFactory())

        answer = as_employee.post(address("activity_moving", activity), {"relation": "10518"})

        assert answer.status_code == 422
        assert ClientActivity.objects.get().relation == activity.relation

    def test_is_refused_from_an_archived_relation(self, as_employee, activity, target):
        archive(activity.relation, by=factories.EmployeeFactory())

        assert as_employee.post(address("activity_moving", activity), {"relation": "10518"}).status_code == 409


class TestFiles:
    def test_are_given_out_to_be_saved_and_run_nowhere(self, as_employee):
        attachment = factories.ActivityAttachmentFactory(name='ver"slag.pdf')
        item = factories.UploadedDossierItemFactory(title="Huur / kopie")

        answers = [
            as_employee.get(address("attachment_file", attachment)),
            as_employee.get(address("document_file", item)),
        ]

        assert [answer["Content-Disposition"] for answer in answers] == [
            'attachment; filename="ver-slag.pdf"',
            'attachment; filename="kopie.pdf"',
        ]
        assert all("sandbox" in answer["Content-Security-Policy"] for answer in answers)
        assert {answer["X-Content-Type-Options"] for answer in answers} == {"nosniff"}

    def test_are_not_there_for_a_document_that_is_elsewhere(self, as_employee):
        assert as_employee.get(address("document_file", factories.DossierItemFactory())).status_code == 404

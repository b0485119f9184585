"""Deleting something small: who may, what goes along, what is left of it (R98-R106)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archiving.erasure import files
from billing.models import Instalment, Quote
from relations.kept.deleting import deletable, deleting
from relations.models import (
    ActivityAttachment,
    ClientActivity,
    Contact,
    Deletion,
    DeletionReason,
    DossierItem,
    Note,
    Person,
)
from relations.record import history
from relations.rights import DELETE_SMALL
from tests import factories
from tests.archiving.acting import archive

pytestmark = pytest.mark.django_db
ACTIVITY = deletable.named("activiteiten")


def address(key, row, relation=None):
    return reverse("relations:deletion", args=[(relation or row.relation).pk, key, row.pk])


def delete(client, key, row, relation=None, reason=DeletionReason.DOUBLE):
    url = address(key, row, relation)
    answer = client.get(url)
    assert answer.status_code == 200
    return client.post(url, {"reason": reason, "expected": answer.context["expected"]})


@pytest.fixture
def activity():
    """With two quotes, an attachment and three notes under it."""
    activity = factories.ClientActivityFactory(subject="Kennismaking met Jansen")
    factories.QuoteFactory.create_batch(2, relation=activity.relation, activity=activity)
    factories.ActivityAttachmentFactory(activity=activity, name="verslag-jansen.pdf")
    factories.NoteFactory.create_batch(3, relation=activity.relation, activity=activity, text="Jansen belt terug")
    return activity


class TestDialog:
    def test_tells_in_true_numbers_what_goes_along(self, as_admin, activity):
        """R99"""
        answer = as_admin.get(address("activiteiten", activity))

        assert sorted(answer.context["along"]) == [("Bijlage", 1), ("Notities", 3), ("Offertes", 2)]
        assert "Weet u zeker dat u dit wilt verwijderen?" in answer.content.decode()

    def test_advises_to_keep(self, as_admin, activity):
        """R98"""
        assert "Bewaren is meestal beter." in as_admin.get(address("activiteiten", activity)).content.decode()

    def test_offers_to_move_an_activity_to_another_relation(self, as_admin, activity):
        """R102"""
        shown = as_admin.get(address("activiteiten", activity)).content.decode()

        assert reverse("relations:activity_moving", args=[activity.pk]) in shown

    def test_offers_entered_twice_and_wrong_activity_as_reasons(self, as_admin, activity):
        """R106"""
        form = as_admin.get(address("activiteiten", activity)).context["form"]

        assert [str(label) for _value, label in form.fields["reason"].choices] == [
            "Dubbel ingevoerd",
            "Verkeerde activiteit",
        ]

    def test_says_what_is_wrong_without_a_reason(self, as_admin, activity):
        """R106"""
        url = address("activiteiten", activity)

        answer = as_admin.post(url, {"expected": as_admin.get(url).context["expected"]})

        assert answer.status_code == 422
        assert "Kies een reden." in answer.content.decode()
        assert ClientActivity.objects.filter(pk=activity.pk).exists()

    def test_is_shown_again_when_something_was_hung_under_it_meanwhile(self, as_admin, activity):
        url = address("activiteiten", activity)
        expected = as_admin.get(url).context["expected"]
        factories.NoteFactory(relation=activity.relation, activity=activity)

        answer = as_admin.post(url, {"reason": "double", "expected": expected})

        assert answer.status_code == 409
        assert ("Notities", 4) in answer.context["along"]
        assert Note.objects.filter(activity=activity).count() == 4

    def test_takes_as_many_queries_with_thirty_notes_as_with_three(self, as_admin, activity):
        url = address("activiteiten", activity)
        as_admin.get(url)
        with CaptureQueriesContext(connection) as few:
            as_admin.get(url)
        factories.NoteFactory.create_batch(27, relation=activity.relation, activity=activity)

        with CaptureQueriesContext(connection) as many:
            as_admin.get(url)

        assert len(many) == len(few)


class TestActivity:
    def test_goes_with_its_quotes_attachments_and_notes(self, as_admin, activity):
        """R99, R105"""
        other = factories.NoteFactory(relation=activity.relation)

        answer = delete(as_admin, "activiteiten", activity)

        assert answer.url == reverse("relations:relation_tab", args=[activity.relation_id, "activiteiten"])
        left = [ClientActivity, Quote, ActivityAttachment, Note]
        assert [model.objects.count() for model in left] == [0, 0, 0, 1]
        assert Note.objects.get() == other

    def test_leaves_no_word_behind(self, as_admin, activity):
        """Not in the history either."""
        delete(as_admin, "activiteiten", activity)

        for model in (ClientActivity, Note, Quote):
            assert model.history.count() == 0

    def test_leaves_who_when_why_and_how_many(self, as_admin, admin, activity):
        delete(as_admin, "activiteiten", activity)

        left = Deletion.objects.get()
        assert (left.relation, left.by, left.reason) == (activity.relation, admin, "double")
        assert left.model == "relations.ClientActivity"
        assert left.counts == {"billing.Quote": 2, "relations.ActivityAttachment": 1, "relations.Note": 3}

    def test_is_told_among_the_changes_of_the_relation(self, as_admin, activity):
        delete(as_admin, "activiteiten", activity)

        told = history.changes(activity.relation.history.all(), activity.relation)[0]

        assert told.title == "Verwijderd: klantactiviteit"
        assert "Dubbel ingevoerd" in told.note
        assert "2 offertes" in told.note

    def test_takes_its_files_along(self, as_admin, activity, django_capture_on_commit_callbacks):
        file = activity.attachments.get().file
        with django_capture_on_commit_callbacks():
            delete(as_admin, "activiteiten", activity)

        files.remove_marked()

        assert not file.storage.exists(file.name)

    def test_leaves_what_another_relation_has_under_it(self, as_admin, activity):
        """A quote stays with the relation it was made for when its activity moved."""
        quote = factories.QuoteFactory(activity=activity)
        elsewhere = factories.NoteFactory(activity=activity)
        archive(elsewhere.relation, by=factories.EmployeeFactory())

        delete(as_admin, "activiteiten", activity)

        assert Quote.objects.get().pk == quote.pk
        assert Note.objects.get(pk=elsewhere.pk).activity is None

    def test_takes_as_many_statements_with_thirty_notes_as_with_three(self, admin, activity):
        assert admin.has_perm(DELETE_SMALL)  # asked for once
        large = factories.ClientActivityFactory()
        factories.QuoteFactory.create_batch(2, relation=large.relation, activity=large)
        factories.ActivityAttachmentFactory(activity=large)
        factories.NoteFactory.create_batch(30, relation=large.relation, activity=large)

        few, many = (self._statements(each, admin) for each in (activity, large))

        assert few == many

    @staticmethod
    def _statements(activity, by):
        expected = deleting.plan(ACTIVITY, activity.pk).fingerprint
        with CaptureQueriesContext(connection) as queries:
            deleting.delete(
                ACTIVITY, activity.pk, relation=activity.relation, reason="double", expected=expected, by=by
            )
        return len(queries)


class TestOtherThings:
    @pytest.mark.parametrize(
        ("key", "factory"),
        [
            ("notities", factories.NoteFactory),
            ("afspraken", factories.AppointmentFactory),
            ("berichten", factories.MessageFactory),
            ("contracten", factories.ContractFactory),
            ("rapporten", factories.ReportReferenceFactory),
            ("dossier", factories.DossierItemFactory),
            ("functies", factories.FunctionAssignmentFactory),
            ("contactpersonen", factories.ContactFactory),
            ("incasso-afspraken", factories.DirectDebitMandateFactory),
            ("toezeggingen", factories.PledgeFactory),
            ("prijsafspraken", factories.PriceAgreementFactory),
            ("abonnementen", factories.SubscriptionFactory),
        ],
    )
    def test_go_by_the_same_road(self, as_admin, key, factory):
        """R104"""
        row, other = factory(), factory()

        answer = delete(as_admin, key, row)

        assert answer.status_code == 302
        assert list(type(row).objects.all()) == [other]
        assert not type(row).history.filter(id=row.pk).exists()

    def test_a_price_agreement_takes_its_instalments_along(self, as_admin):
        """R99"""
        agreement = factories.InstalmentFactory().agreement
        factories.InstalmentFactory(agreement=agreement)

        along = as_admin.get(address("prijsafspraken", agreement)).context["along"]
        delete(as_admin, "prijsafspraken", agreement)

        assert along == [("Termijnen", 2)]
        assert not Instalment.objects.exists()
        assert not Instalment.history.exists()
        assert Deletion.objects.get().counts == {"billing.Instalment": 2}

    def test_a_link_is_told_at_both_relations(self, as_admin):
        link = factories.RelationLinkFactory()

        delete(as_admin, "koppelingen", link, relation=link.to_relation)

        assert {left.relation for left in Deletion.objects.all()} == {link.from_relation, link.to_relation}

    def test_a_link_stays_while_the_other_end_is_archived(self, as_admin):
        link = factories.RelationLinkFactory()
        url = address("koppelingen", link, relation=link.from_relation)
        expected = as_admin.get(url).context["expected"]
        archive(link.to_relation, by=factories.EmployeeFactory())

        answer = as_admin.post(url, {"reason": "double", "expected": expected})

        assert answer.status_code == 409
        assert type(link).objects.filter(pk=link.pk).exists()

    def test_a_contact_takes_along_the_person_who_is_contact_nowhere_else(self, as_admin):
        alone, elsewhere = factories.ContactFactory(), factories.ContactFactory()
        factories.ContactFactory(person=elsewhere.person)

        for contact in (alone, elsewhere):
            delete(as_admin, "contactpersonen", contact)

        assert list(Person.objects.all()) == [elsewhere.person]
        assert not Person.history.filter(id=alone.person_id).exists()
        assert Contact.objects.count() == 1

    def test_an_uploaded_document_takes_its_file_along(self, as_admin):
        item = factories.UploadedDossierItemFactory()

        delete(as_admin, "dossier", item)
        files.remove_marked()

        assert not item.file.storage.exists(item.file.name)

    def test_a_document_is_not_deleted_from_the_page_of_its_owner(self, as_admin):
        item = factories.DossierItemFactory(owner=factories.RelationFactory())

        assert as_admin.get(address("dossier", item, relation=item.owner)).status_code == 404
        assert DossierItem.objects.filter(pk=item.pk).exists()

    def test_nothing_has_anything_under_what_hangs_under_it(self):
        """Otherwise deleting would leave rows that point at nothing."""
        for kind in deletable.kinds():
            for policy, _rows in deleting._under(kind.model, 0):
                assert list(deleting._under(policy.model, 0)) == []


class TestRight:
    def test_is_for_administrators_and_others_are_told_whom_to_ask(self, as_employee, admin, activity):
        """R103"""
        answer = as_employee.get(address("activiteiten", activity))

        assert answer.status_code == 403
        assert "Alleen een beheerder mag verwijderen" in answer.content.decode()
        assert admin.name in answer.content.decode()

    def test_is_asked_again_when_it_is_confirmed(self, as_employee, activity):
        """R103"""
        expected = deleting.plan(ACTIVITY, activity.pk).fingerprint

        answer = as_employee.post(address("activiteiten", activity), {"reason": "double", "expected": expected})

        assert answer.status_code == 403
        assert ClientActivity.objects.filter(pk=activity.pk).exists()


class TestRefused:
    @pytest.mark.parametrize(
        ("key", "make", "change", "said"),
        [
            (
                "prijsafspraken",
                lambda: factories.InstalmentFactory().agreement,
                lambda row: row.instalments.update(
                    invoice_line=factories.InvoiceLineFactory(invoice__relation=row.relation)
                ),
                "gefactureerd",
            ),
            (
                "abonnementen",
                factories.SubscriptionFactory,
                lambda row: type(row).objects.update(database="db1", contractant="c1"),
                "gekoppeld",
            ),
        ],
    )
    def test_while_something_hangs_on_it(self, as_admin, key, make, change, said):
        """R103, R106: when one comes to the page, and when it came to be while the page was open."""
        row = make()
        url = address(key, row)
        expected = as_admin.get(url).context["expected"]
        change(row)

        answers = [as_admin.get(url), as_admin.post(url, {"reason": "double", "expected": expected})]

        assert [answer.status_code for answer in answers] == [409, 409]
        assert all(said in answer.content.decode() for answer in answers)
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_by_the_same_rule_in_the_act_itself(self, admin):
        subscription = factories.SubscriptionFactory(database="db1", contractant="c1")
        kind = deletable.named("abonnementen")
        expected = deleting.plan(kind, subscription.pk).fingerprint

        with pytest.raises(deleting.Refusal, match="contractant"):
            deleting.delete(
                kind, subscription.pk, relation=subscription.relation, reason="double", expected=expected, by=admin
            )

    def test_at_an_archived_relation(self, as_admin, activity):
        url = address("activiteiten", activity)
        expected = as_admin.get(url).context["expected"]
        archive(activity.relation, by=factories.EmployeeFactory())

        answers = [as_admin.get(url), as_admin.post(url, {"reason": "double", "expected": expected})]

        assert [answer.status_code for answer in answers] == [409, 409]
        assert ClientActivity.objects.filter(pk=activity.pk).exists()

    def test_when_it_was_moved_or_deleted_meanwhile(self, admin, activity):
        relation = activity.relation
        expected = deleting.plan(ACTIVITY, activity.pk).fingerprint
        ClientActivity.objects.filter(pk=activity.pk).update(relation=factories.RelationFactory())

        with pytest.raises(deleting.Refusal, match="verplaatst"):
            deleting.delete(ACTIVITY, activity.pk, relation=relation, reason="double", expected=expected, by=admin)

        assert ClientActivity.objects.filter(pk=activity.pk).exists()

    def test_for_another_reason(self, admin, activity):
        """R106"""
        expected = deleting.plan(ACTIVITY, activity.pk).fingerprint

        with pytest.raises(deleting.Refusal):
            deleting.delete(
                ACTIVITY, activity.pk, relation=activity.relation, reason="mistake", expected=expected, by=admin
            )

    def test_for_what_is_no_kind_or_not_of_this_relation(self, as_admin, activity):
        other = factories.RelationFactory()

        assert as_admin.get(address("activiteiten", activity, relation=other)).status_code == 404
        assert as_admin.get(address("facturen", activity)).status_code == 404


class TestMenu:
    @pytest.fixture
    def shown(self, as_employee, activity):
        return as_employee.get(reverse("relations:relation_tab", args=[activity.relation_id, "activiteiten"]))

    def test_stands_beside_each_activity(self, shown, activity):
        """R105"""
        assert address("activiteiten", activity) in shown.content.decode()

    def test_stands_at_the_top_of_an_activity_and_of_a_relation(self, as_employee, activity):
        """R104"""
        pages = [
            as_employee.get(reverse("relations:activity", args=[activity.pk])).content.decode(),
            as_employee.get(activity.relation.get_absolute_url()).content.decode(),
        ]

        assert address("activiteiten", activity) in pages[0]
        assert reverse("relations:relation_deletion", args=[activity.relation_id]) in pages[1]

    def test_is_not_there_at_an_archived_relation(self, as_employee, activity):
        archive(activity.relation, by=factories.EmployeeFactory())

        for url in (
            reverse("relations:activity", args=[activity.pk]),
            reverse("relations:relation_tab", args=[activity.relation_id, "activiteiten"]),
        ):
            assert "verwijdering" not in as_employee.get(url).content.decode()

"""Accounts of one relation, as the office manages them (R81-R85)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portals.models import AccountState, AccountType, MailKind, MailSender, OutgoingMail, PortalAccount
from relations.models import Relation
from tests.archiving.acting import archive
from tests.factories import (
    AccountTypeFactory,
    MailSenderFactory,
    OutgoingMailFactory,
    PortalAccountFactory,
    RelationFactory,
)

pytestmark = pytest.mark.django_db
SENDER = {"sender_name": "Kantoor De Wit", "sender_address": "info@kantoor.example"}


def page_of(relation):
    return reverse("portals:relation_accounts", args=[relation.pk])


def act(name, account):
    return reverse(f"portals:account_{name}", args=[account.pk])


@pytest.fixture
def new():
    return {"email": "clara@bakkerij.example", "name": "Clara", "account_type": AccountTypeFactory().pk}


class TestCreating:
    def test_makes_an_account_of_a_type_and_invites(self, as_employee, employee, new):
        """R81"""
        MailSenderFactory()
        relation = RelationFactory()

        as_employee.post(page_of(relation), new)

        account = relation.portal_accounts.get()
        assert (account.email, account.state, account.account_type_id) == (
            "clara@bakkerij.example",
            AccountState.INVITED,
            new["account_type"],
        )
        assert list(account.mails.values_list("kind", "by")) == [(MailKind.INVITATION, employee.pk)]
        assert account.history.get().history_user == employee

    def test_proposes_the_address_of_the_relation(self, as_employee):
        relation = RelationFactory(email="info@bakkerij.example")

        assert 'value="info@bakkerij.example"' in as_employee.get(page_of(relation)).content.decode()

    @pytest.mark.parametrize(
        "wrong", [{"email": "geen adres"}, {"email": ""}, {"name": "\u200b"}, {"account_type": "0"}]
    )
    def test_filled_in_wrongly_shows_the_error(self, as_employee, new, wrong):
        MailSenderFactory()

        answer = as_employee.post(page_of(RelationFactory()), new | wrong)

        assert answer.status_code == 422
        assert not PortalAccount.objects.exists()

    @pytest.mark.parametrize("typed", ["clara@bakkerij.example", "Clara@Bakkerij.example"])
    def test_refuses_an_address_that_has_an_account(self, as_employee, new, typed):
        MailSenderFactory()
        PortalAccountFactory(email="clara@bakkerij.example")

        answer = as_employee.post(page_of(RelationFactory()), new | {"email": typed})

        assert answer.status_code == 422
        assert PortalAccount.objects.count() == 1

    def test_is_refused_for_an_archived_relation(self, as_employee, employee, new):
        relation = RelationFactory()
        archive(relation, by=employee)

        page, answer = as_employee.get(page_of(relation)), as_employee.post(page_of(relation), new | SENDER)

        assert page.context["form"] is None
        assert answer.status_code == 409
        assert not PortalAccount.objects.exists()


class TestTheSender:
    def test_is_asked_the_first_time_and_kept(self, as_employee, employee, new):
        """R82: the first time the sender data is filled in"""
        relation = RelationFactory()

        refused = as_employee.post(page_of(relation), new)
        as_employee.post(page_of(relation), new | SENDER)
        later = as_employee.get(page_of(relation)).content.decode()

        assert "sender_name" in refused.context["form"].errors
        sender = MailSender.objects.get()
        assert (sender.name, sender.address, sender.by) == ("Kantoor De Wit", "info@kantoor.example", employee)
        assert "sender_name" not in later

    def test_is_changed_under_administration(self, as_employee):
        """R82: what was sent before keeps its sender on record"""
        MailSenderFactory()

        as_employee.post(reverse("portals:mail"), SENDER | {"sender_name": "De Wit & Partners"})

        assert MailSender.objects.current().name == "De Wit & Partners"
        assert MailSender.objects.count() == 2

    def test_is_not_changed_to_something_that_is_no_address(self, as_employee):
        answer = as_employee.post(reverse("portals:mail"), SENDER | {"sender_address": "kantoor"})

        assert answer.status_code == 422
        assert not MailSender.objects.exists()


class TestResetting:
    def test_mails_a_link_and_leaves_the_password(self, as_employee):
        """R82"""
        MailSenderFactory()
        account = PortalAccountFactory(active=True)

        as_employee.post(act("link", account))

        assert account.mails.get().kind == MailKind.RESET
        assert PortalAccount.objects.get().password == account.password

    def test_invites_once_more_who_has_no_password_yet(self, as_employee):
        MailSenderFactory()
        account = PortalAccountFactory()

        as_employee.post(act("link", account))

        assert account.mails.get().kind == MailKind.INVITATION

    def test_asks_for_the_sender_first(self, as_employee):
        """R82"""
        account = PortalAccountFactory(active=True)

        refused = as_employee.post(act("link", account))
        as_employee.post(act("link", account), SENDER)

        assert refused.status_code == 422
        assert MailSender.objects.exists()
        assert account.mails.count() == 1

    def test_is_refused_for_a_blocked_account(self, as_employee):
        MailSenderFactory()

        answer = as_employee.post(act("link", PortalAccountFactory(blocked=True)))

        assert answer.status_code == 409
        assert not OutgoingMail.objects.exists()


class TestDeleting:
    def test_takes_the_account_and_leaves_the_relation(self, as_employee):
        """R83"""
        account = PortalAccountFactory()
        OutgoingMailFactory(account=account)

        as_employee.post(act("delete", account))

        assert not PortalAccount.objects.exists()
        assert not OutgoingMail.objects.exists()
        assert Relation.objects.active().get() == account.relation

    def test_frees_the_address_for_another_relation(self, as_employee, new):
        """R83"""
        MailSenderFactory()
        account, other = PortalAccountFactory(email=new["email"]), RelationFactory()

        as_employee.post(act("delete", account))
        as_employee.post(page_of(other), new)

        assert PortalAccount.objects.get().relation == other

    def test_asks_first(self, as_employee):
        account = PortalAccountFactory()

        page = as_employee.get(act("delete", account))

        assert account.email in page.content.decode()
        assert PortalAccount.objects.exists()


class TestBlocking:
    def test_keeps_the_message_who_and_when(self, as_employee, employee):
        """R84"""
        account = PortalAccountFactory(active=True)

        as_employee.post(act("block", account), {"message": "Bel ons over de facturen."})

        account.refresh_from_db()
        assert (account.state, account.block_message) == (AccountState.BLOCKED, "Bel ons over de facturen.")
        assert (account.blocked_by, account.blocked_at is None) == (employee, False)
        assert account.history.first().history_user == employee

    def test_asks_for_a_message(self, as_employee):
        account = PortalAccountFactory(active=True)

        answer = as_employee.post(act("block", account), {"message": " "})

        assert answer.status_code == 422
        assert not PortalAccount.objects.blocked().exists()

    @pytest.mark.parametrize(("password", "state"), [("hash", AccountState.ACTIVE), ("", AccountState.INVITED)])
    def test_is_lifted_to_what_it_was(self, as_employee, password, state):
        """R84"""
        account = PortalAccountFactory(blocked=True, password=password)

        as_employee.post(act("unblock", account))

        account.refresh_from_db()
        assert (account.state, account.block_message, account.blocked_by) == (state, "", None)

    def test_cannot_be_lifted_twice(self, as_employee):
        assert as_employee.post(act("unblock", PortalAccountFactory(active=True))).status_code == 409


class TestAnArchivedRelation:
    @pytest.mark.parametrize("name", ["link", "block", "unblock", "delete"])
    def test_keeps_its_accounts_as_they_are(self, as_employee, employee, name):
        account = PortalAccountFactory(blocked=name == "unblock")
        archive(account.relation, by=employee)

        answer = as_employee.post(act(name, account), SENDER | {"message": "Bel ons."})

        assert answer.status_code == 409
        assert PortalAccount.objects.get().state == account.state


class TestThePage:
    def test_tells_of_each_account_its_last_mail(self, as_employee):
        account = PortalAccountFactory()
        OutgoingMailFactory(account=account, state="sent")
        OutgoingMailFactory(account=account, state="failed", reason="MAIL_REFUSED")

        page = as_employee.get(page_of(account.relation))

        [shown] = page.context["accounts"]
        assert shown.last_mail.reason == "MAIL_REFUSED"
        assert "de mailserver weigerde de e-mail" in page.content.decode()

    def test_takes_the_same_number_of_queries_for_many(self, as_employee):
        counts = []
        for size in (3, 30):
            relation = RelationFactory()
            for account in PortalAccountFactory.create_batch(
                size, relation=relation, account_type=AccountTypeFactory()
            ):
                OutgoingMailFactory(account=account)
            with CaptureQueriesContext(connection) as queries:
                as_employee.get(page_of(relation))
            counts.append(len(queries))

        assert counts[0] == counts[1]

    @pytest.mark.parametrize("word", ["bulkbewerking", "Archiveert u de relatie", "dezelfde klant er twee keer in"])
    def test_leads_to_what_is_near_to_it(self, as_employee, word):
        """R85: bulk edit, archive and delete, dedupe"""
        page = as_employee.get(page_of(RelationFactory())).content.decode()

        assert word in page
        assert reverse("relations:relation_list") in page


class TestAccountTypes:
    URL = "/beheer/accounttypen/"

    def test_are_added_by_the_office_itself(self, as_admin):
        """R81: types are set up per organisation"""
        as_admin.post(self.URL, {"name": "Klant met salaris"})

        assert AccountType.objects.get().name == "Klant met salaris"

    @pytest.mark.parametrize("name", ["", "\u200b", "Adviseur"])
    def test_have_a_name_of_their_own(self, as_admin, name):
        AccountTypeFactory(name="Adviseur")

        assert as_admin.post(self.URL, {"name": name}).status_code == 422
        assert AccountType.objects.count() == 1

    def test_are_renamed_with_their_accounts(self, as_admin):
        account = PortalAccountFactory(account_type=AccountTypeFactory())

        url = f"{self.URL}{account.account_type_id}/"
        seen = as_admin.get(url).context["form"]["seen"].value()

        as_admin.post(url, {"name": "Adviseur", "seen": seen})
        stale = as_admin.post(url, {"name": "Klant", "seen": seen})

        account.refresh_from_db()
        assert str(account.account_type) == "Adviseur"
        assert stale.status_code == 409

    def test_are_deleted_only_without_accounts(self, as_admin):
        used, unused = PortalAccountFactory(account_type=AccountTypeFactory()).account_type, AccountTypeFactory()

        refused = as_admin.post(f"{self.URL}{used.pk}/verwijdering/")
        as_admin.post(f"{self.URL}{unused.pk}/verwijdering/")

        assert refused.status_code == 409
        assert AccountType.objects.get() == used

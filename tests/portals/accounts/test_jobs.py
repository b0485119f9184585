"""Accounts of many relations at once: what will happen in true numbers, and exactly that (R81-R84)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm.jobs import freezing, recording, running, steering
from crm.jobs.models import ItemState, JobState
from portals.accounts import jobs as account_jobs
from portals.models import AccountState, MailKind, MailSender, MailState, OutgoingMail, PortalAccount
from relations.models import Relation
from tests.archiving.acting import archive
from tests.factories import AccountTypeFactory, MailSenderFactory, PortalAccountFactory, RelationFactory

pytestmark = pytest.mark.django_db
MESSAGE = {"message": "Bel ons over de facturen."}


def frozen(by, *relations):
    rows = Relation.objects.filter(pk__in=[relation.pk for relation in relations]) if relations else Relation.objects
    return freezing.freeze(rows.all(), by=by)


def preview(client, name, job, answers=None):
    return client.post(reverse(f"portals:{name}", args=[job.pk]), {"step": "preview", **(answers or {})})


def run(client, name, job, answers=None):
    """Preview, confirm; the job with its outcomes."""
    shown = preview(client, name, job, answers)
    assert shown.status_code == 200, shown.content.decode()
    body = {"step": "confirm", "expected": shown.context["plan"].fingerprint, "seen": shown.context["seen"]}
    answer = client.post(reverse(f"portals:{name}", args=[job.pk]), body | (answers or {}))
    assert answer.status_code == 302, answer.content.decode()
    job.refresh_from_db()
    return job


def outcomes(job):
    """{relation id: (state, reason)}"""
    return {item.target_id: (item.state, item.reason) for item in job.items.all()}


@pytest.fixture
def answers():
    return {"account_type": AccountTypeFactory().pk}


@pytest.fixture(autouse=True)
def sender():
    return MailSenderFactory()


class TestCreating:
    def test_gives_every_relation_with_an_address_an_account(self, as_employee, employee, answers):
        """R81: account for every relation in the list; e-mail to log in; choose account type"""
        relations = RelationFactory.create_batch(3)

        job = run(as_employee, "create_accounts", frozen(employee), answers)

        assert (job.state, job.done) == (JobState.DONE, 3)
        made = {account.relation: account for account in PortalAccount.objects.select_related("relation")}
        assert set(made) == set(relations)
        assert all(account.email == relation.email for relation, account in made.items())
        assert {account.account_type_id for account in made.values()} == {answers["account_type"]}
        assert OutgoingMail.objects.filter(kind=MailKind.INVITATION, job=job, by=employee).count() == 3

    def test_leaves_out_with_a_reason(self, as_employee, employee, answers):
        """R81: what is left out is told before and after, with why"""
        without = RelationFactory(email="")
        taken = RelationFactory(email="Bezet@bakkerij.example")
        PortalAccountFactory(email="bezet@bakkerij.example")
        has = PortalAccountFactory().relation
        Relation.objects.filter(pk=has.pk).update(email=has.portal_accounts.get().email.upper())
        first, second = (
            RelationFactory(email="dubbel@bakkerij.example"),
            RelationFactory(email="Dubbel@bakkerij.example"),
        )
        gone = RelationFactory()
        archive(gone, by=employee)
        job = frozen(employee, without, taken, has, first, second, gone)

        shown = preview(as_employee, "create_accounts", job, answers)
        job = run(as_employee, "create_accounts", job, answers)

        assert shown.context["plan"].counts == {
            "": 1,
            "NO_EMAIL": 1,
            "EMAIL_TAKEN": 1,
            "HAS_ACCOUNT": 1,
            "EMAIL_TWICE": 1,
            "ARCHIVED": 1,
        }
        assert outcomes(job) == {
            without.pk: (ItemState.SKIPPED, "NO_EMAIL"),
            taken.pk: (ItemState.SKIPPED, "EMAIL_TAKEN"),
            has.pk: (ItemState.UNCHANGED, "HAS_ACCOUNT"),
            first.pk: (ItemState.DONE, ""),
            second.pk: (ItemState.SKIPPED, "EMAIL_TWICE"),
            gone.pk: (ItemState.SKIPPED, "ARCHIVED"),
        }

    def test_skips_what_came_in_between(self, employee, answers):
        """Between confirming and running: an account with the address, an archived relation, an emptied address."""
        taken, gone, emptied, fine = RelationFactory.create_batch(4)
        job = confirmed(frozen(employee), "create_accounts", answers)
        PortalAccountFactory(email=taken.email)
        archive(gone, by=employee)
        Relation.objects.filter(pk=emptied.pk).update(email="")

        running.run(job.pk)

        assert outcomes(job) == {
            taken.pk: (ItemState.SKIPPED, "EMAIL_TAKEN"),
            gone.pk: (ItemState.SKIPPED, "ARCHIVED"),
            emptied.pk: (ItemState.SKIPPED, "NO_EMAIL"),
            fine.pk: (ItemState.DONE, ""),
        }

    def test_asks_for_the_sender_and_keeps_it_when_confirmed(self, as_employee, employee, answers, sender):
        """R82"""
        sender.delete()
        RelationFactory()
        job = frozen(employee)
        told = answers | {"sender_name": "Kantoor", "sender_address": "info@kantoor.example"}

        refused = preview(as_employee, "create_accounts", job, answers)
        preview(as_employee, "create_accounts", job, told)
        before = MailSender.objects.exists()
        run(as_employee, "create_accounts", job, told)

        assert refused.status_code == 422
        assert not before
        assert MailSender.objects.get().name == "Kantoor"

    def test_does_nothing_when_something_changed_since_it_was_shown(self, as_employee, employee, answers):
        """B2"""
        relation = RelationFactory()
        job = frozen(employee)
        shown = preview(as_employee, "create_accounts", job, answers)
        PortalAccountFactory(email=relation.email)

        body = {"step": "confirm", "expected": shown.context["plan"].fingerprint, "seen": shown.context["seen"]}
        answer = as_employee.post(reverse("portals:create_accounts", args=[job.pk]), body | answers)

        assert answer.status_code == 409
        assert PortalAccount.objects.count() == 1

    def test_tried_again_mails_whose_mail_failed_and_makes_no_second_account(self, as_employee, employee, answers):
        RelationFactory.create_batch(2)
        job = run(as_employee, "create_accounts", frozen(employee), answers)
        mail = OutgoingMail.objects.earliest("pk")
        OutgoingMail.objects.update(state=MailState.SENT)
        OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.FAILED)
        recording.overturn(job.pk, {mail.account.relation_id: "MAIL_REFUSED"})
        job.refresh_from_db()

        steering.retry(job, by=employee)

        job.refresh_from_db()
        assert (job.done, job.failed) == (2, 0)
        assert PortalAccount.objects.count() == 2
        assert mail.account.mails.filter(state=MailState.WAITING).count() == 1

    def test_takes_the_same_number_of_queries_for_many(self, employee, answers):
        counts = []
        for size in (3, 30):
            relations = RelationFactory.create_batch(size)
            job = confirmed(frozen(employee, *relations), "create_accounts", answers)
            items = list(job.items.select_related("target"))
            with CaptureQueriesContext(connection) as queries:
                account_jobs.create(job, items)
            counts.append(len(queries))

        assert counts[0] == counts[1]


def confirmed(job, operation, parameters):
    job.operation, job.parameters, job.state = operation, parameters, JobState.QUEUED
    job.confirmed_at = job.created_at
    job.save()
    return job


class TestResetting:
    def test_mails_every_account_that_is_not_blocked(self, as_employee, employee):
        """R82: mail to all"""
        relation = RelationFactory()
        PortalAccountFactory.create_batch(2, relation=relation, active=True)
        blocked = PortalAccountFactory(blocked=True)
        nobody = RelationFactory()

        job = run(as_employee, "reset_passwords", frozen(employee))

        assert outcomes(job) == {
            relation.pk: (ItemState.DONE, ""),
            blocked.relation_id: (ItemState.SKIPPED, "ALL_BLOCKED"),
            nobody.pk: (ItemState.SKIPPED, "NO_ACCOUNT"),
        }
        assert OutgoingMail.objects.filter(account__relation=relation, kind=MailKind.RESET).count() == 2
        assert OutgoingMail.objects.count() == 2

    def test_sends_none_beside_one_that_waits_for_another_job(self, as_employee, employee):
        """Whether that one arrives is told by the job that asked for it, and by no other."""
        account = PortalAccountFactory(active=True)
        run(as_employee, "reset_passwords", frozen(employee))

        again = run(as_employee, "reset_passwords", frozen(employee))

        assert outcomes(again) == {account.relation_id: (ItemState.UNCHANGED, "MAIL_WAITS")}
        assert OutgoingMail.objects.count() == 1

    def test_says_how_many_mails_go(self, as_employee, employee):
        PortalAccountFactory.create_batch(3, active=True)

        page = preview(as_employee, "reset_passwords", frozen(employee)).content.decode()

        assert "<strong>3</strong> accounts" in page
        assert "3 relaties mailen" in page


class TestDeleting:
    def test_takes_all_accounts_and_no_relation(self, as_employee, employee):
        """R83"""
        relation = RelationFactory()
        PortalAccountFactory.create_batch(2, relation=relation)
        nobody = RelationFactory()

        job = run(as_employee, "delete_accounts", frozen(employee))

        assert outcomes(job) == {relation.pk: (ItemState.DONE, ""), nobody.pk: (ItemState.SKIPPED, "NO_ACCOUNT")}
        assert not PortalAccount.objects.exists()
        assert Relation.objects.active().count() == 2

    def test_is_in_the_change_history(self, as_employee, employee):
        PortalAccountFactory()

        run(as_employee, "delete_accounts", frozen(employee))

        last = PortalAccount.history.first()
        assert (last.history_type, last.history_user) == ("-", employee)


class TestBlocking:
    def test_blocks_all_with_the_message(self, as_employee, employee):
        """R84"""
        open_one, blocked = PortalAccountFactory(active=True), PortalAccountFactory(blocked=True)

        job = run(as_employee, "block_accounts", frozen(employee), MESSAGE)

        assert outcomes(job) == {
            open_one.relation_id: (ItemState.DONE, ""),
            blocked.relation_id: (ItemState.UNCHANGED, "ALREADY_BLOCKED"),
        }
        open_one.refresh_from_db()
        assert (open_one.state, open_one.block_message) == (AccountState.BLOCKED, MESSAGE["message"])
        assert PortalAccount.objects.get(pk=blocked.pk).block_message == blocked.block_message

    def test_asks_for_the_message(self, as_employee, employee):
        PortalAccountFactory()

        assert preview(as_employee, "block_accounts", frozen(employee), {"message": ""}).status_code == 422

    def test_is_lifted_for_all(self, as_employee, employee):
        """R84"""
        blocked, free = PortalAccountFactory(blocked=True), PortalAccountFactory(active=True)

        job = run(as_employee, "unblock_accounts", frozen(employee))

        assert outcomes(job)[free.relation_id] == (ItemState.UNCHANGED, "NOT_BLOCKED")
        blocked.refresh_from_db()
        assert (blocked.state, blocked.block_message) == (AccountState.ACTIVE, "")


class TestTheMenu:
    def test_offers_all_five(self, as_employee, employee):
        """R81-R84"""
        RelationFactory()
        job = frozen(employee)

        page = as_employee.get(reverse("relations:bulk_menu", args=[job.pk])).content.decode()

        for name in ("create_accounts", "reset_passwords", "delete_accounts", "block_accounts", "unblock_accounts"):
            assert reverse(f"portals:{name}", args=[job.pk]) in page

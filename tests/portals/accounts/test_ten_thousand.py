"""Accounts of 10,000 relations with a mail server that is slow and keeps failing (R81-R84): all is done in set-based
chunks, every mail goes at most once, and each that cannot go is told at its own row."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.jobs import freezing, running
from crm.jobs.models import ItemState, JobState
from portals.mailing import sending
from portals.models import AccountState, MailState, OutgoingMail, PortalAccount
from relations.models import Relation
from tests.factories import AccountTypeFactory, EmployeeFactory, MailSenderFactory, PortalAccountFactory
from tests.smtp import SmtpServer, mailers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 10_000
SLOW = 0.005  # seconds a mail: a hundredth of what a tired server takes


def unwilling(address, times):
    """Of a thousand addresses ten do not exist, ten are put off once, one makes the server hang up once."""
    number = int(address.split("@")[0].removeprefix("klant")) % 1000
    if number < 10:
        return "550 no such user"
    if number < 20 and times == 1:
        return "451 try later"
    return "hang up" if number == 20 and times == 1 else ""


@pytest.fixture
def relations():
    Relation.objects.bulk_create(
        Relation(number=f"T{n}", name=f"Klant {n}", email=f"klant{n}@post.example") for n in range(MANY)
    )
    return Relation.objects.all()


@pytest.fixture
def job(relations):
    return job_of(relations, "create_accounts", account_type=AccountTypeFactory().pk)


@pytest.fixture
def accounts(relations):
    """One for each, that signs in."""
    kept = PortalAccountFactory.build(active=True, account_type=AccountTypeFactory())
    shared = {"account_type": kept.account_type, "state": kept.state, "password": kept.password}
    return PortalAccount.objects.bulk_create(
        PortalAccount(relation=relation, email=relation.email, **shared) for relation in relations
    )


def job_of(relations, operation, **parameters):
    by = EmployeeFactory()
    MailSenderFactory(by=by)
    job = freezing.freeze(relations, by=by, operation=operation)
    job.parameters, job.state, job.confirmed_at = parameters, JobState.QUEUED, timezone.now()
    job.save()
    return job


def run_counted(job):
    """The job at its end; a number of queries that does not go with the number of relations."""
    with CaptureQueriesContext(connection) as queries:
        running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, MANY)
    assert len(queries) < MANY / 10  # about 20 a chunk, whatever its size


def send_everything():
    """Run after run, as the clock does, until nothing waits."""
    for _ in range(20):
        while sending.deliver():
            pass
        if not OutgoingMail.objects.filter(state=MailState.WAITING).exists():
            return
        OutgoingMail.objects.update(due_at=timezone.now() - timedelta(seconds=1))


class TestTenThousandAccounts:
    def test_are_made_in_chunks_and_mailed_at_most_once(self, job, settings):
        run_counted(job)
        assert PortalAccount.objects.count() == MANY
        assert_mailed_at_most_once(job, settings)

    def test_are_sent_a_link_for_a_new_password_in_the_same_way(self, relations, accounts, settings):
        """R82"""
        job = job_of(relations, "reset_passwords")

        run_counted(job)
        assert_mailed_at_most_once(job, settings)

    @pytest.mark.parametrize(
        ("operation", "left"),
        [("block_accounts", {AccountState.BLOCKED}), ("delete_accounts", set())],
        ids=["R84", "R83"],
    )
    def test_are_blocked_or_deleted_in_chunks(self, relations, accounts, operation, left):
        run_counted(job_of(relations, operation, message="Even geduld"))

        assert set(PortalAccount.objects.values_list("state", flat=True)) == left

    def test_are_unblocked_in_chunks(self, relations, accounts):
        """R84"""
        run_counted(job_of(relations, "block_accounts", message="Even geduld"))

        run_counted(job_of(relations, "unblock_accounts"))

        assert not PortalAccount.objects.blocked().exists()


def assert_mailed_at_most_once(job, settings):
    assert OutgoingMail.objects.count() == MANY
    with SmtpServer(unwilling, delay=SLOW) as server:
        settings.MAILERS = mailers(server.port)
        send_everything()

    refused = MANY // 100
    job.refresh_from_db()
    assert (job.done, job.failed) == (MANY - refused, refused)
    assert job.items.filter(state=ItemState.FAILED, reason="MAIL_REFUSED").count() == refused
    assert len(server.addresses) == len(set(server.addresses)) == MANY - refused
    assert OutgoingMail.objects.filter(state=MailState.SENT).count() == MANY - refused
    assert server.most_connections <= settings.MAIL_CONNECTIONS + 1  # one may still be hanging up

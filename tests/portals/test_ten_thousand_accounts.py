"""Accounts for 10,000 relations with a mail server that is slow and keeps failing (R81): every relation gets its
account in set-based chunks, every mail goes at most once, and each that cannot go is told at its own row."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.jobs import freezing, running
from crm.jobs.models import ItemState, JobState
from portals.mailing import sending
from portals.models import MailState, OutgoingMail, PortalAccount
from relations.models import Relation
from tests.factories import AccountTypeFactory, EmployeeFactory, MailSenderFactory
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
def job():
    by = EmployeeFactory()
    MailSenderFactory(by=by)
    Relation.objects.bulk_create(
        Relation(number=f"T{n}", name=f"Klant {n}", email=f"klant{n}@post.example") for n in range(MANY)
    )
    job = freezing.freeze(Relation.objects.all(), by=by, operation="create_accounts")
    job.parameters, job.state = {"account_type": AccountTypeFactory().pk}, JobState.QUEUED
    job.confirmed_at = timezone.now()
    job.save()
    return job


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
        with CaptureQueriesContext(connection) as queries:
            running.run(job.pk)
        made = len(queries)

        job.refresh_from_db()
        assert (job.state, job.done) == (JobState.DONE, MANY)
        assert PortalAccount.objects.count() == OutgoingMail.objects.count() == MANY
        assert made < MANY / 10  # about 20 a chunk, whatever its size

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

"""Mail to customers through a real mail server: at most once, whatever that server does (R81, R82)."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from crm.jobs import freezing, telling
from crm.jobs.models import ItemState, JobState
from portals import tokens
from portals.mailing import claiming, outbox, sending
from portals.models import MailState, OutgoingMail
from relations.models import Relation
from tests.archiving.acting import archive
from tests.factories import MailSenderFactory, OutgoingMailFactory, PortalAccountFactory, RelationFactory
from tests.smtp import SmtpServer, mailers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sender():
    return MailSenderFactory()


@pytest.fixture
def serve(settings):
    """Starts a server that the site sends its mail to."""
    servers = []

    def start(**options):
        server = SmtpServer(**options).__enter__()
        servers.append(server)
        settings.MAILERS = mailers(server.port)
        return server

    yield start
    for server in servers:
        server.__exit__()


def states():
    return sorted(OutgoingMail.objects.values_list("state", "reason"))


def let_time_pass(**delta):
    """As if the mails were asked for so long ago."""
    for mail in OutgoingMail.objects.all():
        mail.due_at -= timedelta(**delta)
        mail.created_at -= timedelta(**delta)
        mail.save()


class TestAMail:
    def test_comes_from_the_office_and_holds_the_link(self, serve, settings):
        """R82: under the name and address that the office filled in"""
        settings.SITE_URL = "https://crm.example"
        server, mail = serve(), OutgoingMailFactory(account__name="Clara")

        sending.deliver()

        [sent] = server.mails
        text = sent.get_content()
        token = text.split("https://crm.example/portaal/wachtwoord/")[1].split("/")[0]
        assert sent["From"] == "Kantoor De Wit <info@kantoor.example>"
        assert sent["To"] == mail.account.email
        assert "Beste Clara" in text
        assert tokens.account_of(token) == mail.account
        assert states() == [(MailState.SENT, "")]

    def test_is_sent_once_however_often_one_looks(self, serve):
        server = serve()
        OutgoingMailFactory()

        for _ in range(3):
            sending.deliver()

        assert len(server.mails) == 1

    def test_is_not_asked_for_twice_while_one_waits(self):
        account = PortalAccountFactory()

        assert [outbox.put([account.pk]), outbox.put([account.pk])] == [1, 0]

    def test_goes_when_the_transaction_that_asked_for_it_is_done(self, serve, django_capture_on_commit_callbacks):
        server, account = serve(), PortalAccountFactory()

        with django_capture_on_commit_callbacks(execute=True):
            outbox.put([account.pk])
            assert not server.mails

        assert server.addresses == [account.email]

    def test_to_an_account_that_was_blocked_meanwhile_stays_here(self, serve):
        server = serve()
        OutgoingMailFactory(account__blocked=True)

        sending.deliver()

        assert not server.mails
        assert states() == [(MailState.FAILED, "MAIL_CLOSED")]

    def test_to_a_relation_that_was_archived_meanwhile_stays_here(self, serve, admin):
        server, mail = serve(), OutgoingMailFactory()
        archive(mail.account.relation, by=admin)

        sending.deliver()

        assert not server.mails
        assert states() == [(MailState.FAILED, "MAIL_CLOSED")]

    def test_stands_in_the_outbox_without_address_or_name(self, serve):
        serve(answer=lambda address, times: "550 unknown")
        mail = OutgoingMailFactory(account__name="Clara")

        sending.deliver()

        row = str(OutgoingMail.objects.values().get())
        assert mail.account.email not in row
        assert "Clara" not in row


class TestABrokenAddress:
    def test_never_stops_the_rest(self, serve):
        """R81: one broken address never stops the rest"""
        server = serve(answer=lambda address, times: "550 unknown" if address.startswith("weg") else "")
        OutgoingMailFactory(account__email="weg@klant.example")
        OutgoingMailFactory(account__email="\u00e9l\u00e9@klant.example")  # not allowed before the @
        OutgoingMailFactory.create_batch(10)

        sending.deliver()

        assert len(server.mails) == 10
        assert states()[:2] == [(MailState.FAILED, "MAIL_ADDRESS"), (MailState.FAILED, "MAIL_REFUSED")]

    def test_becomes_the_outcome_of_its_row(self, serve, employee):
        """R81: reported as that row's outcome"""
        serve(answer=lambda address, times: "550 unknown" if address.startswith("weg") else "")
        job = done_job(employee, addresses=["weg@klant.example", "er@klant.example"])

        sending.deliver()

        job.refresh_from_db()
        assert (job.done, job.failed) == (1, 1)
        failed = job.items.get(state=ItemState.FAILED)
        assert (failed.target.portal_accounts.get().email, failed.reason) == ("weg@klant.example", "MAIL_REFUSED")

    def test_is_told_also_to_who_saw_the_job_end_well(self, serve, employee):
        serve(answer=lambda address, times: "550 unknown")
        done_job(employee, addresses=["weg@klant.example"])
        telling.tell(employee)

        sending.deliver()

        assert telling.own_jobs(employee).failed == 1


def done_job(by, addresses):
    """A finished job that asked for a mail to each."""
    accounts = [PortalAccountFactory(email=address) for address in addresses]
    relations = Relation.objects.filter(portal_accounts__in=accounts)
    job = freezing.freeze(relations, by=by, operation="reset_passwords")
    job.items.update(state=ItemState.DONE)
    job.state, job.done = JobState.DONE, job.total
    job.confirmed_at = job.finished_at = timezone.now()
    job.save()
    outbox.put([account.pk for account in accounts], by=by, job=job)
    return job


class TestAServerThatPutsMailOff:
    def test_gets_it_again_later(self, serve):
        server = serve(answer=lambda address, times: "451 later" if times == 1 else "")
        OutgoingMailFactory()

        sending.deliver()
        waiting = states()
        sending.deliver()
        assert not server.mails
        let_time_pass(minutes=2)
        sending.deliver()

        assert waiting == [(MailState.WAITING, "MAIL_BUSY")]
        assert len(server.mails) == 1
        assert states() == [(MailState.SENT, "")]

    def test_is_not_asked_for_ever(self, serve):
        server = serve(answer=lambda address, times: "451 later")
        mail = OutgoingMailFactory()

        for _ in range(20):
            sending.deliver()
            let_time_pass(days=1)

        assert states() == [(MailState.FAILED, "MAIL_BUSY")]
        assert server.tries[mail.account.email] == len(claiming.MINUTES) + 1


class TestAServerThatIsAway:
    @pytest.fixture(autouse=True)
    def nobody(self, settings):
        with SmtpServer() as server:
            settings.MAILERS = mailers(server.port)

    def test_costs_no_mail_and_ends_the_run(self):
        OutgoingMailFactory.create_batch(30)

        more = sending.deliver()

        assert more is False
        assert {state for state, _reason in states()} == {MailState.WAITING}
        assert not OutgoingMail.objects.filter(attempts__gt=0).exists()

    def test_is_waited_for_two_days(self):
        OutgoingMailFactory()
        let_time_pass(days=3)

        sending.deliver()

        assert states() == [(MailState.FAILED, "MAIL_NO_SERVER")]


class TestAServerThatHangsUp:
    def test_before_the_text_is_tried_again(self, serve):
        server = serve(answer=lambda address, times: "hang up" if times == 1 else "")
        OutgoingMailFactory()

        sending.deliver()
        let_time_pass(minutes=2)
        sending.deliver()

        assert len(server.mails) == 1
        assert states() == [(MailState.SENT, "")]

    def test_after_the_text_is_not_known_to_have_it_and_is_not_given_it_again(self, serve):
        """At most once: it may have gone."""
        server = serve(drop_after_text=True)
        OutgoingMailFactory()

        sending.deliver()
        let_time_pass(days=1)
        sending.deliver()

        assert len(server.mails) == 1
        assert states() == [(MailState.FAILED, "MAIL_UNCERTAIN")]


class TestAWorkerThatIsKilled:
    def test_between_claiming_and_recording_leads_to_no_second_mail(self, serve, monkeypatch):
        """At most once: what it had in hand is given up, the rest goes."""
        server = serve()
        OutgoingMailFactory.create_batch(6)

        def killed(outcomes):
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr(claiming, "record", killed)
            broken.setattr(claiming, "give_up_lost", lambda: None)
            with pytest.raises(KeyboardInterrupt):
                sending.deliver()
        in_hand = len(server.mails)
        sending.deliver()

        assert in_hand == 4  # a mail a connection
        assert len(server.addresses) == len(set(server.addresses)) == 6
        assert [state for state, _reason in states()] == [MailState.FAILED] * 4 + [MailState.SENT] * 2


class TestASlowServer:
    def test_is_spoken_to_over_a_few_connections_and_no_more(self, serve):
        server = serve(delay=0.05)
        OutgoingMailFactory.create_batch(12)

        sending.deliver()

        assert len(server.mails) == 12
        assert server.most_connections == 4


class TestWithoutSender:
    def test_nothing_goes_under_a_name_of_nobody(self, serve, sender):
        """R82"""
        sender.delete()
        server = serve()
        OutgoingMailFactory()

        sending.deliver()

        assert not server.mails
        assert states() == [(MailState.FAILED, "MAIL_NO_SENDER")]


class TestLogs:
    def test_say_nothing_about_whom(self, serve, caplog):
        serve(drop_after_text=True)
        mail = OutgoingMailFactory(account__name="Clara van der Meer")

        sending.deliver()

        assert caplog.records
        assert not any(word in caplog.text for word in (mail.account.email, "Clara"))


class TestOtherMailers:
    def test_send_too(self):
        """A provider's backend knows no phases of SMTP."""
        OutgoingMailFactory.create_batch(2, account__relation=RelationFactory())

        sending.deliver()

        assert len(django_mail.outbox) == 2
        assert {state for state, _reason in states()} == {MailState.SENT}

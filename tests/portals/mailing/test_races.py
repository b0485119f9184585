"""Several workers that send at the same moment."""

import threading

import pytest
from django.db import connection

from portals.mailing import sending
from portals.models import MailState, OutgoingMail
from tests.factories import MailSenderFactory, OutgoingMailFactory
from tests.smtp import SmtpServer, mailers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


class TestTwoWorkers:
    def test_send_every_mail_once(self, settings):
        MailSenderFactory()
        OutgoingMailFactory.create_batch(20)

        def work():
            sending.deliver()
            connection.close()

        with SmtpServer(delay=0.02) as server:
            settings.MAILERS = mailers(server.port)
            workers = [threading.Thread(target=work) for _ in range(3)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join(60)

        assert set(OutgoingMail.objects.values_list("state", "reason")) == {(MailState.SENT, "")}
        assert len(server.addresses) == len(set(server.addresses)) == 20
        assert server.most_connections <= settings.MAIL_CONNECTIONS

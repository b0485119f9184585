"""Mail through a provider over HTTP (django-anymail) instead of SMTP: the same outcomes (R81, R82)."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from portals.mailing import sending
from portals.models import MailState, OutgoingMail
from tests.factories import MailSenderFactory, OutgoingMailFactory

pytestmark = pytest.mark.django_db


class Provider(HTTPServer):
    """Speaks as Postmark does; `status` and `code` are what it answers to an address that begins with "weg"."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.mails, self.status, self.code = [], 422, 406

    def answer(self, mail):
        if mail["To"].startswith("weg"):
            inactive = f"Found inactive addresses: {mail['To']}. Inactive recipients are ones that bounced."
            return self.status, {"ErrorCode": self.code, "Message": inactive}
        self.mails.append(mail)
        return 200, {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": mail["To"]}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        mail = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, body = self.server.answer(mail)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(settings):
    MailSenderFactory()
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = {"server_token": "geheim", "api_url": f"http://127.0.0.1:{server.server_port}/"}
    settings.MAILERS = {"default": {"BACKEND": "anymail.backends.postmark.EmailBackend", "OPTIONS": options}}
    yield server
    server.shutdown()
    server.server_close()


def outcome_of(mail):
    return OutgoingMail.objects.values_list("state", "reason").get(pk=mail.pk)


def test_sends_from_the_office(provider):
    mail = OutgoingMailFactory()

    sending.deliver()

    [sent] = provider.mails
    assert (sent["To"], sent["From"]) == (mail.account.email, "Kantoor De Wit <info@kantoor.example>")
    assert outcome_of(mail) == (MailState.SENT, "")


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (422, 406, (MailState.FAILED, "MAIL_REFUSED")),
        (422, 402, (MailState.FAILED, "MAIL_REFUSED")),
        (429, 429, (MailState.WAITING, "MAIL_BUSY")),
        (401, 10, (MailState.WAITING, "MAIL_NO_SERVER")),
        (500, 500, (MailState.FAILED, "MAIL_UNCERTAIN")),
    ],
)
def test_tells_what_came_of_one_that_did_not_go(provider, status, code, outcome):
    """At most once: of an error of the provider itself nobody knows whether the mail went."""
    provider.status, provider.code = status, code
    mail = OutgoingMailFactory(account__email="weg@klant.example")

    sending.deliver()

    assert outcome_of(mail) == outcome


def test_goes_on_after_a_broken_address(provider):
    OutgoingMailFactory(account__email="weg@klant.example")
    OutgoingMailFactory.create_batch(3)

    sending.deliver()

    assert len(provider.mails) == 3

"""Sends what is due: over a few connections at once, so that a slow server holds up nothing but its own mail."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from smtplib import SMTPNotSupportedError

from celery import shared_task
from django.conf import settings
from django.core.mail import mailers
from django.db import connection
from kombu.exceptions import OperationalError

from portals.mailing import claiming
from portals.mailing.composing import compose
from portals.mailing.outcomes import BAD_ADDRESS, SENT, UNCERTAIN, UNREACHABLE, Outcome, of_answer
from portals.models import MailSender

logger = logging.getLogger(__name__)
LOCK = 0x6D61696C  # "mail": held by the one worker that sends
SLICE = 30  # seconds of sending after which other work of the worker gets its turn


@shared_task
def send_mails(**_):
    """Carries nothing: what is to be sent stands in the outbox."""
    if deliver():
        wake()


def wake():
    """Tell the workers. A broker that cannot be reached delays mail, it does not lose it: the clock looks again."""
    try:
        send_mails.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("sending mail could not be passed to the workers: %s", type(error).__name__)


def deliver():
    """Send until nothing is due, the server cannot be reached or the time is up; whether more is due."""
    with _alone() as mine:
        if not mine:
            return False
        claiming.give_up_lost()
        with ExitStack() as stack:
            lines = [stack.enter_context(Line()) for _ in range(settings.MAIL_CONNECTIONS)]
            return _send_all(lines, stack.enter_context(ThreadPoolExecutor(len(lines))))


def _send_all(lines, pool):
    until = time.monotonic() + SLICE
    while mails := claiming.claim(len(lines)):
        outcomes = _send(mails, lines, pool)
        claiming.record(outcomes)
        if UNREACHABLE in outcomes.values():
            return False
        if time.monotonic() > until:
            return True
    return False


def _send(mails, lines, pool):
    """{mail: Outcome}, each over a line of its own. The threads see no database."""
    sender = MailSender.objects.current()
    made = {mail: compose(mail, sender) for mail in mails}
    outcomes = {mail: answer for mail, answer in made.items() if isinstance(answer, Outcome)}
    ready = [(mail, message) for mail, message in made.items() if mail not in outcomes]
    sent = pool.map(lambda line, pair: line.send(pair[1]), lines, ready)
    return outcomes | dict(zip((mail for mail, _message in ready), sent, strict=True))


@contextmanager
def _alone():
    """Whether this worker may send: one at a time, so that the mail server sees MAIL_CONNECTIONS and no more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


class Line:
    """One connection with the mail server, kept open from mail to mail."""

    def __enter__(self):
        self.mailer = mailers.default
        return self

    def __exit__(self, *_error):
        self._hang_up()

    def send(self, message):
        """The Outcome. A kept connection that the server had closed meanwhile is opened once more."""
        try:
            was_open = self.mailer.open() is False
        except Exception as error:
            return of_answer(error) or UNREACHABLE
        try:
            self.mailer.send_messages([message])
        except (ValueError, SMTPNotSupportedError):  # said before the server is: letters that an address may not have
            return BAD_ADDRESS
        except Exception as error:
            outcome = of_answer(error) or (UNCERTAIN if self._can_have_gone() else UNREACHABLE)
            if outcome in (UNCERTAIN, UNREACHABLE):
                logger.warning("the mail server broke off: %s", type(error).__name__)
                self._hang_up()
            return self.send(message) if outcome == UNREACHABLE and was_open else outcome
        return SENT

    def _can_have_gone(self):
        """Of other kinds of mailers nothing is known."""
        return getattr(self.mailer, "can_have_gone", True)

    def _hang_up(self):
        with suppress(Exception):  # whatever a broken connection says to being closed
            self.mailer.close()

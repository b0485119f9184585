"""Background work of accounts; a message carries the number of an employee, never a link or an address."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from crm.accounts import letters
from crm.accounts.models import SignIn

logger = logging.getLogger(__name__)
TRIES = 6


@shared_task(bind=True, max_retries=TRIES - 1)
def send_letter(self, *, employee_id, kind, **_):
    """Tried again when the mail server is away, for about half an hour; after that an administrator sends a new one."""
    try:
        letters.send(employee_id, kind)
    except OSError as error:
        logger.warning("a link for an employee could not be sent: %s", type(error).__name__)
        raise self.retry(countdown=60 * 2**self.request.retries) from None


@shared_task
def forget_sign_ins(**_):
    SignIn.objects.filter(at__lt=timezone.now() - settings.SIGN_INS_KEPT).delete()


def ask(employee_id, kind):
    """Tell the workers to send it. When the broker is away nothing is lost but time: the letter is asked for again."""
    try:
        send_letter.apply_async(kwargs={"employee_id": employee_id, "kind": str(kind)}, retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("a link for an employee could not be passed to the workers: %s", type(error).__name__)

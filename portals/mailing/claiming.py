"""Which mail is due, taken by one worker, and what came of it: at most once (docs/decisions/0010)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from crm.jobs import recording
from portals.mailing.outcomes import UNCERTAIN, UNREACHABLE
from portals.models import MailState, OutgoingMail

MINUTES = [1, 5, 15, 60, 240, 720]  # until the next try; after the last the mail is given up
LONGEST = timedelta(days=2)  # that a mail waits for a server that cannot be reached
NEXT_LOOK = timedelta(minutes=1)


@transaction.atomic
def claim(limit):
    """The next mails that are due, with account and relation; theirs alone who called, until recorded."""
    due = OutgoingMail.objects.filter(state=MailState.WAITING, due_at__lte=timezone.now()).order_by("due_at", "pk")
    pks = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
    mails = OutgoingMail.objects.filter(pk__in=pks)
    mails.update(state=MailState.SENDING)
    return list(mails.select_related("account__relation").order_by("pk"))


def give_up_lost():
    """What a killed worker had claimed. Only for who holds the right to send: nobody else has any in hand."""
    lost = OutgoingMail.objects.filter(state=MailState.SENDING).select_related("account")
    record(dict.fromkeys(lost, UNCERTAIN))


@transaction.atomic
def record(outcomes):
    """Write {OutgoingMail: Outcome}, and tell the job that asked for one that was given up."""
    now, given_up = timezone.now(), {}
    for mail, outcome in outcomes.items():
        _settle(mail, outcome, now)
        if mail.state == MailState.FAILED and mail.job_id:
            given_up.setdefault(mail.job_id, {})[mail.account.relation_id] = outcome.reason
    sent = [mail.pk for mail in outcomes if mail.state == MailState.SENT]
    OutgoingMail.objects.filter(pk__in=sent).update(state=MailState.SENT, reason="", sent_at=now)
    others = [mail for mail in outcomes if mail.state != MailState.SENT]
    OutgoingMail.objects.bulk_update(others, ["state", "reason", "attempts", "due_at"])
    for job_id, reasons in given_up.items():
        recording.overturn(job_id, reasons)


def _settle(mail, outcome, now):
    mail.reason = outcome.reason
    if not outcome.reason:
        mail.state = MailState.SENT
    elif later := outcome.again and _next_try(mail, outcome, now):
        mail.state, mail.due_at = MailState.WAITING, later
    else:
        mail.state = MailState.FAILED


def _next_try(mail, outcome, now):
    """When, or None when it has been tried enough. A server that is away costs no try."""
    if outcome == UNREACHABLE:
        return now + NEXT_LOOK if now - mail.created_at < LONGEST else None
    mail.attempts += 1
    return now + timedelta(minutes=MINUTES[mail.attempts - 1]) if mail.attempts <= len(MINUTES) else None

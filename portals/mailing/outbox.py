"""Asking for mail, inside the transaction of what it is about."""

from django.db import connection, transaction
from django.utils import timezone

from portals.mailing import sending
from portals.models import MailKind, MailState, OutgoingMail, PortalAccount


def put(account_ids, *, by=None, job=None, kind=""):
    """One mail to each account; without `kind`, an invitation to who has no password yet and a reset to the others.

    One that already waits is not asked for twice.
    """
    mail, account, now = OutgoingMail._meta.db_table, PortalAccount._meta.db_table, timezone.now()
    kinds = [kind, kind, MailKind.INVITATION, MailKind.RESET]
    asked = [job and job.pk, by and by.pk, MailState.WAITING, now, now]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {mail} (account_id, kind, job_id, by_id, state, attempts, reason, created_at, due_at) "
            "SELECT a.id, CASE WHEN %s <> '' THEN %s WHEN a.password = '' THEN %s ELSE %s END, "
            f"%s, %s, %s, 0, '', %s, %s FROM {account} a WHERE a.id = ANY(%s) AND NOT EXISTS "
            f"(SELECT 1 FROM {mail} m WHERE m.account_id = a.id AND m.state = %s) ORDER BY a.id",
            [*kinds, *asked, list(account_ids), MailState.WAITING],
        )
        count = cursor.rowcount
    if count:
        transaction.on_commit(sending.wake, robust=True)
    return count

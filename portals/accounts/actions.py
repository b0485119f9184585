"""Accounts of customers: make, invite, reset, delete, block, unblock (R81-R84). Always for a set, in a fixed number of
statements; who calls holds the relations, so that none is archived meanwhile."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archiving import history
from archiving.reach import among
from crm.core.refusals import Refusal, require
from portals.mailing import outbox
from portals.models import AccountState, MailKind, OutgoingMail, PortalAccount
from portals.rights import MANAGE
from relations.keeping import relation_to_change


@transaction.atomic
def create(wanted, *, account_type, by, job=None):
    """An account for each (relation id, e-mail address, name), with an invitation by mail (R81).

    Returns {relation id: account id} of those that were made: an address that has an account keeps that one.
    """
    require(by, MANAGE)
    relations, addresses, names = zip(*wanted, strict=True) if wanted else ((), (), ())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PortalAccount._meta.db_table} "
            "(relation_id, account_type_id, email, name, password, state, block_message) "
            "SELECT relation, %s, email, name, '', %s, '' "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS wanted(relation, email, name) "
            "ON CONFLICT DO NOTHING RETURNING relation_id, id",
            [account_type.pk, AccountState.INVITED, list(relations), list(addresses), list(names)],
        )
        made = dict(cursor.fetchall())
    history.record(PortalAccount, made.values(), by=by, because="account made", kind="+")
    outbox.put(made.values(), by=by, job=job, kind=MailKind.INVITATION)
    return made


@transaction.atomic
def send_links(account_ids, *, by, job=None):
    """Mail each account a link to choose a password: a reset, or once more the invitation (R82)."""
    require(by, MANAGE)
    return outbox.put(account_ids, by=by, job=job)


@transaction.atomic
def delete(account_ids, *, by):
    """The account goes, its address is free for another one; the relation stays (R83)."""
    require(by, MANAGE)
    history.record(PortalAccount, account_ids, by=by, because="account deleted", kind="-")
    OutgoingMail.objects.filter(account__in=among(account_ids)).delete()
    rows = PortalAccount.objects.filter(pk__in=among(account_ids)).order_by()
    rows._raw_delete(rows.db)  # with its history row above; the ORM would write one a row


@transaction.atomic
def block(account_ids, *, message, by):
    """From now on whoever signs in reads `message` instead, also who is signed in already (R84)."""
    require(by, MANAGE)
    changes = {"state": AccountState.BLOCKED, "block_message": message, "blocked_at": timezone.now(), "blocked_by": by}
    _change(account_ids, by, "account blocked", changes)


@transaction.atomic
def unblock(account_ids, *, by):
    """The account is what it was: whoever never chose a password is still invited (R84)."""
    require(by, MANAGE)
    changes = {"block_message": "", "blocked_at": None, "blocked_by": None}
    with_password = PortalAccount.objects.filter(pk__in=among(account_ids)).exclude(password="")
    active = set(with_password.values_list("pk", flat=True))
    _change(active, by, "account unblocked", changes | {"state": AccountState.ACTIVE})
    _change(set(account_ids) - active, by, "account unblocked", changes | {"state": AccountState.INVITED})


def _change(account_ids, by, because, changes):
    PortalAccount.objects.filter(pk__in=among(account_ids)).update(**changes)
    history.record(PortalAccount, account_ids, by=by, because=because)


# --- one at a time ---------------------------------------------------------------------------------------------------


@transaction.atomic
def create_one(relation, *, email, name, account_type, by):
    relation_to_change(relation.pk, by=by, permission=MANAGE)
    if not create([(relation.pk, email, name)], account_type=account_type, by=by):
        raise Refusal(_("There is already an account with this e-mail address."))


@transaction.atomic
def held(account_id, *, by):
    """The account, held until the transaction ends, with its relation; refuses when that one is archived."""
    account = PortalAccount.objects.select_related("relation").get(pk=account_id)
    relation_to_change(account.relation_id, by=by, permission=MANAGE)
    return PortalAccount.objects.select_for_update(of=("self",)).select_related("relation").get(pk=account_id)

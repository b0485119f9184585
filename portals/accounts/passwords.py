"""Customers choose their password themselves, with a link in a mail or while they are signed in."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from archiving import history
from portals import tokens
from portals.mailing import outbox
from portals.models import AccountState, PortalAccount


@transaction.atomic
def choose_with_link(token, password):
    """The account, or None when the link was used a moment ago: each works once."""
    account = tokens.account_of(token)
    if account:
        PortalAccount.objects.select_for_update().get(pk=account.pk)
        account = tokens.account_of(token)
    return _set(account, password) if account else None


@transaction.atomic
def choose(account, password):
    PortalAccount.objects.select_for_update().get(pk=account.pk)
    return _set(account, password)


def _set(account, password):
    chosen = {"password": make_password(password), "state": AccountState.ACTIVE, "last_login_at": timezone.now()}
    PortalAccount.objects.filter(pk=account.pk).update(**chosen)
    history.record(PortalAccount, [account.pk], by=None, because="password chosen")
    account.refresh_from_db(fields=list(chosen))
    return account


def signed_in(account):
    PortalAccount.objects.filter(pk=account.pk).update(last_login_at=timezone.now())


@transaction.atomic
def mail_link(address):
    """A link to whoever has an account with this address and may use it; nothing to anybody else."""
    accounts = PortalAccount.objects.with_address(address).open().filter(relation__archival=None)
    outbox.put(list(accounts.values_list("pk", flat=True)))

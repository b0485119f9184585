"""Links in mail with which a customer sets a password: signed, of one account, once, for some days."""

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from portals.models import MailKind, PortalAccount

DAYS = {MailKind.INVITATION: 14, MailKind.RESET: 1}
SALT = "portals.tokens"


def make(account, kind):
    return signing.dumps([account.pk, _state_of(account), str(kind)], salt=SALT)


def account_of(token):
    """The PortalAccount with its relation, or None when the link is not ours, too old, or used already."""
    try:
        pk, state, kind = signing.loads(token, salt=SALT)
        signing.loads(token, salt=SALT, max_age=DAYS[kind] * 86_400)
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None
    account = PortalAccount.objects.select_related("relation").filter(pk=pk).first()
    return account if account and constant_time_compare(state, _state_of(account)) else None


def _state_of(account):
    """Changes when the password is set, the address changes or somebody signs in: then older links are dead."""
    known = f"{account.pk}|{account.email}|{account.password}|{account.last_login_at}"
    return salted_hmac(SALT, known, algorithm="sha256").hexdigest()[:32]

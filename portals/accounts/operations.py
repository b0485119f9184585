"""What can be done with the accounts of a set of relations (R81-R84)."""

from django.utils.translation import gettext_lazy as _

from crm.jobs.operations import Operation, register
from portals.accounts import jobs
from portals.mailing.outcomes import REASONS as MAIL
from portals.rights import MANAGE

NO_ACCOUNT = {"NO_ACCOUNT": _("has no account")}

for order, key, run, label, done_word, description, is_final, reasons in [
    (
        40,
        "create_accounts",
        jobs.create,
        _("Create portal accounts"),
        _("got an account"),
        _("An account for each relation with an e-mail address, and an invitation by mail to choose a password."),
        False,
        MAIL
        | {
            "NO_EMAIL": _("has no e-mail address to sign in with"),
            "HAS_ACCOUNT": _("has an account with its e-mail address already"),
            "EMAIL_TAKEN": _("another relation has an account with this e-mail address"),
            "EMAIL_TWICE": _("another relation of this set has the same e-mail address"),
            "NO_TYPE": _("the account type was deleted meanwhile"),
        },
    ),
    (
        42,
        "reset_passwords",
        jobs.reset,
        _("Reset passwords"),
        _("were sent a mail"),
        _("A mail to every account that is not blocked, with a link to choose a new password."),
        True,
        MAIL
        | NO_ACCOUNT
        | {
            "ALL_BLOCKED": _("its accounts are blocked"),
            "MAIL_WAITS": _("a mail with a link is on its way already"),
        },
    ),
    (
        44,
        "block_accounts",
        jobs.block,
        _("Block portal accounts"),
        _("blocked"),
        _("Nobody of these relations can sign in until it is lifted; they read your message instead."),
        False,
        NO_ACCOUNT | {"ALREADY_BLOCKED": _("was blocked already")},
    ),
    (
        46,
        "unblock_accounts",
        jobs.unblock,
        _("Unblock portal accounts"),
        _("unblocked"),
        _("They can sign in again, as before."),
        False,
        NO_ACCOUNT | {"NOT_BLOCKED": _("was not blocked")},
    ),
    (
        48,
        "delete_accounts",
        jobs.delete,
        _("Delete portal accounts"),
        _("lost their accounts"),
        _("The accounts go, the relations stay. The e-mail addresses are free for new accounts."),
        True,
        NO_ACCOUNT,
    ),
]:
    register(
        Operation(
            key=key,
            label=label,
            done_word=done_word,
            description=description,
            permission=MANAGE,
            run=run,
            start=f"portals:{key}",
            order=order,
            is_final=is_final,
            reasons=reasons,
        )
    )

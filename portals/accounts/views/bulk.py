"""Accounts of a frozen set of relations: ask, show in true numbers, confirm (R81-R84)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from crm.core.templatetags.formats import amount
from crm.jobs.freezing import USE
from crm.jobs.views.deciding import Decision, decide
from portals.accounts import forms as account_forms
from portals.accounts import jobs as account_jobs
from portals.mailing import senders
from portals.rights import MANAGE
from relations.bulk.forms import BulkForm
from relations.rights import may


def _page(decision):
    @require_http_methods(["GET", "HEAD", "POST"])
    @may(USE, MANAGE)
    def page(request, pk):
        return decide(request, pk, decision)

    return page


def _remember_sender(form, by):
    """For Plan.prepare: the first time, the sender is kept with the confirmation (R82)."""

    def prepare(job):
        if form.sender:
            senders.set_sender(**form.sender, by=by)
        return {}

    return prepare


def _words(button, answers=lambda form: []):
    """`button` counts relations; the facts count accounts."""

    def words(plan, form):
        count = plan.facts.get("accounts")
        facts = [(ngettext("account", "accounts", count), count)] if count else []
        return {
            "button": button(plan.running) % {"count": amount(plan.running)},
            "answers": [*answers(form), *_sender_answers(form)],
            "facts": facts,
        }

    return words


def _sender_answers(form):
    sender = getattr(form, "sender", None)
    return [(_("Sender"), f"{sender['name']} <{sender['address']}>")] if sender else []


create_accounts = _page(
    Decision(
        "create_accounts",
        account_forms.BulkCreateForm,
        "portals/accounts/bulk/create.html",
        lambda job, form, by: account_jobs.plan_creating(
            job, account_type=form.cleaned_data["account_type"], prepare=_remember_sender(form, by)
        ),
        _words(
            lambda n: ngettext("Create %(count)s account", "Create %(count)s accounts", n),
            lambda form: [(_("Account type"), form.cleaned_data["account_type"])],
        ),
    )
)
reset_passwords = _page(
    Decision(
        "reset_passwords",
        account_forms.BulkResetForm,
        "portals/accounts/bulk/reset_passwords.html",
        lambda job, form, by: account_jobs.RESET.plan(job, prepare=_remember_sender(form, by)),
        _words(lambda n: ngettext("Mail %(count)s relation", "Mail %(count)s relations", n)),
    )
)
delete_accounts = _page(
    Decision(
        "delete_accounts",
        BulkForm,
        "portals/accounts/bulk/delete.html",
        lambda job, form, by: account_jobs.DELETE.plan(job),
        _words(
            lambda n: ngettext(
                "Delete the accounts of %(count)s relation", "Delete the accounts of %(count)s relations", n
            )
        ),
    )
)
block_accounts = _page(
    Decision(
        "block_accounts",
        account_forms.BulkBlockForm,
        "portals/accounts/bulk/block.html",
        lambda job, form, by: account_jobs.BLOCK.plan(job, {"message": form.cleaned_data["message"]}),
        _words(
            lambda n: ngettext(
                "Block the accounts of %(count)s relation", "Block the accounts of %(count)s relations", n
            ),
            lambda form: [(_("Message to the customer"), form.cleaned_data["message"])],
        ),
    )
)
unblock_accounts = _page(
    Decision(
        "unblock_accounts",
        BulkForm,
        "portals/accounts/bulk/unblock.html",
        lambda job, form, by: account_jobs.UNBLOCK.plan(job),
        _words(
            lambda n: ngettext(
                "Unblock the accounts of %(count)s relation", "Unblock the accounts of %(count)s relations", n
            )
        ),
    )
)

"""The accounts of one relation (R81-R84)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.core.refusals import Refusal, require
from portals.accounts import actions as accounts
from portals.accounts.forms import AccountForm, BlockForm
from portals.mailing import senders
from portals.mailing.forms import SenderFields
from portals.models import OutgoingMail, PortalAccount
from portals.rights import MANAGE, may_manage
from relations.keeping import refuse_unless_active
from relations.models import Relation
from relations.sight import get_seen_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
def relation_accounts(request, pk):
    """Every account, and the form for another one."""
    relation = get_seen_or_404(request.user, Relation.objects.not_erased(), pk=pk)
    form = AccountForm(
        request.POST if request.method == "POST" else None,
        initial={"email": relation.email, "name": relation.name[:120]},
    )
    if request.method == "POST" and _create(request, relation, form):
        return redirect("portals:relation_accounts", pk)
    context = {
        "relation": relation,
        "accounts": _with_last_mail(relation.portal_accounts.select_related("account_type", "blocked_by")),
        "form": form if relation.is_active else None,
    }
    return render(request, "portals/accounts/of_relation.html", context, status=422 if form.errors else 200)


def _create(request, relation, form):
    require(request.user, MANAGE)
    refuse_unless_active(relation)
    if not form.is_valid():
        return False
    answers = form.cleaned_data
    with transaction.atomic():
        _keep_sender(form, request.user)
        accounts.create_one(
            relation,
            email=answers["email"],
            name=answers["name"],
            account_type=answers["account_type"],
            by=request.user,
        )
    messages.success(request, _("The account has been made. The invitation is on its way."))
    return True


def _keep_sender(form, by):
    if form.sender:
        senders.set_sender(**form.sender, by=by)


def _with_last_mail(rows):
    """Each account with its `last_mail`, in two queries."""
    found = list(rows.order_by("email"))
    latest = OutgoingMail.objects.filter(account__in=found).order_by("account", "-pk").distinct("account")
    mails = {mail.account_id: mail for mail in latest}
    for account in found:
        account.last_mail = mails.get(account.pk)
    return found


# --- one account -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
@transaction.atomic
def account_link(request, pk):
    """A mail with a link: to choose a new password, or the invitation once more. Asks for the sender first (R82)."""
    account = _account(pk, request)
    if account.is_blocked:
        raise Refusal(_("This account is blocked, so a new password is of no use. Unblock it first."))
    form = SenderFields(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _keep_sender(form, request.user)
        accounts.send_links([account.pk], by=request.user)
        return _back(request, account, _("The mail is on its way."))
    return _ask(request, account, form, "portals/accounts/link.html")


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
@transaction.atomic
def account_block(request, pk):
    account = _account(pk, request)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        accounts.block([account.pk], message=form.cleaned_data["message"], by=request.user)
        return _back(request, account, _("The account is blocked."))
    return _ask(request, account, form, "portals/accounts/block.html")


@require_POST
@may_manage
@transaction.atomic
def account_unblock(request, pk):
    account = _account(pk, request)
    if not account.is_blocked:
        raise Refusal(_("This account is not blocked (any more)."))
    accounts.unblock([account.pk], by=request.user)
    return _back(request, account, _("The account is not blocked any more."))


@require_http_methods(["GET", "HEAD", "POST"])
@may_manage
@transaction.atomic
def account_delete(request, pk):
    account = _account(pk, request)
    if request.method == "POST":
        accounts.delete([account.pk], by=request.user)
        return _back(request, account, _("The account has been deleted. Its e-mail address is free again."))
    return _ask(request, account, None, "portals/accounts/delete.html")


def _account(pk, request):
    get_seen_or_404(request.user, PortalAccount.objects, pk=pk)
    return accounts.held(pk, by=request.user)


def _ask(request, account, form, template):
    context = {"account": account, "relation": account.relation, "form": form}
    return render(request, template, context, status=422 if form and form.errors else 200)


def _back(request, account, sentence):
    messages.success(request, sentence)
    return redirect("portals:relation_accounts", account.relation_id)

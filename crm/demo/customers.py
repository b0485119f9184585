"""The customer portal: somebody who signs in and has something on every page, and accounts in every state."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from crm.demo.files import pdf
from crm.demo.staff import PASSWORD
from portals.models import (
    AccountState,
    AccountType,
    CommunityPost,
    MailKind,
    MailSender,
    MailState,
    OutgoingMail,
    PortalAccount,
    TaskComment,
)
from relations import keeping
from relations.models import DossierItem, Task, TaskKind, TaskLink

EMAIL = "klant@voorbeeld.example"  # signs in at /portaal/ with the password of all demo accounts
CLOSED = "gesloten@voorbeeld.example"  # the same, of an archived relation
BLOCKED = "geblokkeerd@voorbeeld.example"
INVITED = "uitgenodigd@voorbeeld.example"  # its invitation came back
MESSAGE = "Er staan facturen open. Bel ons op 030 123 45 67, dan heffen wij de blokkade op."


def show(relation, *, blocked, archived, by):
    """`relation` has a customer environment and is the one to sign in for; the others show one state each."""
    MailSender.objects.create(name="Kantoor De Wit", address="info@kantoor.example", by=by)
    account = _account(relation, EMAIL, "Clara de Boer", AccountState.ACTIVE, by)
    _account(archived, CLOSED, "Joost Mulder", AccountState.ACTIVE, by)
    _account(blocked, BLOCKED, "Petra Visser", AccountState.BLOCKED, by)
    _invite_in_vain(_account(blocked, INVITED, "Sem Visser", AccountState.INVITED, by), by)
    _questions(relation, account, by)
    _documents(relation, by)
    CommunityPost.objects.create(
        relation=relation,
        author_name=account.name,
        text="Heeft iemand ervaring met het digitaal bewaren van kassabonnen?",
        at=timezone.now() - timedelta(hours=5),
    )


def _account(relation, email, name, state, by):
    is_blocked = state == AccountState.BLOCKED
    account = PortalAccount(
        relation=relation,
        account_type=AccountType.objects.get(name="Klant"),
        email=email,
        name=name,
        state=state,
        password="" if state == AccountState.INVITED else make_password(PASSWORD),
        block_message=MESSAGE if is_blocked else "",
        blocked_at=timezone.now() if is_blocked else None,
        blocked_by=by if is_blocked else None,
    )
    return keeping.save(account, by=by)


def _invite_in_vain(account, by):
    OutgoingMail.objects.create(
        account=account, kind=MailKind.INVITATION, by=by, state=MailState.FAILED, reason="MAIL_REFUSED"
    )


def _questions(relation, account, by):
    vat = _question(relation, "Btw over een auto van de zaak", "Mag ik de btw op het onderhoud aftrekken?", by)
    _say(vat, relation, account.name, "Hierbij de laatste factuur van de garage.", file=pdf("garage.pdf", "Garage"))
    _say(vat, relation, by.name, "Dank u wel, wij zoeken het uit. U hoort deze week van ons.", employee=by)
    done = _question(relation, "Toegang voor een tweede gebruiker", "", by)
    done.done_at = timezone.now() - timedelta(days=12)
    keeping.save(done, by=by)


def _question(relation, subject, text, by):
    task = keeping.save(Task(subject=subject, text=text, kind=TaskKind.SUPPORT, assignee=by), by=by)
    keeping.save(TaskLink(task=task, relation=relation), by=by)
    return task


def _say(task, relation, author, text, *, employee=None, file=None):
    TaskComment.objects.create(
        task=task,
        relation=relation,
        author_name=author,
        text=text,
        employee=employee,
        file=file or "",
        file_name=file.name if file else "",
    )


def _documents(relation, by):
    for title in ("Jaarrekening vorig jaar", "Opdrachtbevestiging"):
        file = pdf("document.pdf", title)
        keeping.save(DossierItem(relation=relation, title=title, file=file, shared_at=timezone.now()), by=by)

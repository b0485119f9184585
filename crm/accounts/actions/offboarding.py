"""An employee leaves: no sign-in any more, and a colleague has what was open in their name (R108, R109)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts import holdings, tasks
from crm.accounts.actions import employees
from crm.accounts.actions.permissions import CHANGE
from crm.accounts.letters import LetterKind
from crm.accounts.models import ChangeKind, Employee, ErasingGrant
from crm.accounts.roles import EMPLOYEE_ROLE
from crm.core.refusals import Refusal, require


@transaction.atomic
def let_go(employee, *, to, left_on, by):
    """Everything of the checklist in one act; `to` may be None when nothing has to be taken over. {key: how many}."""
    require(by, CHANGE)
    employees.lock_administrators()
    employees.refuse_for_oneself(employee, by)
    employee = employees.locked(employee)
    if not employee.is_active:
        raise Refusal(_("This employee has left already."))
    employees.refuse_for_last_administrator(employee)
    successor = _successor(employee, to)
    counts = holdings.settle(employee, to=successor, by=by)
    close_account(employee, left_on=left_on, by=by)
    employees.record(employee, ChangeKind.LEFT, by=by, successor=successor, counts=counts)
    return counts


def _successor(employee, to):
    """Locked, so that it does not leave at the same moment."""
    if to is None:
        if any(held.count and not held.holding.ends for held in holdings.held_by(employee)):
            raise Refusal(_("Choose the colleague who takes the open work over."))
        return None
    to = employees.locked(to)
    if to.pk == employee.pk or not to.is_active:
        raise Refusal(_("Choose a colleague who works here to take the open work over."))
    return to


def close_account(employee, *, left_on, by):
    """Nothing to come back in with: no password, second step, session, right to erase, or group but of employees."""
    employee.is_active, employee.left_on = False, left_on
    employee.set_unusable_password()
    employee.save(update_fields=["is_active", "left_on", "password"])
    employee.groups.remove(*Group.objects.exclude(name=EMPLOYEE_ROLE))
    ErasingGrant.objects.open().filter(employee=employee).update(withdrawn_by=by, withdrawn_at=timezone.now())
    Authenticator.objects.filter(user=employee).delete()
    EmailAddress.objects.filter(user=employee).delete()
    end_sessions(employee)


def end_sessions(employee):
    sessions = UserSession.objects.filter(user=employee)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()


@transaction.atomic
def take_back(employee, *, by):
    """Works here again, as an employee, with a new link to choose a password. Work handed over stays where it is."""
    require(by, CHANGE)
    employee = employees.locked(employee)
    if employee.is_active:
        raise Refusal(_("This employee works here already."))
    Employee.objects.filter(pk=employee.pk).update(is_active=True, left_on=None)
    employee.groups.add(Group.objects.get(name=EMPLOYEE_ROLE))
    employees.record(employee, ChangeKind.RETURNED, by=by)
    transaction.on_commit(lambda: tasks.ask(employee.pk, LetterKind.INVITATION), robust=True)


@transaction.atomic
def remove_second_step(employee, *, by):
    """For who lost the telephone: code app, passkeys and recovery codes go, and so do the sessions."""
    require(by, CHANGE)
    employees.refuse_for_oneself(employee, by)
    employee = employees.locked(employee)
    if not Authenticator.objects.filter(user=employee).exists():
        raise Refusal(_("This employee has no second step."))
    Authenticator.objects.filter(user=employee).delete()
    end_sessions(employee)
    employees.record(employee, ChangeKind.SECOND_STEP_REMOVED, by=by)

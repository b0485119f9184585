"""Employees come, change and, when nothing was ever done in their name, go without a trace (R107)."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts import tasks
from crm.accounts.actions.permissions import CHANGE
from crm.accounts.history import has_history
from crm.accounts.letters import LetterKind
from crm.accounts.models import ChangeKind, Employee, EmployeeChange
from crm.accounts.roles import ADMIN_ROLE, ROLES
from crm.core.refusals import Refusal, require


@transaction.atomic
def invite(*, email, name, roles, by):
    """A new employee without password, who gets a mail with a link to choose one."""
    require(by, CHANGE)
    new = Employee(email=email, name=name, joined_on=timezone.localdate(), password=make_password(None))
    employee = _saved_once(new)
    employee.groups.set(Group.objects.filter(name__in=roles))
    record(employee, ChangeKind.INVITED, by=by, roles=sorted(roles))
    _send_invitation(employee)
    return employee


@transaction.atomic
def invite_again(employee, *, by):
    """Another link, for who did not use the first in time. The former one works no longer."""
    require(by, CHANGE)
    employee = locked(employee)
    if not employee.is_active:
        raise Refusal(_("This employee has left. Let them come back first."))
    if employee.has_usable_password():
        raise Refusal(_("This employee has a password already. “Forgotten your password?” makes a new one."))
    employee.set_unusable_password()
    employee.save(update_fields=["password"])
    record(employee, ChangeKind.INVITED_AGAIN, by=by)
    _send_invitation(employee)


@transaction.atomic
def change(employee, *, email, name, roles, by):
    """Name, e-mail address and which of ROLES; what else the employee is a member of stays."""
    require(by, CHANGE)
    lock_administrators()
    employee = locked(employee)
    before = {group.name for group in employee.groups.all()} & ROLES.keys()
    if ADMIN_ROLE in before and ADMIN_ROLE not in roles:
        refuse_for_oneself(employee, by)
        refuse_for_last_administrator(employee)
    changed = [field for field, value in {"email": email, "name": name}.items() if getattr(employee, field) != value]
    employee.email, employee.name = email, name
    _saved_once(employee)
    if "email" in changed:  # what somebody could sign in with or be mailed at until now
        EmailAddress.objects.filter(user=employee).delete()
    if before != set(roles):
        employee.groups.remove(*Group.objects.filter(name__in=ROLES.keys() - set(roles)))
        employee.groups.add(*Group.objects.filter(name__in=roles))
        changed.append("roles")
    if changed:
        record(employee, ChangeKind.CHANGED, by=by, fields=changed, roles=sorted(roles))
    return employee


@transaction.atomic
def delete(employee, *, by):
    """Only who has no history; anybody else is let go instead (R107)."""
    require(by, CHANGE)
    lock_administrators()
    refuse_for_oneself(employee, by)
    employee = locked(employee)
    if has_history(employee):
        raise Refusal(_("This employee has history here, which stays. Let the employee go instead."))
    refuse_for_last_administrator(employee)
    employee.delete()


def record(employee, kind, *, by, successor=None, **details):
    return EmployeeChange.objects.create(employee=employee, kind=kind, by=by, successor=successor, details=details)


def locked(employee):
    try:
        return Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    except Employee.DoesNotExist:
        raise Refusal(_("This employee does not exist any more.")) from None


def lock_administrators():
    """Two administrators cannot take each other's role at the same moment."""
    Group.objects.select_for_update(no_key=True).get(name=ADMIN_ROLE)


def refuse_for_oneself(employee, by):
    if employee.pk == by.pk:
        raise Refusal(_("You cannot do this to your own account. Ask another administrator."))


def refuse_for_last_administrator(employee):
    others = Employee.objects.active().filter(groups__name=ADMIN_ROLE).exclude(pk=employee.pk)
    if employee.is_active and employee.is_admin and not others.exists():
        raise Refusal(_("This is the only administrator. Give a colleague the role Beheerder first."))


def _saved_once(employee):
    """The form looked already; somebody else may have been a moment earlier."""
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError:
        raise Refusal(_("Somebody here has this e-mail address already.")) from None
    return employee


def _send_invitation(employee):
    transaction.on_commit(lambda: tasks.ask(employee.pk, LetterKind.INVITATION), robust=True)

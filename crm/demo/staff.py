"""The people of the office: two who sign in, and their colleagues."""

from datetime import timedelta

from django.contrib.auth.models import Group

from crm.accounts.models import Employee
from crm.accounts.roles import ADMIN_ROLE, EMPLOYEE_ROLE

PASSWORD = "welkom-archivaris"  # told on screen by `make run`; these accounts exist in demo data only
EMPLOYEE, ADMIN = "marieke@kantoor.example", "jan@kantoor.example"

# e-mail address, name, roles, years of service; the last one left the office some months ago
PEOPLE = [
    (EMPLOYEE, "Marieke de Wit", [EMPLOYEE_ROLE], 6),
    (ADMIN, "Jan Smit", [EMPLOYEE_ROLE, ADMIN_ROLE], 14),
    ("sanne@kantoor.example", "Sanne Bakker", [EMPLOYEE_ROLE], 4),
    ("ruben@kantoor.example", "Ruben Vermeulen", [EMPLOYEE_ROLE], 3),
    ("fatima@kantoor.example", "Fatima El Idrissi", [EMPLOYEE_ROLE], 9),
    ("pieter@kantoor.example", "Pieter Hoekstra", [EMPLOYEE_ROLE], 11),
]
RATES = dict(zip((person[0] for person in PEOPLE), [95, 135, 85, 75, 110, 120], strict=True))
LEFT_DAYS_AGO = 150


def employ(*, today):
    """The employees, in the order of PEOPLE; who is there already stays as is."""
    groups = {group.name: group for group in Group.objects.filter(name__in=[EMPLOYEE_ROLE, ADMIN_ROLE])}
    there = {employee.email: employee for employee in Employee.objects.filter(email__in=RATES)}
    return [there.get(person[0]) or _employ(*person, groups=groups, today=today) for person in PEOPLE]


def _employ(email, name, roles, years, *, groups, today):
    left_on = today - timedelta(days=LEFT_DAYS_AGO) if email == PEOPLE[-1][0] else None
    employee = Employee.objects.create_user(
        email,
        PASSWORD if email in (EMPLOYEE, ADMIN) else None,
        name=name,
        joined_on=today - timedelta(days=365 * years),
        left_on=left_on,
        is_active=left_on is None,
    )
    employee.groups.set([groups[role] for role in roles])
    return employee

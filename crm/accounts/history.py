"""Whether anything was ever done by or in the name of an employee (R107).

Asked of every table that points at employees, so that a new one counts from its first migration. What goes with an
employee (CASCADE: sessions, tabs, sign-ins) is their own and no history; what others made theirs (a filter shared with
the office) is held by them, and handed over first.
"""

from django.db import connection
from django.db.models import CASCADE

from crm.accounts import holdings
from crm.accounts.models import Employee


def has_history(employee):
    return _is_pointed_at(employee) or any(held.count for held in holdings.held_by(employee))


def _is_pointed_at(employee):
    """One query, however many tables; also those of django-simple-history (who changed a row)."""
    parts, params = [], []
    for field in _pointers():
        sql, found = (
            field.model._base_manager.filter(**{field.name: employee.pk})
            .order_by()
            .values("pk")[:1]
            .query.sql_with_params()
        )
        parts.append(f"EXISTS({sql})")
        params += found
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' OR '.join(parts)}", params)
        return cursor.fetchone()[0]


def _pointers():
    links = [link for link in Employee._meta.get_fields(include_hidden=True) if link.one_to_many or link.one_to_one]
    return [link.field for link in links if link.auto_created and link.on_delete is not CASCADE]

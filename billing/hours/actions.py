from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import TimesheetLine
from crm.accounts.models import Employee
from crm.core.refusals import Refusal
from relations.keeping import relation_to_change
from relations.rights import VIEW


@transaction.atomic
def save_line(line, *, by):
    """Save `line`, new or changed, of employee `by` itself; after whoever is saving the whole week it is in."""
    Employee.objects.select_for_update(no_key=True).get(pk=by.pk)
    relation_to_change(line.relation_id, by=by, permission=VIEW)
    _refuse_another_employee(line, by)
    if line.pk:
        _refuse_when_billed(line.pk)
    line.save()
    return line


@transaction.atomic
def remove_line(line, *, by):
    relation_to_change(line.relation_id, by=by, permission=VIEW)
    _refuse_another_employee(line, by)
    _refuse_when_billed(line.pk)
    line.delete()


@transaction.atomic
def set_billable(line, billable, *, by):
    """Whether these hours are to be invoiced: not billable hours never keep a relation from being archived (R5)."""
    relation_to_change(line.relation_id, by=by)
    current = _refuse_when_billed(line.pk)
    current.billable = billable
    current.save()
    return current


def _refuse_another_employee(line, by):
    if line.employee_id != by.pk:
        raise PermissionDenied


def _refuse_when_billed(line_id):
    """The line as it is now, locked: whoever is invoicing it at this moment goes first."""
    current = TimesheetLine.objects.select_for_update().filter(pk=line_id).first()
    if current is None:
        raise Refusal(_("These hours have been removed meanwhile."))
    if current.invoice_line_id:
        raise Refusal(_("These hours are on an invoice and cannot change any more. Credit the invoice first."))
    return current

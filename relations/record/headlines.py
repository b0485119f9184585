"""What stands at the top of a relation's page: what is open with it, and when there was contact last."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from crm.core import panels
from crm.core.lists import counting
from relations.timeline import entries as timeline


@dataclass(frozen=True)
class Headline:
    label: str
    text: object


def of(record, employee):
    """One query for what relations counts, one for the last contact, and one for what each other app tells."""
    columns = [column for column in panels.columns() if column.in_head]
    told = [Headline(column.title, column.written([record.pk])[record.pk]) for column in columns]
    return [Headline(_("Open tasks and activities"), _open_work(record)), *told, _last_contact(record, employee)]


def _open_work(record):
    activities = record.activities.filter(done_at=None)
    if record.is_active:
        activities = activities.filter(archival=None)
    return sum(counting.counts({"tasks": record.tasks.filter(done_at=None), "activities": activities}).values())


def _last_contact(record, employee):
    moment = timeline.last_contact(record, employee)
    day = date_format(localtime(moment), "DATE_FORMAT") if moment else _("never")
    return Headline(_("Last contact"), day)

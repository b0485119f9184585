"""The outcomes of a job as a file for a spreadsheet."""

from django.http import FileResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from crm.core.spreadsheets import MOST_IN_XLSX, csv_lines, xlsx_file
from crm.jobs import operations
from crm.jobs.models import ItemState

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READ_AT_ONCE = 2000
SHOWN = ("job", "state", "reason", "target__number", "target__name", "target__restricted")


def answer(job, *, state, kind, by):
    """The file of all outcomes, or of those in `state`, as `kind` "csv" or "xlsx", for employee `by`."""
    name = slugify(f"{_('Job')}-{job.pk}" + (f"-{ItemState(state).label}" if state else ""))
    items = job.items.filter(state=state) if state else job.items
    if kind == "csv":
        lines = StreamingHttpResponse(csv_lines(_rows(job, items, by)), content_type="text/csv; charset=utf-8")
        lines["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return lines
    if items.count() > MOST_IN_XLSX:
        raise Refusal(_("This is too much for an Excel file. Download it as CSV."))
    return FileResponse(
        xlsx_file(_rows(job, items, by)), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )


def _rows(job, items, by):
    yield [_("Number"), _("Name"), _("Outcome"), _("Reason")]
    shown = items.select_related("target").only(*SHOWN).order_by("target_id")
    for item in shown.iterator(READ_AT_ONCE):
        number = item.target.number if item.target.is_seen_by(by) else ""
        name = item.target.name_for(by)
        yield [number, name, str(ItemState(item.state).label), str(operations.reason_of(job, item.reason))]

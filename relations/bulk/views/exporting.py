"""Exporting a frozen set: choose the columns, confirm, download (B4)."""

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.core.spreadsheets import csv_lines, xlsx_file
from crm.jobs import settling
from crm.jobs.freezing import USE
from crm.jobs.views.drafts import own_job
from relations.bulk import exporting
from relations.bulk.forms import ExportForm
from relations.rights import may

may_export = may(USE)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@may_export
def bulk_export(request, pk):
    """The form of a draft; the file of an export that was confirmed just now."""
    job = own_job(request, pk)
    if not job.is_draft:
        return _ready(request, job)
    form = ExportForm(request.POST if request.method == "POST" else None, job=job, by=request.user)
    if request.method == "POST" and form.is_valid():
        _settle(job, form.cleaned_data, request.user)
        return redirect("relations:bulk_export", job.pk)
    context = {"job": job, "form": form, "archived": exporting.archived_in(job)}
    return render(request, "relations/bulk/export.html", context, status=422 if form.errors else 200)


def _settle(job, answers, by):
    def make_plan(job):
        return exporting.plan(job, columns=answers["columns"], format=answers["format"])

    settling.settle(job, exporting.OPERATION, make_plan, expected=None, by=by)


def _ready(request, job):
    if job.operation != exporting.OPERATION or not exporting.is_available(job):
        return redirect("jobs:job", job.pk)
    return render(request, "relations/bulk/export_ready.html", {"job": job})


@require_safe
@may_export
def bulk_export_file(request, pk):
    """Streamed: CSV of any size in constant memory."""
    job = own_job(request, pk)
    if job.is_draft or job.operation != exporting.OPERATION:
        raise Http404
    exporting.refuse_unless_available(job)
    rows = exporting.rows(job, job.preview["columns"])
    name = _("relations-%(number)d") % {"number": job.pk}
    if job.preview["format"] == exporting.XLSX:
        return FileResponse(xlsx_file(rows), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)
    return StreamingHttpResponse(
        csv_lines(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )

"""Relinking many contractants from a file: upload, dry run, confirm (B11)."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.core.refusals import Refusal
from crm.jobs.freezing import USE
from portals.relinking import jobs as relinking_jobs
from portals.relinking.files import check
from portals.relinking.forms import ConfirmFileForm, RelinkFileForm
from relations.importing.reading import UnreadableFile, check_size
from relations.rights import CHANGE, may

may_relink_many = may(CHANGE, USE)


@require_http_methods(["GET", "HEAD", "POST"])
@may_relink_many
def relink_file(request):
    if request.method != "POST":
        return _upload_page(request, RelinkFileForm())
    form = RelinkFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    try:
        check_size(form.cleaned_data["file"].size)  # before all of it is in memory
        checked = check(form.cleaned_data["file"].read(), by=request.user)
    except UnreadableFile as refusal:
        form.add_error("file", refusal.sentence)
        return _upload_page(request, form, status=refusal.status)
    return _dry_run(request, checked)


@require_POST
@may_relink_many
def relink_file_run(request):
    """Runs what was shown, or shows what it is now (409)."""
    form = ConfirmFileForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    checked = check(form.cleaned_data["content"].encode(), by=request.user)
    if checked.fingerprint != form.cleaned_data["expected"]:
        return _dry_run(request, checked, drifted=True)
    if not checked.able:
        raise Refusal(_("No line of this file can be carried out."), status=422)
    job = relinking_jobs.relink_all([line.plan for line in checked.able], by=request.user)
    return redirect("jobs:job", job.pk)


def _upload_page(request, form, status=200):
    return render(request, "portals/relinking/file.html", {"form": form}, status=status)


def _dry_run(request, checked, drifted=False):
    context = {"checked": checked, "drifted": drifted}
    return render(request, "portals/relinking/file_check.html", context, status=409 if drifted else 200)

"""Importing relations: upload, match the columns, look at the dry run, carry it out, undo it. Each sees their own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.core.refusals import Refusal
from relations.importing import checking, executing, intake, undoing
from relations.importing.forms import ExecuteForm, MappingForm, UndoForm, UploadForm
from relations.importing.reading import UnreadableFile, check_size
from relations.importing.tables import RowListing
from relations.models import RelationImport, RowOutcome
from relations.rights import IMPORT, may

may_import = may(IMPORT)
SHOWN_IMPORTS = 10
SHOWN_REASONS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_upload(request):
    if request.method != "POST":
        return _upload_page(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    try:
        check_size(form.cleaned_data["file"].size)  # before all of it is in memory
        source = intake.take_in(form.cleaned_data["file"].read(), by=request.user)
    except UnreadableFile as refusal:
        form.add_error("file", refusal.sentence)
        return _upload_page(request, form, status=refusal.status)
    return redirect("relations:import_columns", pk=source.pk)


def _upload_page(request, form, status=200):
    own = RelationImport.objects.made_by(request.user)
    context = {"form": form, "latest": own.executed()[:SHOWN_IMPORTS], "waiting": own.open()}
    return render(request, "relations/importing/start.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_columns(request, pk):
    source = get_object_or_404(RelationImport.objects.made_by(request.user).open(), pk=pk)
    form = MappingForm(request.POST if request.method == "POST" else None, source=source)
    if request.method == "POST" and form.is_valid():
        checking.check(source, mapping=form.mapping, by=request.user)
        return redirect(source)
    status = 422 if form.errors else 200
    return render(request, "relations/importing/columns.html", {"source": source, "form": form}, status=status)


@require_safe
@may_import
def import_page(request, pk):
    """The dry run of an import that is open; the result of one that was carried out."""
    source = get_object_or_404(RelationImport.objects.made_by(request.user), pk=pk)
    if source.is_executed:
        return _result(request, source)
    if not source.is_checked:
        return redirect("relations:import_columns", pk=source.pk)
    return _dry_run(request, source)


def _result(request, source):
    stayed = source.rows.exclude(relation=None).exclude(error="").select_related("relation")
    context = {
        "source": source,
        "stayed": list(stayed[:SHOWN_REASONS]),
        "stayed_count": stayed.count(),
        "errors": list(source.rows.filter(outcome=RowOutcome.ERROR)[:SHOWN_REASONS]),
    }
    return render(request, "relations/importing/result.html", context)


def _dry_run(request, source, refusal=None):
    listing = RowListing(request.GET, source, by=request.user)
    status = refusal.status if refusal else listing.status
    outcomes = [(outcome, source.counts.get(outcome, 0)) for outcome in RowOutcome]
    context = {"source": source, "listing": listing, "refusal": refusal, "outcomes": outcomes}
    return render(request, "relations/importing/check.html", context, status=status)


@require_POST
@may_import
def import_execute(request, pk):
    source = get_object_or_404(RelationImport.objects.made_by(request.user), pk=pk)
    form = ExecuteForm(request.POST)
    form.full_clean()
    try:
        source = executing.execute(source, by=request.user, leave_out_errors=form.cleaned_data["leave_out_errors"])
    except executing.Changed as refusal:
        return _dry_run(request, checking.check(source, mapping=source.mapping, by=request.user), refusal)
    except executing.ErrorsLeft as refusal:
        return _dry_run(request, source, refusal)
    messages.success(
        request,
        ngettext("%(count)s relation imported.", "%(count)s relations imported.", source.writes)
        % {"count": source.writes},
    )
    return redirect(source)


@require_POST
@may_import
def import_cancel(request, pk):
    intake.cancel(get_object_or_404(RelationImport.objects.made_by(request.user), pk=pk), by=request.user)
    messages.info(request, _("The file was put aside. Nothing was imported, and nothing of it is kept."))
    return redirect("relations:import")


@require_http_methods(["GET", "HEAD", "POST"])
@may_import
def import_undo(request, pk):
    source = get_object_or_404(RelationImport.objects.made_by(request.user).executed(), pk=pk)
    if source.is_undone:
        return redirect(source)
    if request.method != "POST":
        plan = undoing.plan(source)
        context = {"source": source, "plan": plan, "kept": plan.kept[:SHOWN_REASONS]}
        return render(request, "relations/importing/undo.html", context)
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise Refusal(_("This page has changed. Load it again and try once more."), status=400)
    undoing.undo(source, by=request.user, expected=form.cleaned_data["expected"])
    messages.success(request, _("The import was undone."))
    return redirect(source)

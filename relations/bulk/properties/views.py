"""Changing properties of a frozen set, the same for all: the form, what it would do, and then the job (R63-R70, B2)."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from crm.jobs import confirming
from crm.jobs.freezing import USE
from crm.jobs.views.drafts import own_job
from relations.bulk.properties import presenting, previewing
from relations.bulk.properties.fields import PROPERTIES
from relations.bulk.properties.forms import PropertiesForm
from relations.pickers import chosen_by
from relations.rights import CHANGE, may


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
def bulk_properties(request, pk):
    job = own_job(request, pk)
    if not job.is_draft:
        return redirect("jobs:job", pk)
    typed = job.parameters.get("form", {})
    form = PropertiesForm(request.POST, initial=typed) if request.method == "POST" else PropertiesForm(initial=typed)
    chosen_by(request.user, form)
    if form.is_bound and form.is_valid():
        previewing.preview(job, form.changes, form=form.typed, by=request.user)
        return redirect("relations:bulk_properties_preview", pk)
    now, of_tags = presenting.spread_texts(job)
    context = {
        "job": job,
        "form": form,
        "sections": [
            (title, [row | {"now": now[row["property"].name]} for row in rows]) for title, rows in form.sections()
        ],
        "options": [(tag, field, of_tags[tag.pk]) for tag, field in form.options()],
        "undo_days": settings.JOBS_UNDO_DAYS,
        "back": reverse("relations:bulk_menu", args=[pk]),
    }
    return render(request, "relations/bulk/properties/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
def bulk_properties_preview(request, pk):
    job = own_job(request, pk)
    if not job.is_draft:
        return redirect("jobs:job", pk)
    if job.operation != previewing.OPERATION or "fingerprint" not in job.preview:
        return redirect("relations:bulk_properties", pk)
    return _confirm(request, job) if request.method == "POST" else _page(request, job)


def _confirm(request, job):
    """Runs exactly what was shown, or shows what differs and does nothing (B2)."""
    changed = previewing.drifted(job)
    if changed:
        job = previewing.preview(job, **job.parameters, by=request.user)
    if changed or request.POST.get("fingerprint") != job.preview["fingerprint"]:
        return _page(request, job, changed=changed, is_other=True, status=409)
    confirming.confirm(job, by=request.user)
    return redirect("jobs:job", job.pk)


def _page(request, job, status=200, **context):
    waiting, unchanged, skipped, why = presenting.outcome_counts(job)
    effects = [PROPERTIES[name] for name in job.parameters["changes"] if name in PROPERTIES and PROPERTIES[name].effect]
    context |= {"waiting": waiting, "unchanged": unchanged, "skipped": skipped, "why": why, "effects": effects}
    context |= {"job": job, "samples": presenting.samples(job), "undo_days": settings.JOBS_UNDO_DAYS}
    context["back"] = reverse("relations:bulk_menu", args=[job.pk])
    return render(request, "relations/bulk/properties/preview.html", context, status=status)

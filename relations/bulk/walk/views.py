"""Going through the relations of a set one by one, in a form with only the chosen properties (R62)."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.core.optimistic import status_of
from crm.jobs.freezing import USE
from crm.jobs.models import JobItem
from crm.jobs.views.drafts import own_job
from relations import keeping
from relations.bulk.walk import walking
from relations.bulk.walk.forms import ChooseForm, WalkForm
from relations.models import Relation
from relations.pickers import chosen_by
from relations.rights import CHANGE, may
from relations.sight import get_seen_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
def bulk_one_by_one(request, pk):
    """Choose the properties and begin; of a walk that has begun: on to where it was left."""
    job = own_job(request, pk)
    if not job.is_draft:
        return _to(job, walking.position(job) if walking.is_open(job) else None)
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        job = walking.begin(job, form.cleaned_data["fields_chosen"], by=request.user)
        return _to(job, walking.position(job))
    context = {"job": job, "form": form, "back": reverse("relations:bulk_menu", args=[pk])}
    return render(request, "relations/bulk/choose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@may(USE, CHANGE)
@transaction.atomic
def bulk_walk(request, pk, item_pk):
    """Saving holds the relation's lock from judging the form until the commit, as on its own page."""
    job = own_job(request, pk)
    if not walking.is_open(job):
        return redirect("jobs:job", pk)
    item = get_object_or_404(JobItem.objects.select_related("target"), pk=item_pk, job=job)
    if not item.target.is_seen_by(request.user):
        walking.pass_by(job, item)
        return _to(job, walking.after(job, item))
    return _answer(request, job, item) if request.method == "POST" else _page(request, job, item)


def _answer(request, job, item):
    rows = Relation.objects.select_for_update()
    record = get_seen_or_404(request.user, rows, pk=item.target_id)
    item = get_object_or_404(JobItem.objects.select_for_update(), pk=item.pk)  # erased while we waited: gone
    if "skip" in request.POST:
        walking.skip(job, item, by=request.user)
        return _to(job, walking.after(job, item))
    keeping.refuse_unless_active(record)
    heading = str(record)  # a form that is refused has put what was typed on the record
    form = WalkForm(request.POST, instance=record, names=job.parameters["fields"])
    chosen_by(request.user, form)
    if not form.is_valid():
        return _page(request, job, item, form=form, heading=heading)
    walking.save(job, item, form, by=request.user)
    return _to(job, walking.after(job, item), saved=request)


def _to(job, item, saved=None):
    """The next relation, or at the end the result."""
    if item is None:
        if saved:
            messages.success(saved, _("You have been through all of them."))
        return redirect("jobs:job", job.pk)
    return redirect("relations:bulk_walk", job.pk, item.pk)


def _page(request, job, item, form=None, heading=""):
    if request.method == "GET":
        walking.remember(job, item)
    form = form or WalkForm(instance=item.target, names=job.parameters["fields"])
    chosen_by(request.user, form)
    context = {
        "job": job,
        "item": item,
        "form": form,
        "heading": heading or str(item.target),
        "number": item.target.number,
        "position": job.items.filter(target__lte=item.target_id).count(),
        "count": job.items.count(),
        "previous": walking.before(job, item),
    }
    return render(request, "relations/bulk/walk/walk.html", context, status=status_of(form))

"""What is told right after an act: a message for a small set that went well, the page of the job for all else."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archiving import policies
from archiving.plans.plan import Act
from archiving.views import wording
from crm.jobs import telling, undoing
from crm.jobs.models import ItemState, Job, JobState


def answer(request, job):
    """The answer to pressing the button, the same however often it is pressed."""
    job = Job.objects.get(pk=job.pk)
    if request.method != "POST" or not _went_well(job):
        return redirect("jobs:job", pk=job.pk)
    messages.success(request, _said(request, job))
    telling.tell(request.user, pk=job.pk)
    return redirect(_page_of(job) if job.total == 1 and job.operation != Act.ERASE else _list_of(job))


def _went_well(job):
    return job.state == JobState.DONE and job.done == job.total and wording.is_small(job)


def _said(request, job):
    said = wording.result(job)
    if not _can_undo(request, job):
        return said
    return format_html('{} <a href="{}">{}</a>', said, reverse("jobs:job", args=[job.pk]), _("Undo"))


def _can_undo(request, job):
    return undoing.may(job, request.user) and not undoing.why_not(job)


def _page_of(job):
    return policies.root()._base_manager.get(job_items__job=job, job_items__state=ItemState.DONE)


def _list_of(job):
    is_archived = job.operation == Act.ARCHIVE
    return reverse("relations:relation_list" if is_archived else "archiving:archived_relation_list")

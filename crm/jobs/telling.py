"""Telling an employee, in the head of every page, that a job of theirs runs or has ended."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from crm.jobs.models import Job, JobState


@dataclass(frozen=True)
class OwnJobs:
    running: list = field(default_factory=list)
    ended: list = field(default_factory=list)  # and not seen yet

    @property
    def percentage(self):
        total = sum(job.total for job in self.running)
        waiting = sum(job.waiting for job in self.running)
        return 100 * (total - waiting) // max(total, 1)

    @property
    def running_url(self):
        return _url(self.running)

    @property
    def ended_url(self):
        return _url(self.ended)

    @property
    def failed(self):
        return sum(job.failed for job in self.ended)


def _url(jobs):
    """Of the one job, or of the list."""
    return reverse("jobs:job", args=[jobs[0].pk]) if len(jobs) == 1 else reverse("jobs:job_list")


def own_jobs(employee):
    """One query, by an index that holds only what is to be told."""
    if not employee.is_authenticated:
        return OwnJobs()
    jobs = list(Job.objects.to_tell(employee).order_by("-pk"))
    ended = [job for job in jobs if job.state == JobState.DONE]
    return OwnJobs([job for job in jobs if job.is_unfinished], ended)


def tell(employee, **which):
    """The employee sees how these jobs of theirs ended."""
    told = Job.objects.to_tell(employee).filter(state=JobState.DONE, **which)
    told.update(told_at=timezone.now())

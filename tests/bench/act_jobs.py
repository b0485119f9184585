"""Archiving through a job, as the workers do it: frozen, counted, confirmed, and run chunk by chunk by the runner."""

from unittest.mock import patch

from django.utils import timezone

from archiving.acts import proposals
from archiving.models import ArchiveReason
from archiving.plans import showing as previewing
from archiving.plans.plan import Act
from crm.jobs import running
from crm.jobs.models import JobState
from relations.models import Relation
from tests.bench.measuring import Stopwatch
from tests.jobs.jobs import undone


def archive(root_ids, admin):
    """(the job that archived them, seconds that took)"""
    job = proposals.propose(Act.ARCHIVE, root_ids, by=admin)
    plan = previewing.preview(job, Act.ARCHIVE)
    given = {"reason": ArchiveReason.INACTIVE, "note": "", "answers": _answers(plan, root_ids)}
    return _timed(lambda: proposals.confirm(job, plan, given, by=admin))


def undo(job, admin):
    """(the job that restored them, seconds that took)"""
    return _timed(lambda: undone(job, by=admin))


def _timed(confirm):
    """The work of one worker, without the broker."""
    watch = Stopwatch()
    with patch("crm.jobs.tasks.send"):
        job = confirm()
    with watch.running():
        running.run(job.pk)
    job.refresh_from_db()
    if (job.state, job.done) != (JobState.DONE, job.total):
        raise RuntimeError(f"{job.done} of {job.total} done, {job.skipped} skipped, {job.failed} failed")
    return job, watch.seconds


def _answers(plan, root_ids):
    given = {"tick": True, "community": "keep", "date": timezone.localdate().isoformat()}
    heir = Relation.objects.active().exclude(pk__in=root_ids).values_list("pk", flat=True).earliest("pk")
    return {question.key: given.get(question.kind, heir) for question in plan.questions}

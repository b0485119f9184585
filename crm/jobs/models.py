"""A job: one operation on a frozen set of relations. These rows are the truth; the broker carries only a number."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")  # frozen and shown, not yet confirmed
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Finished")


class ItemState(models.TextChoices):
    """A preview gives what will not run its outcome at once; what still waits when a job is confirmed is what runs."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    UNCHANGED = "unchanged", _("Already so")
    SKIPPED = "skipped", _("Skipped")
    FAILED = "failed", _("Failed")


OUTCOMES = tuple(state for state in ItemState if state != ItemState.WAITING)


class JobQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(state=JobState.DRAFT)

    def unfinished(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def at_rest(self, job):
        """The job read anew and locked, after the chunks that still ran (running.py)."""
        return self.select_for_update().get(pk=job.pk)

    def to_tell(self, employee):
        """What the employee sees in the head of every page: what runs, and what ended unseen."""
        ends = [JobState.QUEUED, JobState.RUNNING, JobState.DONE]
        return self.filter(by=employee, state__in=ends, told_at=None)

    def visible_to(self, employee):
        """One's own; administrators see all that was confirmed."""
        mine = Q(by=employee)
        return self.filter(mine | ~Q(state=JobState.DRAFT) if employee.has_perm("jobs.view_every_job") else mine)


class Job(models.Model):
    """`operation` is a key of operations.py, empty while somebody still chooses what to do with the set.

    The counts are those of the items, kept here so that progress is one row to read; the items of an erased relation
    go, its count stays.
    """

    operation = models.CharField(_("operation"), max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("by"))
    state = models.CharField(_("state"), max_length=8, choices=JobState, default=JobState.DRAFT)
    origin = models.CharField(_("where the set came from"), max_length=500, blank=True)  # without what was searched for
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)  # emptied when every item has its outcome
    preview = models.JSONField(_("what was shown"), default=dict, blank=True)  # counts and codes
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("undoes")
    )

    total = models.PositiveIntegerField(_("relations"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    unchanged = models.PositiveIntegerField(_("already so"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    to_run = models.PositiveIntegerField(_("to do when it was started"), default=0)  # last, for the rate

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    told_at = models.DateTimeField(_("told to the employee at"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("values emptied at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        permissions = [
            ("use_bulk", _("Can change many relations at once")),
            ("view_every_job", _("Can see the jobs of everybody")),
        ]
        indexes = [
            models.Index(fields=["heartbeat_at"], condition=Q(state__in=["queued", "running"]), name="job_unfinished"),
            models.Index(fields=["by", "-id"], name="job_of_employee"),
            models.Index(
                fields=["by"],
                condition=Q(state__in=["queued", "running", "done"], told_at__isnull=True),
                name="job_to_tell",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=JobState.DRAFT) | ~Q(operation="") & Q(confirmed_at__isnull=False),
                name="job_confirmed_before_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.DONE, finished_at__isnull=False)
                | ~Q(state=JobState.DONE) & Q(finished_at=None),
                name="job_done_at_a_time",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def waiting(self):
        return self.total - self.done - self.unchanged - self.skipped - self.failed

    @property
    def is_draft(self):
        return self.state == JobState.DRAFT

    @property
    def is_unfinished(self):
        return self.state in (JobState.QUEUED, JobState.RUNNING)


class JobItem(models.Model):
    """One relation of a job and what came of it.

    `before` and `after` hold the values of a change ({field: value}): the job writes `after` only where `before` is
    still so, and undoing is the same with the two changed places.
    """

    job = models.ForeignKey(Job, models.CASCADE, db_index=False, related_name="items", verbose_name=_("job"))
    target = models.ForeignKey(
        settings.ARCHIVING_ROOT, models.PROTECT, related_name="job_items", verbose_name=_("relation")
    )
    state = models.CharField(_("outcome"), max_length=9, choices=ItemState, default=ItemState.WAITING)
    reason = models.CharField(_("reason"), max_length=40, blank=True)  # a code, see operations.reasons
    before = models.JSONField(_("values before"), null=True, blank=True)
    after = models.JSONField(_("values after"), null=True, blank=True)

    class Meta:
        verbose_name = _("relation of a job")
        verbose_name_plural = _("relations of jobs")
        constraints = [models.UniqueConstraint(fields=["job", "target"], name="jobitem_once_a_job")]

    def __str__(self):
        return f"{self.job_id}–{self.target_id}"

"""A job as it is shown: wording, colours, how far it is and how fast it goes."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.accounts.models import Employee
from crm.jobs import operations, undoing
from crm.jobs.models import ItemState, Job, JobState

TONES = {JobState.RUNNING: "accent", JobState.QUEUED: "accent", JobState.STOPPED: "warn", JobState.DONE: "ok"}
BARS = {"done": "done", "unchanged": "same", "skipped": "skip", "failed": "fail"}  # outcome → class of its part


@dataclass
class ShownJob:
    job: Job
    viewer: Employee | None = None  # for what this employee can do about it

    @property
    def label(self):
        return operations.label_of(self.job)

    @property
    def state(self):
        return _("Finished, partly failed") if self.ended_badly else self.job.get_state_display()

    @property
    def tone(self):
        return "danger" if self.ended_badly else TONES.get(self.job.state, "")

    @property
    def ended_badly(self):
        return self.job.state == JobState.DONE and self.job.failed > 0

    # --- how far -----------------------------------------------------------------------------------------------------

    @property
    def counts(self):
        """[(ItemState, count, word)], done first."""
        words = {ItemState.DONE: operations.done_word_of(self.job)}
        return [(s, getattr(self.job, s), words.get(s, s.label.lower())) for s in ItemState if s != ItemState.WAITING]

    @property
    def outcomes(self):
        """Those that occur, "3 skipped"."""
        return [(state, count, word) for state, count, word in self.counts if count]

    @property
    def shown_counts(self):
        """[(count, word)] of a draft that undoes another job."""
        counts = self.job.preview.get("counts", {})
        words = [
            (ItemState.WAITING, _("will go back")),
            (ItemState.UNCHANGED, _("back already")),
            (ItemState.SKIPPED, _("stay as they are")),
        ]
        return [(counts.get(state, 0), word) for state, word in words]

    @property
    def why_skipped(self):
        """[(count, sentence)], the most first."""
        reasons = self.job.preview.get("reasons", {})
        return sorted(((count, operations.reason_of(self.job, code)) for code, count in reasons.items()), reverse=True)

    @property
    def can_go_back(self):
        return self.job.preview.get("counts", {}).get(ItemState.WAITING, 0)

    @property
    def percentage(self):
        return 100 * (self.job.total - self.job.waiting) // max(self.job.total, 1)

    @property
    def parts(self):
        """[(class, start, width)] of the bar, in hundredths of it."""
        parts, start = [], 0.0
        for outcome, name in BARS.items():
            width = 100 * getattr(self.job, outcome) / max(self.job.total, 1)
            parts.append((name, f"{start:.2f}", f"{width:.2f}"))
            start += width
        return parts

    # --- how fast ----------------------------------------------------------------------------------------------------

    @property
    def rate(self):
        """Relations a second since it was last started, or 0 when that cannot be said yet."""
        if not self.job.started_at:
            return 0
        seconds = (timezone.now() - self.job.started_at).total_seconds()
        return max(self.job.to_run - self.job.waiting, 0) / max(seconds, 0.1)

    @property
    def rate_in_words(self):
        if self.rate >= 1:
            return _("%(count)d a second") % {"count": self.rate}
        return _("%(count)d a minute") % {"count": 60 * self.rate} if self.rate else ""

    @property
    def time_left(self):
        return _duration(self.job.waiting / self.rate) if self.rate and self.job.is_unfinished else ""

    @property
    def duration(self):
        if not (self.job.finished_at and self.job.confirmed_at):
            return ""
        return _duration((self.job.finished_at - self.job.confirmed_at).total_seconds())

    # --- what can be done about it -----------------------------------------------------------------------------------

    @property
    def is_stopped(self):
        return self.job.state == JobState.STOPPED

    @property
    def is_undone(self):
        return undoing.is_undone(self.job)

    @property
    def can_be_retried(self):
        return self.job.state == JobState.DONE and self.job.failed and not (self.is_undone or self.job.forgotten_at)

    @property
    def can_be_undone(self):
        return self.viewer is not None and undoing.may(self.job, self.viewer) and not undoing.why_not(self.job)

    @property
    def others_can_undo_it(self):
        return self.viewer is not None and not undoing.may(self.job, self.viewer) and not undoing.why_not(self.job)

    @property
    def undo_until(self):
        return undoing.until(self.job)

    @property
    def by_hand(self):
        """Name of the page where a person goes on with it."""
        operation = operations.find(self.job)
        return operation.by_hand if operation and self.job.state == JobState.STOPPED else ""


def _duration(seconds):
    if seconds < 60:
        return _("%(count)d s") % {"count": max(seconds, 1)}
    if seconds < 3600:
        return _("%(count)d min") % {"count": round(seconds / 60)}
    hours = round(seconds / 3600)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}

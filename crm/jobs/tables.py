"""The list of jobs, and the pages of one job's relations."""

from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.core.addresses import is_key
from crm.core.lists import Heading, Listing
from crm.core.refusals import Refusal
from crm.jobs import filters, operations
from crm.jobs.models import ItemState, Job
from crm.jobs.presenting import ShownJob
from crm.jobs.undoing import SEES_ALL

SHOWN = (
    "job",
    "state",
    "reason",
    *(f"target__{name}" for name in ("number", "name", "restricted", "archival", "erasure")),
)


class JobListing(Listing):
    """What was confirmed: everybody's for administrators, else one's own."""

    headings = (
        Heading("job", gettext_lazy("Job"), order_by=["pk"]),
        Heading("by", gettext_lazy("By")),
        Heading("state", gettext_lazy("State"), order_by=["state"]),
        Heading("total", gettext_lazy("Relations"), order_by=["total"], numeric=True),
        Heading("outcome", gettext_lazy("Outcome")),
        Heading("at", gettext_lazy("Begun"), order_by=["confirmed_at"]),
        Heading("duration", gettext_lazy("Took"), numeric=True),
    )
    default_sort = "-job"

    def __init__(self, parameters, employee):
        self.filterset_class = filters.JobFilter if employee.has_perm(SEES_ALL) else filters.OwnJobFilter
        self.employee = employee
        super().__init__(parameters, Job.objects.confirmed().visible_to(employee).select_related("by", "undone_by"))

    @cached_property
    def rows(self):
        return [ShownJob(job, self.employee) for job in super().rows]


class ItemPage:
    """Some of a job's items, in the order of their relations' keys; the last page is as quick as the first.

    `after` or `before` in the address is the key of a relation, `outcome` a state. Anything else is refused (B3).
    """

    size = 50

    def __init__(self, job, parameters, states=tuple(ItemState)):
        self.job, self.states = job, states
        self.state = one_of(parameters, "outcome", states)
        self.after, self.before = _key(parameters, "after"), _key(parameters, "before")
        if parameters.keys() - {"outcome", "after", "before"} or (self.after and self.before):
            raise Refusal(_("The address of this page is not right. Go back to the job and choose again."), status=400)

    @property
    def items(self):
        return self.job.items.filter(state=self.state) if self.state else self.job.items.all()

    @cached_property
    def rows(self):
        """Each with its `sentence`: why it was skipped or failed."""
        found = [*self._read()]
        for item in found:
            item.sentence = operations.reason_of(self.job, item.reason)
        return found

    def _read(self):
        shown = self.items.select_related("target").only(*SHOWN)
        if self.before:
            return reversed(shown.filter(target__lt=self.before).order_by("-target_id")[: self.size])
        return shown.filter(target__gt=self.after or 0).order_by("target_id")[: self.size]

    @property
    def is_of_all(self):
        return not self.state

    @cached_property
    def count(self):
        return self.items.count()

    @cached_property
    def first(self):
        return self.items.filter(target__lt=self.rows[0].target_id).count() + 1 if self.rows else 0

    @property
    def last(self):
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def previous_url(self):
        return self._url(before=self.rows[0].target_id) if self.first > 1 else ""

    @property
    def next_url(self):
        return self._url(after=self.rows[-1].target_id) if self.last < self.count else ""

    def _url(self, **place):
        return "?" + urlencode(({"outcome": self.state} if self.state else {}) | place)


def one_of(parameters, name, allowed):
    """The value in the address, "" without one."""
    values = parameters.getlist(name)
    if len(values) > 1 or any(value not in allowed for value in values):
        raise Refusal(_("The address of this page is not right. Go back to the job and choose again."), status=400)
    return values[0] if values else ""


def _key(parameters, name):
    values = parameters.getlist(name)
    if len(values) > 1 or not all(is_key(value) for value in values):
        raise Refusal(_("The address of this page is not right. Go back to the job and choose again."), status=400)
    return int(values[0]) if values else None

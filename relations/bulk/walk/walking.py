"""Going through the relations one by one, in a form with only the chosen properties (R62).

The walk is a job whose items are carried out by a person. Between visits it is *stopped*, so that no worker and no
reviver has anything to do with it; it is finished when the last item has its outcome. Every relation is saved at once
and its values are kept as those of any change of properties, so it is undone in the same way.
"""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from crm.core.refusals import require
from crm.jobs.models import ItemState, Job, JobState
from crm.jobs.operations import Result
from relations.bulk.properties.fields import TAGS
from relations.models import Relation
from relations.record import actions as relation_actions
from relations.rights import CHANGE

OPERATION = "one_by_one"


def run(job, items):
    """Somebody let the workers go on with it: they hand it back as it was."""
    Job.objects.filter(pk=job.pk).update(state=JobState.STOPPED)
    return {item.pk: Result(ItemState.WAITING) for item in items}


@transaction.atomic
def begin(job, names, *, by):
    """Confirm the draft `job` as a walk over its relations with the properties `names`."""
    require(by, CHANGE)
    job = Job.objects.select_for_update().get(pk=job.pk, by=by)
    if not job.is_draft:
        return job
    together = {"status": ["former_since"], "former_since": ["status"]}  # the one says nothing without the other
    names = list(dict.fromkeys(each for name in names for each in (name, *together.get(name, []))))
    job.items.update(state=ItemState.WAITING, reason="", before=None, after=None)
    job.operation, job.state, job.parameters = OPERATION, JobState.STOPPED, {"fields": names}
    job.preview = {"columns": names}
    job.total = job.items.count()
    job.confirmed_at = job.started_at = job.heartbeat_at = timezone.now()
    job.save()
    return job


def is_open(job):
    return job.operation == OPERATION and job.state == JobState.STOPPED


def position(job):
    """The item where the walk was left, or None when nothing is left to do."""
    kept = job.items.filter(pk=job.parameters.get("item")).first()
    return kept or _waiting(job).first()


def remember(job, item):
    """Where to go on after a pause."""
    if job.parameters.get("item") != item.pk:
        job.parameters["item"] = item.pk
        job.save(update_fields=["parameters"])


def before(job, item):
    return job.items.filter(target__lt=item.target_id).order_by("-target_id").first()


def after(job, item):
    """The next that still waits: later in the row, else one that was passed over; None at the end."""
    waiting = _waiting(job)
    return waiting.filter(target__gt=item.target_id).first() or waiting.exclude(pk=item.pk).first()


def _waiting(job):
    return job.items.filter(state=ItemState.WAITING).order_by("target_id")


@transaction.atomic
def save(job, item, form, *, by):
    """Save the relation of the valid `form`, of which the caller holds the lock, and what the item was and became."""
    relation = form.instance
    stored = Relation.objects.get(pk=relation.pk)
    tags = form.cleaned_data.get(TAGS)
    old, new = _values(stored, form.names), _values(relation, form.names)
    changed = [name for name in old if old[name] != new[name]]
    old, new = {name: old[name] for name in changed}, {name: new[name] for name in changed}
    if tags is not None:
        old[TAGS], new[TAGS] = _tags(stored, tags)
    if changed or old.get(TAGS) or new.get(TAGS):
        relation_actions.change_only(relation, changed, tags=tags, by=by)
    item.before, item.after = _joined(item, old, new)
    _settle(job, item, ItemState.DONE if item.before != item.after else ItemState.UNCHANGED)


@transaction.atomic
def skip(job, item, *, by):
    """Leave it as it is; what was saved on an earlier visit stays saved."""
    require(by, CHANGE)
    if item.state == ItemState.WAITING:
        _settle(job, item, ItemState.SKIPPED, "BY_HAND" if item.target.is_active else "ARCHIVED")


@transaction.atomic
def pass_by(job, item):
    """Restricted since the walk began, and withheld from who walks."""
    if item.state == ItemState.WAITING:
        _settle(job, item, ItemState.SKIPPED, "RESTRICTED")


def _values(relation, names):
    values = {name: getattr(relation, Relation._meta.get_field(name).attname) for name in names if name != TAGS}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _tags(relation, wanted):
    """(keys that go, keys that come)"""
    has, wanted = set(relation.relation_tags.values_list("tag_id", flat=True)), {tag.pk for tag in wanted}
    return sorted(has - wanted), sorted(wanted - has)


def _joined(item, old, new):
    """Values of this visit and of an earlier one: from what it was first to what it is now."""
    first, last = item.before or {}, item.after or {}
    tags = _joined_tags(first, last, old, new)
    both = {**old, **first}, {**last, **new}
    differ = [name for name in both[0] if name != TAGS and both[0][name] != both[1][name]]
    start, end = ({name: each[name] for name in differ} for each in both)
    return (start | {TAGS: tags[0]}, end | {TAGS: tags[1]}) if any(tags) else (start, end)


def _joined_tags(first, last, old, new):
    gone, come = set(first.get(TAGS, [])), set(last.get(TAGS, []))
    gone_now, come_now = set(old.get(TAGS, [])), set(new.get(TAGS, []))
    return sorted((gone - come_now) | (gone_now - come)), sorted((come - gone_now) | (come_now - gone))


def _settle(job, item, state, reason=""):
    """Give the item its outcome, count it, and finish the job with its last one."""
    earlier, item.state, item.reason = item.state, state, reason
    item.save(update_fields=["state", "reason", "before", "after"])
    if earlier != state:
        counts = {state.value: F(state.value) + 1}
        counts |= {} if earlier == ItemState.WAITING else {earlier: F(earlier) - 1}
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now(), **counts)
    if not job.items.filter(state=ItemState.WAITING).exists():
        now = timezone.now()  # told_at: whoever did it knows that it is finished
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE, finished_at=now, told_at=now, parameters={})

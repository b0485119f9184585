"""One chunk of a job is one act on its relations; the outcome of the act becomes a Result an item."""

from archiving.acts import archiving, erasing, restoring, undoing
from archiving.plans.erase import ANONYMISE, DELETE
from archiving.plans.plan import Unanswered
from archiving.reach import execute
from crm.core.drift import Drifted
from crm.jobs.models import ItemState, Job
from crm.jobs.operations import Result

NOT_YET = {"DEBTOR_ARCHIVED"}  # that one may be restored later in the same job (R7)


def archive(job, items):
    def act(root_ids, expected):
        return archiving.archive(root_ids, by=job.by, expected=expected, **_given(job, "reason", "note", "answers"))

    return _results(job, items, act)


def restore(job, items):
    anew = _archived_anew(job, items)

    def act(root_ids, expected):
        return restoring.restore(root_ids, by=job.by, expected=expected)

    return _results(job, [item for item in items if item.pk not in anew], act) | anew


def _archived_anew(job, items):
    """Of a job that undoes another: what was archived since by an act that nobody asked to undo."""
    if not job.undoes_id:
        return {}
    keys = set(undoing.archived_anew(job.undoes, [item.target_id for item in items]).values_list("pk", flat=True))
    return {item.pk: Result(ItemState.SKIPPED, "ARCHIVED_ANEW") for item in items if item.target_id in keys}


def erase(job, items):
    def act(root_ids, expected):
        given = _given(job, "reason", "answers", "keep_files")
        outcome = erasing.erase(root_ids, by=job.by, expected=expected, **given)
        _count(job, list(outcome.modes.values()))
        return outcome

    return _results(job, items, act)


def _given(job, *names):
    return {name: job.parameters[name] for name in names if name in job.parameters}


def _results(job, items, act):
    """{item id: Result} of those that were not done."""
    expected = _expected(job, items)
    try:
        outcome = act([item.target_id for item in items], expected)
    except (Drifted, Unanswered):
        if not expected:
            raise
        return {item.pk: Result(ItemState.SKIPPED, Drifted.code) for item in items}
    codes = {root_id: found[0].code for root_id, found in outcome.skipped.items()}
    return {item.pk: _skipped(codes[item.target_id]) for item in items if item.target_id in codes}


def _expected(job, items):
    """The hash of what was shown, when it was shown of exactly these: see proposals.confirm."""
    return job.parameters.get("expected", "") if len(items) == job.parameters.get("size") else ""


def _skipped(code):
    return Result(ItemState.WAITING if code in NOT_YET else ItemState.SKIPPED, code)


def _count(job, modes):
    """How many were really deleted and how many anonymised: their items go with them (R32), so it is kept here."""
    new = [modes.count(DELETE), modes.count(ANONYMISE)]
    execute(
        f"UPDATE {Job._meta.db_table} SET preview = preview || jsonb_build_object('erased', jsonb_build_object("
        f"'{DELETE}', coalesce((preview #>> '{{erased,{DELETE}}}')::int, 0) + %s, "
        f"'{ANONYMISE}', coalesce((preview #>> '{{erased,{ANONYMISE}}}')::int, 0) + %s)) WHERE id = %s",
        [*new, job.pk],
    )

"""What jobs hold of whoever is erased, beside their items: words that somebody typed for the set (R32)."""

from archiving.reach import execute
from crm.jobs.models import Job, JobItem, JobState

JOBS, ITEMS = Job._meta.db_table, JobItem._meta.db_table
HOLDS_SOME = f"id IN (SELECT job_id FROM {ITEMS} WHERE target_id = ANY(%s))"
HOLDS_NO_OTHER = f"NOT EXISTS (SELECT 1 FROM {ITEMS} other WHERE other.job_id = job.id AND other.target_id <> ALL(%s))"
NOTHING = "'{}'::jsonb"


def forget(root_ids):
    """Before their items go, for these lead to the jobs.

    What was explained at archiving goes, also from a job that goes on with others: they are archived without it. All
    that was typed goes from a job, or a set for which somebody still chooses, that is about nobody else.
    """
    keys = [list(root_ids)]
    execute(f"UPDATE {JOBS} SET parameters = parameters - 'note' WHERE parameters ? 'note' AND {HOLDS_SOME}", keys)
    execute(
        f"UPDATE {JOBS} job SET parameters = {NOTHING}, "
        f"preview = CASE WHEN state = %s THEN {NOTHING} ELSE preview END, "
        f"operation = CASE WHEN state = %s THEN '' ELSE operation END "
        f"WHERE parameters <> {NOTHING} AND {HOLDS_SOME} AND {HOLDS_NO_OTHER}",
        [JobState.DRAFT, JobState.DRAFT, *keys, *keys],
    )

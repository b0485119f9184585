"""What an act would do to a large set, counted by the database: a fixed number of statements, nobody fetched."""

from django.db.models import Count
from django.utils import timezone

from archiving import policies
from archiving.plans import archive_and_restore as planning
from archiving.plans import erase as erasure_planning
from archiving.plans import marking
from archiving.plans.erase import ANONYMISE, DELETE
from archiving.plans.plan import Act
from archiving.plans.preview import Preview
from archiving.reach import execute
from crm.jobs.models import ItemState

# Room for the keys of the whole set in a hash: a NOT IN that does not fit is carried out row by row, a set squared.
WORK_MEM = "128MB"


def counted(job, act):
    """The Preview of `act` for the draft `job`; marks its items. In the caller's transaction."""
    execute("SELECT set_config('work_mem', %s, true)", [WORK_MEM])
    marking.mark(job, act)
    states = {(state, reason): count for state, reason, count in _states(job)}
    return Preview(
        kind=str(act),
        total=sum(states.values()),
        can=sum(count for (state, _reason), count in states.items() if state == ItemState.WAITING),
        fingerprint=marking.fingerprint(job),
        obstacles={reason: count for (state, reason), count in states.items() if state == ItemState.SKIPPED},
        computed_at=timezone.now(),
        **(_files_and_modes(job, states) if act == Act.ERASE else {"mode_counts": {}, "file_count": 0}),
        **({"questions": [], "retention": []} | _consequences(job, act)),
    )


def _states(job):
    return job.items.order_by().values_list("state", "reason").annotate(Count("pk"))


def _consequences(job, act):
    going = marking.going(job)
    match act:
        case Act.ARCHIVE:
            return planning.consequences_of_archiving(going)
        case Act.RESTORE:
            acts = policies.root()._base_manager.filter(pk__in=going).order_by().values("archival")
            return planning.consequences_of_restoring(going, acts)
    kept, gone = marking.going(job, reason=marking.ANONYMISED), marking.going(job, reason="")
    return erasure_planning.consequences_of_erasing(going, kept=kept, gone=gone)


def _files_and_modes(job, states):
    anonymised = states.get((ItemState.WAITING, marking.ANONYMISED), 0)
    deleted = states.get((ItemState.WAITING, ""), 0)
    modes = {ANONYMISE: anonymised, DELETE: deleted}
    return {
        "mode_counts": {mode: count for mode, count in modes.items() if count},
        "file_count": erasure_planning.file_count(marking.going(job)),
    }

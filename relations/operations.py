"""What can be done with a set of relations (crm/jobs/operations.py)."""

from django.utils.translation import gettext_lazy as _

from crm.jobs.operations import Operation, register
from relations.bulk import previewing, undoing, walking, writing
from relations.bulk.reasons import REASONS

register(
    Operation(
        key=previewing.OPERATION,
        label=_("Change properties"),
        done_word=_("changed"),
        permission=previewing.PERMISSION,
        run=writing.run,
        description=_("Give all of them the same values, or go through them one by one. Can be undone."),
        start="relations:bulk_properties",
        order=10,
        reasons=REASONS,
        undo=undoing.undo,
    )
)
register(
    Operation(
        key=undoing.OPERATION,
        label=_("Undo a change of properties"),
        done_word=_("put back"),
        permission=undoing.PERMISSION,
        run=writing.run,
        reasons=REASONS,
    )
)
register(
    Operation(
        key=walking.OPERATION,
        label=_("Change properties one by one"),
        done_word=_("changed"),
        permission=walking.PERMISSION,
        run=walking.run,
        reasons=REASONS,
        undo=undoing.undo,
    )
)

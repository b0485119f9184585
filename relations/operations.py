"""What can be done with a set of relations (crm/jobs/operations.py)."""

from django.utils.translation import gettext_lazy as _

from crm.jobs.operations import Operation, Undo, register
from relations.bulk import exporting, former, gathering, moving
from relations.bulk.properties import previewing, undoing, writing
from relations.bulk.properties.reasons import REASONS
from relations.bulk.walk import walking
from relations.rights import CHANGE, VIEW

UNDO = Undo(undoing.OPERATION, undoing.fill, undoing.mark)

register(
    Operation(
        key=previewing.OPERATION,
        label=_("Change properties"),
        done_word=_("changed"),
        permission=CHANGE,
        run=writing.run,
        description=_("Give all of them the same values, or go through them one by one. Can be undone."),
        start="relations:bulk_properties",
        order=10,
        reasons=REASONS,
        undo=UNDO,
        is_in_items=True,
    )
)
register(
    Operation(
        key=undoing.OPERATION,
        label=_("Undo a change of properties"),
        done_word=_("put back"),
        permission=CHANGE,
        run=writing.run,
        reasons=REASONS,
    )
)
register(
    Operation(
        key=walking.OPERATION,
        label=_("Change properties one by one"),
        done_word=_("changed"),
        permission=CHANGE,
        run=walking.run,
        reasons=REASONS,
        undo=UNDO,
        by_hand="relations:bulk_one_by_one",
    )
)
register(
    Operation(
        key=former.OPERATION,
        label=_("Set to former"),
        done_word=_("set to former"),
        permission=CHANGE,
        run=writing.run,
        description=_("For clients who left. They stay in the list, with their history, hours and reports."),
        start="relations:bulk_former",
        order=20,
        reasons=REASONS | {"ALREADY_FORMER": _("was former already")},
        undo=UNDO,
    )
)
register(
    Operation(
        key=moving.OPERATION,
        label=_("Move tasks and activities"),
        done_word=_("moved"),
        permission=CHANGE,
        run=moving.run,
        description=_(
            "To another relation, for instance before archiving or erasing. With notes and attachments, without quotes."
        ),
        start="relations:bulk_moving",
        order=30,
        is_final=True,
        reasons={
            "NO_WORK": _("had nothing to move"),
            "TARGET": _("is the relation that gets the work"),
            "TARGET_GONE": _("the relation that gets the work has been archived"),
        },
    )
)
register(
    Operation(
        key=gathering.ADD,
        label=_("Add to a selection"),
        done_word=_("added to the selection"),
        permission=VIEW,
        run=gathering.run_adding,
        description=_("To a selection that you have, or to a new one. Nothing changes in the relations themselves."),
        start="relations:bulk_adding",
        order=40,
        reasons={
            "IN_SELECTION": _("was in the selection already"),
            "SELECTION_GONE": _("the selection no longer exists"),
        },
    )
)
register(
    Operation(
        key=gathering.REMOVE,
        label=_("Remove from a selection"),
        done_word=_("removed from the selection"),
        permission=VIEW,
        run=gathering.run_removing,
        description=_("Out of a selection that you have. Nothing changes in the relations themselves."),
        start="relations:bulk_removing",
        order=41,
        reasons={
            "NOT_IN_SELECTION": _("was not in the selection"),
            "SELECTION_GONE": _("the selection no longer exists"),
        },
    )
)
register(
    Operation(
        key=exporting.OPERATION,
        label=_("Export"),
        done_word=_("exported"),
        permission=VIEW,
        run=exporting.run,
        description=_("To a CSV or Excel file with the columns that you choose. Nothing changes."),
        start="relations:bulk_export",
        order=50,
    )
)

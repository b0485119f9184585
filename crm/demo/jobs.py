"""Jobs as an office leaves them behind: with skipped rows and undone, and with rows that were so already."""

from datetime import date

from django.utils.translation import gettext as _

from archiving.acts import proposals
from archiving.models import ArchiveReason
from archiving.plans import showing as previewing
from archiving.plans.plan import Act
from crm.demo import shown
from crm.jobs import confirming, freezing, undoing
from relations.bulk import gathering
from relations.models import Relation, Selection


def show(relations, *, by, admin, answers):
    """`answers(plan)` answers what archiving asks. Afterwards every relation is as it was."""
    archived = _archive_what_can_be([relations[place].pk for place in (*shown.BLOCKED, shown.RESTORED)], by, answers)
    undoing.confirm(undoing.propose(archived, by=admin), by=admin)
    _fill_selection([relations[place].pk for place in range(5, 20)], by)


def _archive_what_can_be(root_ids, by, answers):
    """Most of these have something open, and are skipped with the reason."""
    job = proposals.propose(Act.ARCHIVE, root_ids, by=by, origin=_("ticked in the list"))
    plan = previewing.preview(job, Act.ARCHIVE)
    answered = {key: given.isoformat() if isinstance(given, date) else given for key, given in answers(plan).items()}
    given = {"reason": ArchiveReason.INACTIVE.value, "note": "", "answers": answered}
    return proposals.confirm(job, plan, given, by=by)


def _fill_selection(root_ids, by):
    """Into a selection in which some are already."""
    found = Relation.objects.active().filter(pk__in=root_ids)
    job = freezing.freeze(found, by=by, origin=_("ticked in the list"), operation=gathering.ADD)
    job.parameters = {"selection": Selection.objects.filter(owner=by).earliest("pk").pk}
    job.save(update_fields=["parameters"])
    confirming.confirm(job, by=by)

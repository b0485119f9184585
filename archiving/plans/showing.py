"""What an act would do to the relations of a draft job, for the page that asks for confirmation (B2).

A set that one can still read is planned anew each time it is shown, with everybody named. A larger one is counted once,
kept with its job, and counted again when somebody asks or confirms.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from archiving.plans import archive_and_restore as planning
from archiving.plans import counting, marking
from archiving.plans import erase as erasure_planning
from archiving.plans import preview as previews
from archiving.plans.blocking import blockers
from archiving.plans.plan import Act
from archiving.policies import Stage
from crm.core.refusals import Refusal
from crm.jobs.freezing import target_ids
from crm.jobs.models import Job

PLANS = {
    Act.ARCHIVE: planning.plan_archive,
    Act.RESTORE: planning.plan_restore,
    Act.ERASE: erasure_planning.plan_erase,
}
OBSTACLES = {
    Act.ARCHIVE: lambda root_ids: blockers(root_ids, Stage.ARCHIVE),
    Act.RESTORE: planning.what_keeps_archived,
    Act.ERASE: lambda root_ids: blockers(root_ids, Stage.ERASE),
}


@transaction.atomic
def preview(job, act, *, anew=False):
    """A Plan, or of a large set a Preview, of `act` for the draft `job`; None when it is no draft any more.

    The items are marked with it. `anew`: count a large set again.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_draft:
        return None
    if job.operation != act:  # the set was frozen before anybody chose what to do with it, or they chose again
        Job.objects.filter(pk=job.pk).update(operation=act, preview={}, parameters={})
        job.preview = {}
        marking.clear(job)
    if job.total <= settings.ARCHIVING_NAMED_UP_TO:
        return _plan(job, act)
    if anew or not job.preview:
        job.preview = previews.to_json(counting.counted(job, act))
        Job.objects.filter(pk=job.pk).update(preview=job.preview)
    return previews.from_json(job.preview)


def _plan(job, act):
    root_ids = target_ids(job)
    if not root_ids:
        raise Refusal(_("The relations this was about no longer exist."), status=410)
    plan = PLANS[act](root_ids)
    marking.mark_as_planned(job, plan)
    return plan

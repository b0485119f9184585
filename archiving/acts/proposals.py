"""From a set that somebody points at to a draft job, and from what was shown of it to running: exactly that (B2)."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from archiving import policies
from archiving.acts.beginning import permission
from archiving.plans import marking
from archiving.reach import among
from crm.core.drift import Drifted
from crm.core.refusals import Refusal
from crm.jobs import confirming, freezing
from crm.jobs.models import Job


def propose(act, relations, *, by, origin=""):
    """A draft job for `act`; refuses an empty set, and keys of relations that are gone (status 400).

    `relations` is a QuerySet of any size, or keys.
    """
    found = relations if isinstance(relations, QuerySet) else _known(set(relations), by)
    return freezing.freeze(found, by=by, origin=origin, operation=act, permission=permission(act))


def _known(root_ids, by):
    """The relations with these keys, all of which must be there for `by` to see."""
    found = policies.root().objects.visible_to(by).filter(pk__in=among(sorted(root_ids)), erasure=None)
    if found.count() != len(root_ids):
        raise Refusal(_("One or more of these relations no longer exist. Please make the selection again."), status=400)
    return found


def confirm(job, plan, parameters, *, by):
    """Run the draft `job` for the relations that `plan` (a Plan or Preview) said can go on; returns the job.

    A small set is done at once, whole: Drifted when anything is otherwise than `plan` says, and nothing happened.
    """
    if job.total - plan.cannot > settings.JOBS_AT_ONCE:
        return confirming.confirm(_prepared(job, plan, parameters), by=by)
    with transaction.atomic():
        whole = {"expected": plan.of_those_who_can.hash, "size": plan.can} if _names(plan) else {}
        job = confirming.confirm(_prepared(job, plan, parameters | whole), by=by)
        if job.items.filter(reason=Drifted.code).exists():
            raise Drifted(plan)
    return job


@transaction.atomic
def _prepared(job, plan, parameters):
    """The job as it is now, ready to run; as it is when it runs already, or ran."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.is_draft:
        if job.operation != plan.kind or marking.fingerprint(job) != plan.fingerprint:  # marked anew for another page
            raise Drifted(plan)
        job.parameters = parameters
        job.save(update_fields=["parameters"])
    return job


def _names(plan):
    return hasattr(plan, "of_those_who_can")

"""The set somebody was shown, frozen: what is confirmed runs for exactly that set, and once (B2)."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archiving import policies
from archiving.acting import permission
from archiving.models import Proposal
from crm.core.refusals import Refusal, require


def propose(kind, root_ids, *, by):
    """Freeze `root_ids` for an act of `kind`; refuses an empty, unknown or too large set (status 400)."""
    require(by, permission(kind))
    root_ids = sorted(set(root_ids))
    if not root_ids:
        raise Refusal(_("Select at least one relation first."), status=400)
    if len(root_ids) > settings.ARCHIVING_MAX_AT_ONCE:
        raise Refusal(_too_many(len(root_ids)), status=400)
    known = policies.root()._base_manager.filter(pk__in=root_ids, erasure=None).count()
    if known != len(root_ids):
        raise Refusal(_("One or more of these relations no longer exist. Please make the selection again."), status=400)
    return Proposal.objects.create(kind=kind, root_ids=root_ids, by=by)


def execute(uuid, *, by, run):
    """Run `run(root_ids)` → Outcome for the proposal of `by`, unless it ran before; returns the proposal either way."""
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().get(pk=uuid, by=by)
        if proposal.executed_at is None:
            outcome = run(proposal.root_ids)
            proposal.executed_at = timezone.now()
            proposal.outcome = _told(outcome)
            proposal.save(update_fields=["executed_at", "outcome"])
    return proposal


def _told(outcome):
    """Keys and codes only: an erased relation leaves nothing here."""
    return {
        "done": outcome.done,
        "skipped": {pk: [finding.code for finding in found] for pk, found in outcome.skipped.items()},
        "modes": outcome.modes,
    }


def _too_many(count):
    most = settings.ARCHIVING_MAX_AT_ONCE
    sentence = ngettext(
        "At most %(most)d relation can be done at once; you selected %(count)d. Please select fewer.",
        "At most %(most)d relations can be done at once; you selected %(count)d. Please select fewer.",
        most,
    )
    return sentence % {"most": most, "count": count}

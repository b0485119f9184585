"""From the relations somebody sees, ticked or filtered, to a frozen set; and the ticks until that set is dealt with."""

from django.db import transaction
from django.utils.translation import gettext as _

from archiving.acts.beginning import permission
from archiving.plans.plan import Act
from crm.core.lists import SessionSelection
from crm.core.lists.fingerprints import refuse_unless_shown
from crm.core.refusals import Refusal
from crm.jobs import freezing
from crm.jobs.models import Job

KEY = "relations"
FROZEN = "selection.relations.job"
LONGEST_ORIGIN = 500


def selection_of(request, listing):
    """The selection over the pages of `listing`; emptied once what its relations were frozen for was confirmed."""
    selection = SessionSelection(request.session, KEY, listing)
    frozen = request.session.get(FROZEN)
    if frozen and Job.objects.confirmed().filter(pk=frozen).exists():
        forget_proposal(request)
        selection.clear()
    return selection


def forget_proposal(request):
    """Ticking differently after going back from a frozen set: carrying that one out says nothing about these ticks."""
    request.session.pop(FROZEN, None)


def propose_archiving(request, selection, *, expected):
    """Freeze the relations that were shown as selected, for the page that asks for confirmation."""
    return _freeze_selected(request, selection, expected, operation=Act.ARCHIVE, permission=permission(Act.ARCHIVE))


# --- freezing --------------------------------------------------------------------------------------------------------


def freeze_selected(request, selection, *, expected):
    """A draft Job of exactly the relations that were shown as selected (R58)."""
    return _freeze_selected(request, selection, expected)


def freeze_listed(listing, *, by, expected):
    """A draft Job of exactly the relations that the page of the whole filter counted (R58)."""
    return freeze(listing.filtered, by=by, expected=expected, origin=origin_of_list(listing))


def freeze_kept(selection, *, by):
    """A draft Job of the relations that a kept Selection shows: archived ones are hidden in it (R59)."""
    origin = _("from selection %(name)s") % {"name": selection.name}
    return freezing.freeze(selection.relations().active(), by=by, origin=origin[:LONGEST_ORIGIN])


def _freeze_selected(request, selection, expected, **chosen):
    job = freeze(selection.rows, by=request.user, expected=expected, origin=_origin_of(selection), **chosen)
    request.session[FROZEN] = job.pk
    return job


@transaction.atomic
def freeze(relations, *, by, expected, origin, **chosen):
    """What was frozen is compared with what was shown, and let go when it is another set (B2)."""
    if not relations.exists():
        raise Refusal(_("Nothing is selected (any more). Go back to the list and tick what you mean."))
    job = freezing.freeze(relations, by=by, origin=origin[:LONGEST_ORIGIN], **chosen)
    refuse_unless_shown(job.items, expected, key="target")
    return job


# --- where a set came from -------------------------------------------------------------------------------------------


def origin_of_list(listing):
    """As in “from filter Inactive (Status: Former)”; what was searched for is not told: it may be a name."""
    conditions = listing.filter_text
    if any(name == "q" for name, _value in listing.filters):
        conditions = (
            _("%(filter)s with a search text") % {"filter": conditions} if conditions else _("with a search text")
        )
    saved = listing.saved
    if saved and conditions:
        return _("from filter %(name)s (%(filter)s)") % {"name": saved.name, "filter": conditions}
    if saved:
        return _("from filter %(name)s") % {"name": saved.name}
    return conditions or _("all relations of the list")


def _origin_of(selection):
    listing = selection.listing
    if selection.is_all and not selection.ids:
        return origin_of_list(listing)
    if listing.is_filtered:
        return _("ticked in the list (%(filter)s)") % {"filter": origin_of_list(listing)}
    return _("ticked in the list")

"""Client activities: saved with their attachments, done and open again, and what is hung under them."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal
from relations import keeping
from relations.models import ClientActivity, Note


@transaction.atomic
def keep(activity, *, by):
    """With its `new_attachments`."""
    keeping.keep(activity, by=by)
    _save_all(activity.new_attachments)
    return activity


@transaction.atomic
def attach(activity, attachments, *, by):
    _held(activity, by)
    _save_all(attachments)


@transaction.atomic
def write_note(activity, text, *, by):
    activity = _held(activity, by)
    return keeping.save(Note(relation=activity.relation, activity=activity, text=text, author=by), by=by)


@transaction.atomic
def finish(activity, *, by):
    """It stays, in the timeline under Done (R100)."""
    return _set_done(activity, timezone.now(), _("This activity is done already."), by)


@transaction.atomic
def reopen(activity, *, by):
    return _set_done(activity, None, _("This activity is open already."), by)


def _set_done(activity, moment, already, by):
    current = _held(activity, by)
    if (current.done_at is None) == (moment is None):
        raise Refusal(already)
    current.done_at = moment
    return keeping.save(current, by=by)


def _held(activity, by):
    """As it is now, locked, with its relation."""
    keeping.relation_to_change(activity.relation_id, by=by)
    current = ClientActivity.objects.select_for_update().filter(pk=activity.pk, relation=activity.relation_id).first()
    if current is None:
        raise Refusal(_("This is not here any more: somebody else deleted or moved it."))
    keeping.refuse_archived(current)
    return current


def _save_all(attachments):
    for attachment in attachments:
        attachment.save()

"""Who may see and change what is kept under a name; for saved filters and selections alike."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require, when_taken
from relations.rights import SHARE_WITH_OFFICE, VIEW


def reach_fields(reach, *, by):
    """The fields that say `reach` ("me", "office" or the key of one of the groups of `by`)."""
    if reach == "office":
        require(by, SHARE_WITH_OFFICE)
        return {"shared_with_id": None, "for_office": True}
    if reach == "me":
        return {"shared_with_id": None, "for_office": False}
    if not by.groups.filter(pk=reach).exists():
        raise PermissionDenied
    return {"shared_with_id": int(reach), "for_office": False}


def locked(record, *, by, version=None):
    """`record` as it is now, for `by` to change until the commit; refused when it is no longer the one of `version`."""
    require(by, VIEW)
    model = type(record)
    if not model.objects.editable_by(by).filter(pk=record.pk).exists():
        raise PermissionDenied
    present = model.objects.select_for_update().filter(pk=record.pk).first()
    if present is None or version not in (None, present.version):
        raise Refusal(
            _("Somebody else changed “%(name)s” meanwhile. Nothing was saved; look at it again first.")
            % {"name": record.name}
        )
    return present


@transaction.atomic
def change(record, *, name, reach, version, by):
    """Rename it and say who sees it; the group it is shared with already may stay, also of who is not in it."""
    present = locked(record, by=by, version=version)
    fields = {} if reach == present.reach else reach_fields(reach, by=by)
    return write(present, name=name, **fields)


def write(record, **fields):
    """Save `fields` of a record that is new or locked."""
    for field, value in fields.items():
        setattr(record, field, value)
    record.version = record.version + 1 if record.pk else 1
    with when_taken(_("You have one with this name already: type another name.")):
        record.save()
    return record


@transaction.atomic
def remove(record, *, by):
    locked(record, by=by).delete()


def free_name(model, name, *, owner):
    """`name`, or with a number behind it when `owner` has that one already."""
    taken = set(model.objects.filter(owner=owner).values_list("name", flat=True))
    if name not in taken:
        return name
    return next(new for number in range(2, len(taken) + 3) if (new := f"{name[:70]} ({number})") not in taken)

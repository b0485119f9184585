"""Who may see a relation: everybody, or only the employees and groups that were given access (decision 0012)."""

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations import keeping
from relations.keeping import refuse_unless_active
from relations.models import SEEING, Relation, RelationGroupPermission, RelationUserPermission
from relations.rights import RESTRICT


@transaction.atomic
def restrict(relation, *, employees, groups, by):
    """From now on only `employees` and the members of `groups` see `relation`."""
    require(by, RESTRICT)
    if not employees and not groups:
        raise Refusal(_("Choose at least one employee or group: somebody must be able to see the relation."), 422)
    record = _locked(relation)
    if not record.restricted:
        _mark(record, True, by)
    _give(RelationUserPermission, "user", record, employees, by)
    _give(RelationGroupPermission, "group", record, groups, by)
    return record


@transaction.atomic
def open_to_all(relation, *, by):
    """Everybody sees `relation` again; restricting it later starts with nobody."""
    require(by, RESTRICT)
    record = _locked(relation)
    if not record.restricted:
        raise Refusal(_("This relation is not restricted (any more)."))
    _mark(record, False, by)
    _give(RelationUserPermission, "user", record, [], by)
    _give(RelationGroupPermission, "group", record, [], by)
    return record


def _locked(relation):
    record = Relation.objects.select_for_update().get(pk=relation.pk)
    if record.is_erased:
        refuse_unless_active(record)
    return record


def _mark(record, restricted, by):
    refuse_unless_active(record)
    record.restricted = restricted
    keeping.save(record, by=by, update_fields=["restricted"])


def _give(model, kind, record, wanted, by):
    """Access for exactly `wanted`, employees or groups as `kind` says; each that comes or goes has its history row."""
    rows = model.objects.filter(content_object=record, permission__codename=SEEING)
    for row in rows.exclude(**{f"{kind}__in": wanted}):
        keeping.delete(row, by=by)
    present = set(rows.values_list(kind, flat=True))
    seeing = Permission.objects.get(content_type__app_label="relations", codename=SEEING)
    for one in wanted:
        if one.pk not in present:
            row = model(content_object=record, permission=seeing, **{kind: one})
            keeping.save(row, by=by)

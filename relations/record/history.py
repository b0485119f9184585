"""The changes of a relation as a person reads them: who changed what from what into what, and when."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.accounts import roles
from crm.core.templatetags import formats
from relations.models import ERASED_NAME, Relation, RelationGroupPermission, RelationUserPermission

# Told as an act (archival), by the number on every page (id, created_at), or made by the database (search).
NOT_TOLD = {"id", "archival", "erasure", "created_at", "search"}
WRITTEN = {"phone": formats.phone, "mobile": formats.phone, "iban": formats.grouped}
CREATED, DELETED = "+", "-"


@dataclass(frozen=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    at: datetime
    by: str
    title: str
    note: str = ""
    fields: list[FieldChange] = field(default_factory=list)


def changes(rows, relation, acts=True):
    """The changes in `rows` of the relation's history, newest first, with what was archived, restored and deleted."""
    told = _told_rows(list(rows.select_related("history_user")), relation)
    if acts:
        told += [*_acts(relation), *_access(relation), *_deletions(relation)]
    return sorted(told, key=lambda change: change.at, reverse=True)


def _told_rows(rows, relation):
    """Four queries at most, however many rows: the row before the oldest, and the names of what rows point at."""
    if not rows:
        return []
    pairs = list(zip(rows, [*rows[1:], _before(rows[-1], relation)], strict=True))
    names = _names(row for pair in pairs for row in pair if row)
    told = [_told(row, older, names) for row, older in pairs]
    return [change for change in told if change]


def _before(row, relation):
    earlier = Q(history_date__lt=row.history_date) | Q(history_date=row.history_date, history_id__lt=row.history_id)
    return relation.history.filter(earlier).first()


def _told(row, older, names):
    by = str(row.history_user or _("the system"))
    if row.history_type == CREATED or older is None:
        return Change(row.history_date, by, _("Created")) if row.history_type == CREATED else None
    differences = [
        FieldChange(
            capfirst(f.verbose_name),
            written(f, getattr(older, f.attname), names),
            written(f, getattr(row, f.attname), names),
        )
        for f in _told_fields()
        if getattr(row, f.attname) != getattr(older, f.attname)
    ]
    return Change(row.history_date, by, _("Changed"), fields=differences) if differences else None


def _told_fields():
    return [f for f in Relation._meta.concrete_fields if f.name not in NOT_TOLD]


def _names(rows):
    """{model: {key: name}} of what the rows point at, one query a model."""
    keys = defaultdict(set)
    links = [f for f in _told_fields() if f.is_relation]
    for row in rows:
        for f in links:
            keys[f.related_model].add(getattr(row, f.attname))
    return {model: model._base_manager.in_bulk(found - {None}) for model, found in keys.items()}


def written(f, value, names):
    """The value of field `f` as a person reads it; `names` is {model: {key: record}} of what values point at."""
    if value in (None, "", {}):
        return ""
    if f.is_relation:
        return _name(names[f.related_model].get(value, ERASED_NAME))
    if f.choices:
        return str(dict(f.flatchoices).get(value, value))
    return WRITTEN.get(f.name, _plain)(value)


def _name(record):
    """Of a restricted relation no name: who reads what happened to another one need not have access to it."""
    return record.name_for(None) if isinstance(record, Relation) else str(record)


def _plain(value):
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
        case date():
            return date_format(value, "DATE_FORMAT")
        case dict():
            return ", ".join(f"{key}: {item}" for key, item in value.items())
    return str(value)


def _access(relation):
    """Who gave it to whom, and who took it away."""
    words = {CREATED: _("Access given"), DELETED: _("Access withdrawn")}
    told = []
    for model, kind in ((RelationUserPermission, "user"), (RelationGroupPermission, "group")):
        for row in model.history.filter(content_object=relation).select_related("history_user", kind):
            by = str(row.history_user or _("the system"))
            told.append(
                Change(row.history_date, by, words[row.history_type], note=roles.title(str(getattr(row, kind))))
            )
    return told


def _acts(relation):
    told = []
    for act in relation.archivals.select_related("by", "restored_by"):
        reason = ": ".join(part for part in (act.get_reason_display(), act.note) if part)
        told.append(Change(act.at, str(act.by), _("Archived"), note=reason))
        if act.restored_at:
            told.append(Change(act.restored_at, str(act.restored_by), _("Restored")))
    return told


def _deletions(relation):
    """What was deleted under it: kind, number and reason, never what it said (R99, R106)."""
    return [
        Change(deletion.at, str(deletion.by), _("Deleted: %(what)s") % {"what": deletion.kind}, note=_reason(deletion))
        for deletion in relation.deletions.select_related("by")
    ]


def _reason(deletion):
    along = [
        f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}" for meta, count in deletion.along
    ]
    return "; ".join([deletion.get_reason_display(), *along])

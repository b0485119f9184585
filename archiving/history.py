"""Rows of django-simple-history, written and removed set-based: its own way is one query a row, with the old data."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archiving import policies
from archiving.erasure import files
from archiving.reach import among, execute

OWN_COLUMNS = {"history_id", "history_date", "history_change_reason", "history_type", "history_user_id"}


def record(model, ids, *, by, because, kind="~"):
    """One row for each of `ids` as it is now: '~' for changed, '+' for made. `by` may be None: the system itself."""
    history = model.history.model
    columns = [f.column for f in history._meta.concrete_fields if f.column not in OWN_COLUMNS]
    listed = ", ".join(f'"{column}"' for column in columns)
    execute(
        f"INSERT INTO {history._meta.db_table} "
        f"({listed}, history_date, history_change_reason, history_type, history_user_id) "
        f"SELECT {listed}, %s, %s, %s, %s FROM {model._meta.db_table} WHERE id = ANY(%s)",
        [timezone.now(), because, kind, by and by.pk, list(ids)],
    )


def rows_about(policy, touched, root_ids):
    """History rows of the objects `touched`, and those that carried one of the relations `root_ids` then."""
    history = policy.history
    found = [history.objects.filter(**{f"{policy.model._meta.pk.name}__in": among(touched)})]
    found += [history.objects.filter(**{f"{name}__in": keys}) for name, keys in _columns_to_root(policy, root_ids)]
    first, *others = [rows.order_by().values("pk") for rows in found]
    return history.objects.filter(Q(pk__in=first.union(*others) if others else first)).order_by()


def _columns_to_root(policy, root_ids):
    """(column, keys) by which a row was theirs then; the root's own links to others tell nothing of it."""
    if policy.is_root or policy.orphans:
        return
    for path in policy.paths:
        first, *rest = path.split("__")
        parent = policy.model._meta.get_field(first).related_model
        yield first, _parents(parent, rest[0], root_ids) if rest else among(root_ids)
    for reference in policy.references:
        if reference.scrub:
            yield reference.field, among(root_ids)


def _parents(parent, path, root_ids):
    """Keys of the rows in between: those that are there, and those only history knows (a deleted invoice)."""
    mine = {f"{path}__in": among(root_ids)}
    live = parent._base_manager.filter(**mine).values("pk")
    history = policies.policy_of(parent).history
    return live.union(history.objects.filter(**mine).order_by().values("id")) if history else live


def forget(policy, touched, root_ids, *, keep_files=()):
    """Remove them, with the files that nothing else names any more (R92: uploads that were replaced); how many."""
    rows = rows_about(policy, touched, root_ids)
    for field in policy.model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            still_there = policy.model._base_manager.filter(pk__in=rows.values(policy.model._meta.pk.name))
            in_use = {*keep_files, *still_there.values_list(field.name, flat=True)}
            files.mark(rows.exclude(**{f"{field.name}__in": in_use}), field.name)
    return rows._raw_delete(rows.db)

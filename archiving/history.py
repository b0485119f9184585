"""Rows of django-simple-history, written and removed set-based: its own way is one query a row, with the old data."""

from django.db.models import Q
from django.utils import timezone

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
    found += [history.objects.filter(**{f"{name}__in": among(root_ids)}) for name in _columns_to_root(policy)]
    first, *others = [rows.order_by().values("pk") for rows in found]
    return history.objects.filter(Q(pk__in=first.union(*others) if others else first)).order_by()


def _columns_to_root(policy):
    """Columns of the model that hold a relation's key themselves; the root's own links to others tell nothing of it."""
    if policy.is_root:
        return []
    direct = [path for path in policy.paths if "__" not in path]
    return direct + [reference.field for reference in policy.references if reference.scrub]


def forget(policy, touched, root_ids):
    """Remove them; returns how many."""
    rows = rows_about(policy, touched, root_ids)
    return rows._raw_delete(rows.db)

"""Files of erased rows: written down inside the transaction, removed after it, so that no crash forgets one."""

from django.core.files.storage import default_storage
from django.db import transaction

from archiving.models import FileRemoval, KeptFile
from archiving.reach import execute, keys_sql


def mark(rows, field_name):
    """Write down every file that `rows` hold in `field_name`."""
    model = rows.model
    key, column = model._meta.pk.column, model._meta.get_field(field_name).column
    sql, params = keys_sql(rows)
    execute(
        f"INSERT INTO {FileRemoval._meta.db_table} (path, requested_at, attempts) "
        f"SELECT DISTINCT {column}, now(), 0 FROM {model._meta.db_table} WHERE {column} <> '' AND {key} IN ({sql}) "
        f"AND {column} NOT IN (SELECT path FROM {FileRemoval._meta.db_table})",
        params,
    )


def keep(paths):
    """Write down files that stay although their rows go, so that stray_files leaves them alone."""
    KeptFile.objects.bulk_create([KeptFile(path=path) for path in paths], ignore_conflicts=True)


def remove_marked(limit=500):
    """Remove files that were marked; returns how many. A missing file is success; a failing one is tried again."""
    with transaction.atomic():
        removals = list(FileRemoval.objects.select_for_update(skip_locked=True).order_by("attempts", "pk")[:limit])
        gone = [removal.pk for removal in removals if _removed(removal)]
        FileRemoval.objects.filter(pk__in=gone).delete()
    return len(gone)


def _removed(removal):
    try:
        default_storage.delete(removal.path)
    except OSError:
        removal.attempts += 1
        removal.save(update_fields=["attempts"])
        return False
    return True

"""Files that nothing names: saved in a transaction that was rolled back, or by a process that died before the end.

A database undoes its rows, a disk does not undo its files; whoever looks a day later finds what was left. What was kept
at erasing before that was written down (KeptFile) is named by nothing either: older files are left alone.
"""

import logging
from datetime import timedelta
from itertools import batched
from pathlib import PurePosixPath

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField
from django.utils import timezone

from archiving.models import FileRemoval, KeptFile
from crm.core.models import SafeUploadTo

LEFT_ALONE = timedelta(days=1)  # longer than any transaction lasts
AT_ONCE = 1000  # names in one question
FEW = 100  # more, and more than one in ten, is no accident: a database that belongs to other files
logger = logging.getLogger(__name__)


def remove(*, before=None):
    """Remove the stray files that were last written before `before` (a day ago); returns how many.

    It removes none when there are suspiciously many, as beside a backup of the database that was just put back.
    """
    fields, since = _fields(), _known_since()
    before = before or timezone.now() - LEFT_ALONE
    found = [path for folder in _folders(fields) for path in _files_in(folder) if _is_between(path, since, before)]
    stray = [path for paths in batched(found, AT_ONCE) for path in set(paths) - _named(fields, paths)]
    if len(stray) > FEW and len(stray) * 10 > len(found):
        logger.error("%d of %d files are named nowhere: none was removed", len(stray), len(found))
        return 0
    for path in stray:
        default_storage.delete(path)
    return len(stray)


def _known_since():
    """Since when every file that stays without a row is written down."""
    applied = MigrationRecorder(connection).migration_qs.filter(app="archiving", name="0005_kept_file")
    return applied.values_list("applied", flat=True).get()


def _fields():
    """Of models and of their history: what was replaced is still named there."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    own = [(model, field) for model in models for field in model._meta.concrete_fields if isinstance(field, FileField)]
    past = [(model.history.model, field) for model, field in own if hasattr(model, "history")]
    return [*own, *past]


def _folders(fields):
    """Those of uploads only: the sweep never comes where something else is kept."""
    return {f.upload_to.folder for _, f in fields if isinstance(f.upload_to, SafeUploadTo)}


def _files_in(folder):
    try:
        return [str(PurePosixPath(folder, name)) for name in default_storage.listdir(folder)[1]]
    except FileNotFoundError:
        return []


def _is_between(path, since, before):
    try:
        return since < default_storage.get_modified_time(path) < before
    except FileNotFoundError:
        return False


def _named(fields, paths):
    named = [*((model, field.name) for model, field in fields), (KeptFile, "path"), (FileRemoval, "path")]
    first, *others = [
        model._base_manager.order_by().filter(**{f"{name}__in": paths}).values_list(name) for model, name in named
    ]
    return {path for (path,) in first.union(*others)}

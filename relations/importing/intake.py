"""A file is taken in: its rows wait in the database until somebody goes on with them, a day at most."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.core.refusals import Refusal, require
from relations.importing.fields import can_be_imported, suggested
from relations.importing.reading import ZIP, UnreadableFile, check_size, read_csv
from relations.importing.workbooks import read_xlsx
from relations.models import RelationImport, RelationImportRow
from relations.rights import IMPORT

KEPT_OPEN = timedelta(days=1)
CHUNK = 1000


def permit(by, source=None):
    """An employee needs the right, and goes on with nobody else's import.

    Nobody (None) is the command line, where whoever gets in may do all.
    """
    if by is None:
        return
    require(by, IMPORT)
    if source and source.by_id != by.pk:
        raise PermissionDenied


def read(content):
    check_size(len(content))
    sheet = read_xlsx(content) if content.startswith(ZIP) else read_csv(content)
    if not can_be_imported(suggested(sheet.columns)):
        raise UnreadableFile(
            _("There is no column “Naam” on the first line. Give the column with the names that title and try again.")
        )
    return sheet


@transaction.atomic
def take_in(content, *, by):
    """Read the file and keep its rows; the file itself is kept nowhere."""
    permit(by)
    sheet = read(content)
    source = RelationImport.objects.create(by=by, columns=sheet.columns)
    rows = [RelationImportRow(source=source, line=line, cells=cells) for line, cells in sheet.rows]
    RelationImportRow.objects.bulk_create(rows, batch_size=CHUNK)
    return source


@transaction.atomic
def cancel(source, *, by):
    permit(by, source)
    source = RelationImport.objects.select_for_update().get(pk=source.pk)
    if source.is_executed:
        raise Refusal(_("This import has been carried out already. Undo it if it was wrong."))
    _forget(RelationImport.objects.filter(pk=source.pk))


def purge_stale(now=None):
    """Forget what was read but never imported; returns how many files."""
    return _forget(RelationImport.objects.open().filter(at__lt=(now or timezone.now()) - KEPT_OPEN))


@transaction.atomic
def _forget(sources):
    keys = list(sources.select_for_update().values_list("pk", flat=True))
    RelationImportRow.objects.filter(source__in=keys).delete()
    RelationImport.objects.filter(pk__in=keys).delete()
    return len(keys)

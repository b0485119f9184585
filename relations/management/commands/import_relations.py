from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from crm.accounts.models import Employee
from crm.core.refusals import Refusal
from relations.importing import checking, executing, intake
from relations.importing.fields import suggested
from relations.models import RowOutcome


class Command(BaseCommand):
    help = "Import relations from a CSV or XLSX file; columns are recognised by their names. All of it or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")
        parser.add_argument("--by", metavar="EMAIL", help="the employee in whose name it is done; default: nobody")
        parser.add_argument(
            "--leave-out-errors", action="store_true", help="import the other lines when some are wrong"
        )

    def handle(self, *, file, dry_run, by, leave_out_errors, **_options):
        try:
            with transaction.atomic():
                source = self._checked(file, self._employee(by))
                self._report(source)
                if dry_run or (source.errors and not leave_out_errors):
                    transaction.set_rollback(True)  # keeps nothing of the file
                elif source.writes:
                    executing.execute(source, by=source.by, leave_out_errors=leave_out_errors)
                else:
                    transaction.set_rollback(True)
        except Refusal as refusal:
            raise CommandError(refusal.sentence) from None
        except PermissionDenied:
            raise CommandError("This employee has no right to import relations.") from None
        self._conclude(source, dry_run, leave_out_errors)

    def _employee(self, email):
        if email is None:
            return None
        try:
            return Employee.objects.active().get(email__iexact=email)
        except Employee.DoesNotExist:
            raise CommandError("There is no active employee with this e-mail address.") from None

    def _checked(self, file, by):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        source = intake.take_in(content, by=by)
        return checking.check(source, mapping=suggested(source.columns), by=by)

    def _report(self, source):
        """Counts, and of the lines with an error only which and why: the output may end up in a log."""
        for outcome in RowOutcome:
            self.stdout.write(f"{outcome.label}: {source.counts.get(outcome, 0)}")
        for row in source.rows.filter(outcome=RowOutcome.ERROR).only("line", "error"):
            self.stdout.write(f"  {row.line}: {row.error}")

    def _conclude(self, source, dry_run, leave_out_errors):
        if source.errors and not leave_out_errors:
            raise CommandError("Nothing was imported: correct the lines above, or use --leave-out-errors.")
        if dry_run:
            self.stdout.write("Dry run: nothing was imported.")
        elif source.writes:
            self.stdout.write(self.style.SUCCESS(f"Imported as import {source.pk}."))
        else:
            self.stdout.write("Nothing to import.")

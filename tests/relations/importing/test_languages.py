"""A file that was exported in one language is read in any: by its column names, kinds, statuses and dates."""

from datetime import date

import pytest
from django.utils.translation import override

from crm.core.spreadsheets import csv_lines
from crm.jobs import freezing
from crm.jobs.models import ItemState
from relations.bulk import exporting
from relations.importing import cleaning, intake
from relations.importing.fields import FIELDS, suggested
from relations.models import Relation, RelationKind, RelationStatus
from tests.factories import RelationFactory

CODES = ["nl", "en", "sv"]
COLUMNS = [key for key in exporting.COLUMNS if key in FIELDS]


@pytest.mark.parametrize("code", CODES)
class TestAnExport:
    @pytest.mark.django_db
    def test_is_read_with_every_column_known(self, code, employee):
        RelationFactory(name="Bakkerij; Zn.", city="Hoorn")
        job = freezing.freeze(Relation.objects.all(), by=employee)
        job.items.update(state=ItemState.DONE)

        with override(code):
            content = "".join(csv_lines(exporting.rows(job, COLUMNS))).encode()
        sheet = intake.read(content)

        assert suggested(sheet.columns) == {str(place): key for place, key in enumerate(COLUMNS)}

    @pytest.mark.parametrize(("choices", "clean"), [(RelationKind, cleaning.kind), (RelationStatus, cleaning.status)])
    def test_holds_words_that_are_known(self, code, choices, clean):
        with override(code):
            assert [clean(str(choice.label)) for choice in choices] == [choice.value for choice in choices]

    def test_holds_dates_that_are_known(self, code):
        with override(code):
            written = next(csv_lines([[date(2026, 3, 2)]])).strip("\ufeff\r\n")

        assert cleaning.day(written) == "2026-03-02"

"""Dates, amounts and files as the reader writes them (issue 3: "dates and amounts in the reader's locale")."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines
from django.utils.translation import override
from openpyxl import load_workbook

from crm.core.fields import AmountField
from crm.core.locale_formats.en import formats as english
from crm.core.locale_formats.nl import formats as dutch
from crm.core.locale_formats.sv import formats as swedish
from crm.core.spreadsheets import csv_lines, xlsx_file
from crm.core.templatetags.formats import amount, hours, money

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 3, 2)
SPACE = "\xa0"


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


def spoken(code, call, *args):
    with override(code):
        return call(*args)


class TestDates:
    @pytest.mark.parametrize(
        ("code", "form", "written"),
        [
            ("nl", "DATE_FORMAT", "2 maart 2026"),
            ("en", "DATE_FORMAT", "2 March 2026"),
            ("sv", "DATE_FORMAT", "2 mars 2026"),
            ("nl", "MEDIUM_DATE_FORMAT", "2 mrt 2026"),
            ("en", "MEDIUM_DATE_FORMAT", "2 Mar 2026"),
            ("sv", "MEDIUM_DATE_FORMAT", "2 mar 2026"),
            ("nl", "j b Y", "2 mrt 2026"),
            ("en", "j b Y", "2 Mar 2026"),
            ("sv", "j b Y", "2 mar 2026"),
            ("nl", "SHORT_DATE_FORMAT", "02-03-2026"),
            ("en", "SHORT_DATE_FORMAT", "02/03/2026"),
            ("sv", "SHORT_DATE_FORMAT", "2026-03-02"),
        ],
    )
    def test_are_written_as_the_reader_does(self, code, form, written):
        with override(code):
            assert drawn(f"{{{{ day|date:'{form}' }}}}", day=DAY) == written

    @pytest.mark.parametrize(("code", "typed"), [("nl", "2-3-2026"), ("en", "2/3/2026"), ("sv", "2026-03-02")])
    def test_are_read_as_the_reader_types_them(self, code, typed):
        assert spoken(code, forms.DateField().clean, typed) == DAY

    @pytest.mark.parametrize("code", ["nl", "en", "sv"])
    def test_are_read_from_a_calendar_in_every_language(self, code):
        assert spoken(code, forms.DateField().clean, "2026-03-02") == DAY

    def test_have_the_same_names_in_every_language(self):
        names = [{name for name in vars(module) if name.isupper()} for module in (dutch, english, swedish)]

        assert names[1] == names[2] == names[0] | {"FIRST_DAY_OF_WEEK"}

    def test_are_written_by_hand_nowhere(self):
        """But for machines (c, Y-m-d): whoever spells out days and months in figures writes for one language."""
        form = re.compile(r"""(?:\|(?:date|time):|date_format\([^()]*(?:\([^()]*\))?[^()]*, )["']([^"']+)["']""")
        files = [*(ROOT / "templates").rglob("*.html")]
        files += [path for app in ("crm", "archiving", "relations", "billing", "portals") for path in _python(app)]
        found = {name for path in files for name in form.findall(path.read_text())}

        assert {name for name in found if re.search(r"[dmn]", name)} <= {"Y-m-d", "Y-m"}
        assert {name for name in found if name.endswith("_FORMAT")} <= {*vars(dutch)}


def _python(app):
    return [path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


class TestAmounts:
    @pytest.mark.parametrize(
        ("code", "figure", "written"),
        [
            ("nl", "1240.5", "€ 1.240,50"),
            ("en", "1240.5", "€1,240.50"),
            ("sv", "1240.5", f"1{SPACE}240,50{SPACE}€"),
            ("nl", "-3", "€ -3,00"),
            ("en", "-3", "-€3.00"),
            ("sv", "-3", f"-3,00{SPACE}€"),
        ],
    )
    def test_of_money_are_written_as_the_reader_does(self, code, figure, written):
        assert spoken(code, money, Decimal(figure)) == written

    @pytest.mark.parametrize(("code", "written"), [("nl", "1.318,25"), ("en", "1,318.25"), ("sv", f"1{SPACE}318,25")])
    def test_of_hours_are_written_as_the_reader_does(self, code, written):
        assert spoken(code, hours, Decimal("1318.25")) == written

    @pytest.mark.parametrize(("code", "written"), [("nl", "12.408"), ("en", "12,408"), ("sv", f"12{SPACE}408")])
    def test_of_rows_are_written_as_the_reader_does(self, code, written):
        assert spoken(code, amount, 12408) == written

    @pytest.mark.parametrize("code", ["nl", "en", "sv"])
    def test_leave_ids_and_years_as_they_are(self, code):
        with override(code):
            assert drawn("{{ pk }} {{ year }}", pk=1234567, year=2026) == "1234567 2026"


class TestAmountField:
    @pytest.mark.parametrize(
        ("code", "typed", "read"),
        [
            ("nl", "1.250,75", "1250.75"),
            ("nl", "12.5", "12.5"),
            ("en", "1,250.75", "1250.75"),
            ("en", "1,250", "1250"),
            ("en", "-1,250,000.5", "-1250000.5"),
            ("sv", "1 250,75", "1250.75"),
            ("sv", f"1{SPACE}250", "1250"),
            ("sv", "12,5", "12.5"),
        ],
    )
    def test_reads_what_the_reader_types(self, code, typed, read):
        assert spoken(code, AmountField().clean, typed) == Decimal(read)

    @pytest.mark.parametrize(
        ("code", "typed"), [("en", "12,5"), ("en", "95,50"), ("en", "1.5,000"), ("sv", f"12{SPACE}5")]
    )
    def test_never_takes_a_comma_away_from_a_decimal(self, code, typed):
        with override(code), pytest.raises(ValidationError) as refused:
            AmountField().clean(typed)

        assert "1250" in refused.value.messages[0]

    @pytest.mark.parametrize(("code", "written"), [("nl", "1250,50"), ("en", "1250.50"), ("sv", "1250,50")])
    def test_shows_what_it_would_read(self, code, written):
        class Form(forms.Form):
            price = AmountField()

        with override(code):
            assert f'value="{written}"' in Form(initial={"price": Decimal("1250.50")}).as_p()


ROW = [DAY, datetime(2026, 7, 1, 22, 30, tzinfo=UTC), Decimal("-12.50"), "a,b;c", 7]


class TestSpreadsheets:
    @pytest.mark.parametrize(
        ("code", "line"),
        [
            ("nl", '02-03-2026;02-07-2026 00:30;-12,50;"a,b;c";7'),
            ("en", '02/03/2026,02/07/2026 00:30,-12.50,"a,b;c",7'),
            ("sv", '2026-03-02;2026-07-02 00:30;-12,50;"a,b;c";7'),
        ],
    )
    def test_are_written_as_the_spreadsheet_of_the_reader_expects(self, code, line):
        with override(code):
            assert list(csv_lines([ROW])) == [f"\ufeff{line}\r\n"]

    @pytest.mark.parametrize(("code", "form"), [("nl", "dd-mm-yyyy"), ("en", "dd/mm/yyyy"), ("sv", "yyyy-mm-dd")])
    def test_in_excel_show_dates_as_the_reader_writes_them(self, code, form):
        with override(code), xlsx_file([ROW]) as file:
            day, moment = next(load_workbook(file).active.iter_rows())[:2]

        assert (day.number_format, moment.number_format) == (form, f"{form} hh:mm")

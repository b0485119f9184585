from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import engines

from crm.core.templatetags.formats import amount, hours, money, phone


def drawn(source, **context):
    return engines["django"].from_string(source).render(context)


class TestMoney:
    @pytest.mark.parametrize(
        ("figure", "written"),
        [
            (1240, "€ 1.240,00"),
            (Decimal("28412.1"), "€ 28.412,10"),
            (Decimal("1234567.891"), "€ 1.234.567,89"),
            (Decimal("0.005"), "€ 0,01"),
            (Decimal("-1250.5"), "€ -1.250,50"),
            (0, "€ 0,00"),
            (None, "€ 0,00"),
        ],
    )
    def test_is_written_as_the_dutch_do(self, figure, written):
        assert money(figure) == written


class TestHours:
    @pytest.mark.parametrize(
        ("figure", "written"),
        [
            (Decimal("12.50"), "12,5"),
            (Decimal("100.00"), "100"),
            (Decimal("1318.25"), "1.318,25"),
            (Decimal("-0.5"), "-0,5"),
            (None, "0"),
        ],
    )
    def test_are_written_without_needless_zeros(self, figure, written):
        assert hours(figure) == written


class TestAmount:
    @pytest.mark.parametrize(("figure", "written"), [(7, "7"), (12408, "12.408"), (0, "0"), (None, "")])
    def test_groups_thousands(self, figure, written):
        assert amount(figure) == written


class TestPhone:
    @pytest.mark.parametrize(
        ("stored", "written"),
        [
            ("+31302345678", "030 234 5678"),
            ("+31612345678", "06 12345678"),
            ("+31416698700", "0416 698 700"),
            ("+3225551212", "+32 2 555 12 12"),
            ("14 072", "14 072"),
            ("vraag naar Kees", "vraag naar Kees"),
            ("", ""),
            (None, ""),
        ],
    )
    def test_is_written_as_people_read_it(self, stored, written):
        assert phone(stored) == written


class TestTemplates:
    def test_leave_ids_and_years_as_they_are(self):
        assert drawn("{{ pk }} {{ year }}", pk=1234567, year=2026) == "1234567 2026"

    def test_write_a_date_in_words(self):
        assert drawn("{{ day|date }}", day=date(2026, 3, 2)) == "2 maart 2026"

    def test_write_a_short_date(self):
        assert drawn("{{ day|date:'SHORT_DATE_FORMAT' }}", day=date(2026, 3, 2)) == "02-03-2026"

    def test_write_a_moment(self):
        assert drawn("{{ at|date:'SHORT_DATETIME_FORMAT' }}", at=datetime(2026, 3, 2, 9, 5)) == "02-03-2026 09:05"


class TestForms:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [("12,5", "12.5"), ("12.5", "12.5"), ("1.250", "1250"), ("1.250,75", "1250.75"), ("1250", "1250")],
    )
    def test_read_figures_as_the_dutch_type_them(self, typed, read):
        field = forms.DecimalField(localize=True)

        assert field.clean(typed) == Decimal(read)

    def test_read_dutch_dates(self):
        assert forms.DateField().clean("2-3-2026") == date(2026, 3, 2)

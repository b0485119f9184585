"""Reports as a file for a spreadsheet (crm/core/spreadsheets.py)."""

from decimal import Decimal

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from billing.reports import reports
from crm.core.spreadsheets import csv_lines

CENT = Decimal("0.01")


def hours(report):
    months = [date_format(_month(month), "SHORT_MONTH_FORMAT") for month in reports.MONTHS]
    rows = [[row.name, *row.months, row.total, row.billable] for row in report.rows]
    last = [_("Total"), *report.months, report.total, report.billable]
    return _file(f"{_('Hours')}-{report.year}", [_("Employee"), *months, _("Total"), _("Billable")], [*rows, last])


def revenue(report):
    rows = [[date_format(month, "Y-m"), *_revenue(figures)] for month, figures in report.months]
    head = [_("Month"), _("Invoices"), _("Net"), _("VAT"), _("Total"), _("Credited")]
    return _file(f"{_('revenue')}-{report.year}", head, [*rows, [_("Total"), *_revenue(report.whole)]])


def debtors(report):
    head = [_("Number"), _("Name"), _("Invoices"), _("Open"), _("Not due"), "1-30", "31-60", "61-90", "> 90"]
    rows = [[row.number, row.name, row.invoices, row.open, *row.ages] for row in report.rows]
    whole = report.whole
    last = ["", _("Total"), whole.invoices, whole.open, *whole.ages]
    return _file(f"{_('Debtors')}-{report.on:%Y-%m-%d}", head, [*rows, last])


def _month(month):
    return reports.date(2000, month, 1)


def _revenue(figures):
    return [figures.invoices, figures.net, figures.vat, figures.total, figures.credited]


def _file(name, head, rows):
    lines = csv_lines([[str(title) for title in head], *([_cell(value) for value in row] for row in rows)])
    answer = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return answer


def _cell(value):
    return value.quantize(CENT) if isinstance(value, Decimal) else value

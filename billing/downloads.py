"""Reports as a file for a spreadsheet: semicolons and commas as Dutch spreadsheets expect, UTF-8 with its mark."""

import csv

from django.http import HttpResponse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from billing import reports

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a text that starts so would run as a formula


def hours(report):
    months = [date_format(_month(month), "M") for month in reports.MONTHS]
    rows = [[row.name, *row.months, row.total, row.billable] for row in report.rows]
    last = [_("Total"), *report.months, report.total, report.billable]
    return _file(f"uren-{report.year}", [_("Employee"), *months, _("Total"), _("Billable")], [*rows, last])


def revenue(report):
    rows = [[date_format(month, "Y-m"), *_revenue(figures)] for month, figures in report.months]
    head = [_("Month"), _("Invoices"), _("Net"), _("VAT"), _("Total"), _("Credited")]
    return _file(f"omzet-{report.year}", head, [*rows, [_("Total"), *_revenue(report.whole)]])


def debtors(report):
    head = [_("Number"), _("Name"), _("Invoices"), _("Open"), _("Not due"), "1-30", "31-60", "61-90", "> 90"]
    rows = [[row.number, row.name, row.invoices, row.open, *row.ages] for row in report.rows]
    whole = report.whole
    last = ["", _("Total"), whole.invoices, whole.open, *whole.ages]
    return _file(f"debiteuren-{report.on:%Y-%m-%d}", head, [*rows, last])


def _month(month):
    return reports.date(2000, month, 1)


def _revenue(figures):
    return [figures.invoices, figures.net, figures.vat, figures.total, figures.credited]


def _file(name, head, rows):
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer, delimiter=";")
    writer.writerow([str(title) for title in head])
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return answer


def _cell(value):
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    if isinstance(value, int):
        return value
    return number_format(value, 2, use_l10n=True, force_grouping=False)

"""An invoice as PDF, made of what was invoiced."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF, FontFace

from crm.core.languages import in_office_language
from crm.core.templatetags.formats import hours, money

FONTS = Path(__file__).parent / "fonts"  # Source Sans Pro (SIL Open Font License): Latin, Greek and Cyrillic letters
FAMILY = "Source Sans Pro"
MARGIN = 20
GREY, LINE = (100, 105, 112), (215, 219, 224)


class _Page(FPDF):
    def footer(self):
        self.set_y(-15)
        self.set_font(FAMILY, size=8)
        self.set_text_color(*GREY)
        self.cell(0, 5, _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}, align="R")


def invoice_pdf(invoice, *, office):
    """The bytes of the PDF, in the language of the office; `office` is who sends it."""
    with in_office_language():
        return _drawn(invoice, office)


def _drawn(invoice, office):
    page = _blank(_("Invoice %(number)s") % {"number": invoice.number}, office)
    _address(page, invoice, office)
    _facts(page, invoice)
    _lines(page, invoice)
    _totals(page, invoice)
    if invoice.remarks:
        page.ln(6)
        page.multi_cell(0, 5, invoice.remarks, new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


def _blank(title, office):
    page = _Page(format="A4")
    page.add_font(FAMILY, "", FONTS / "SourceSansPro-Regular.ttf")
    page.add_font(FAMILY, "B", FONTS / "SourceSansPro-Semibold.ttf")
    page.set_margins(MARGIN, MARGIN)
    page.set_auto_page_break(True, margin=MARGIN)
    page.set_title(title)
    page.set_author(office)
    page.set_lang("nl-NL")
    page.add_page()
    page.set_font(FAMILY, size=10)
    page.set_draw_color(*LINE)
    return page


def _address(page, invoice, office):
    page.set_font(FAMILY, "B", 15)
    page.multi_cell(0, 8, office, new_x="LMARGIN", new_y="NEXT")
    page.ln(8)
    page.set_font(FAMILY, size=10)
    page.multi_cell(0, 5, f"{invoice.addressee_name}\n{invoice.addressee_address}", new_x="LMARGIN", new_y="NEXT")
    page.ln(8)


def _facts(page, invoice):
    page.set_font(FAMILY, "B", 13)
    page.cell(0, 8, _("Invoice %(number)s") % {"number": invoice.number}, new_x="LMARGIN", new_y="NEXT")
    page.set_font(FAMILY, size=10)
    facts = [(_("Date"), date_format(invoice.issued_on)), (_("To be paid before"), date_format(invoice.due_on))]
    facts += [(_("Reference"), invoice.reference)] if invoice.reference else []
    for label, value in facts:
        page.set_text_color(*GREY)
        page.cell(40, 5, label)
        page.set_text_color(0)
        page.multi_cell(0, 5, value, new_x="LMARGIN", new_y="NEXT")
    page.ln(6)


def _lines(page, invoice):
    heads = [_("Description"), _("Number"), _("Price"), _("VAT"), _("Amount")]
    with page.table(
        col_widths=(80, 20, 28, 18, 28),
        text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=FontFace(emphasis="BOLD"),
        line_height=6,
    ) as table:
        table.row(heads)
        for line in invoice.lines.order_by("pk"):
            vat = f"{hours(line.vat_rate)}%"
            table.row([line.description, hours(line.quantity), money(line.unit_price), vat, money(line.net)])
    page.ln(4)


def _totals(page, invoice):
    totals = [(_("Amount without VAT"), invoice.net), (_("VAT"), invoice.vat), (_("Total"), invoice.total)]
    totals += [(_("Already paid"), invoice.paid)] if invoice.paid else []
    for label, amount in totals:
        page.set_font(FAMILY, "B" if label == _("Total") else "", 10)
        page.cell(130, 6, label, align="R")
        page.cell(0, 6, money(amount), align="R", new_x="LMARGIN", new_y="NEXT")

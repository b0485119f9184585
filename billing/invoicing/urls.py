from django.urls import path

from billing.invoicing.views import drafts, invoices, list, unbilled

urlpatterns = [
    path("uren/<int:pk>/declarabiliteit/", unbilled.line_billable, name="line_billable"),
    path("uren/te-factureren/", unbilled.unbilled_list, name="unbilled_list"),
    path("relaties/<int:pk>/te-factureren/", unbilled.relation_unbilled, name="relation_unbilled"),
    path("relaties/<int:pk>/openstaande-facturen/", invoices.relation_invoices, name="relation_invoices"),
    path("facturen/", list.invoice_list, name="invoice_list"),
    path("facturen/<int:pk>/", invoices.invoice, name="invoice"),
    path("relaties/<int:pk>/facturen/nieuw/", drafts.invoice_new, name="invoice_new"),
    path("facturen/<int:pk>/bewerken/", drafts.invoice_edit, name="invoice_edit"),
    path("facturen/<int:pk>/verzending/", invoices.invoice_sending, name="invoice_sending"),
    path("facturen/<int:pk>/betalingen/", invoices.invoice_payments, name="invoice_payments"),
    path("facturen/<int:pk>/creditering/", invoices.invoice_crediting, name="invoice_crediting"),
]

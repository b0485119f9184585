from django.urls import path

from billing.views import invoice_list, invoices, orders, price_agreements, reports, subscriptions, timesheet, unbilled

app_name = "billing"
urlpatterns = [
    path("urenstaat/", timesheet.timesheet, name="timesheet"),
    path("urenstaat/<int:pk>/", timesheet.timesheet_line, name="timesheet_line"),
    path("urenstaat/<int:pk>/verwijdering/", timesheet.timesheet_line_removal, name="timesheet_line_removal"),
    path("uren/<int:pk>/declarabiliteit/", unbilled.line_billable, name="line_billable"),
    path("relaties/<int:pk>/te-factureren/", unbilled.relation_unbilled, name="relation_unbilled"),
    path("relaties/<int:pk>/openstaande-facturen/", invoices.relation_invoices, name="relation_invoices"),
    path("facturen/", invoice_list.invoice_list, name="invoice_list"),
    path("facturen/<int:pk>/", invoices.invoice, name="invoice"),
    path("facturen/<int:pk>/verzending/", invoices.invoice_sending, name="invoice_sending"),
    path("facturen/<int:pk>/betalingen/", invoices.invoice_payments, name="invoice_payments"),
    path("facturen/<int:pk>/creditering/", invoices.invoice_crediting, name="invoice_crediting"),
    path("relaties/<int:pk>/nieuwe-prijsafspraak/", price_agreements.agreement_new, name="agreement_new"),
    path("prijsafspraken/<int:pk>/", price_agreements.agreement, name="agreement"),
    path("relaties/<int:pk>/open-orders/", orders.relation_orders, name="relation_orders"),
    path("orders/<int:pk>/levering/", orders.order_delivery, name="order_delivery"),
    path("orders/<int:pk>/facturering/", orders.order_invoicing, name="order_invoicing"),
    path("relaties/<int:pk>/alle-abonnementen/", subscriptions.relation_subscriptions, name="relation_subscriptions"),
    path("relaties/<int:pk>/nieuw-abonnement/", subscriptions.subscription_new, name="subscription_new"),
    path("abonnementen/<int:pk>/einde/", subscriptions.subscription_end, name="subscription_end"),
    path("rapporten/", reports.report_list, name="report_list"),
    path("rapporten/uren/", reports.report_hours, name="report_hours"),
    path("rapporten/omzet/", reports.report_revenue, name="report_revenue"),
    path("rapporten/debiteuren/", reports.report_debtors, name="report_debtors"),
]

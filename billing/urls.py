from django.urls import path

from billing.agreements.views import kept, orders, price_agreements, quotes, subscriptions
from billing.hours import views as timesheet
from billing.invoicing.views import drafts, invoices, unbilled
from billing.invoicing.views import list as invoice_list
from billing.months import views as months
from billing.reports import views as reports
from billing.weeks import views as weeks

app_name = "billing"
urlpatterns = [
    path("urenstaat/", weeks.timesheet_week, name="timesheet_week"),
    path("urenstaat/regels/", timesheet.timesheet, name="timesheet"),
    path("urenstaat/maanden/", months.month_list, name="month_list"),
    path("urenstaat/maanden/afsluiting/", months.month_locking, name="month_locking"),
    path("urenstaat/maanden/<int:pk>/opening/", months.month_opening, name="month_opening"),
    path("urenstaat/<int:pk>/", timesheet.timesheet_line, name="timesheet_line"),
    path("urenstaat/<int:pk>/verwijdering/", timesheet.timesheet_line_removal, name="timesheet_line_removal"),
    path("uren/<int:pk>/declarabiliteit/", unbilled.line_billable, name="line_billable"),
    path("uren/te-factureren/", unbilled.unbilled_list, name="unbilled_list"),
    path("relaties/<int:pk>/te-factureren/", unbilled.relation_unbilled, name="relation_unbilled"),
    path("relaties/<int:pk>/openstaande-facturen/", invoices.relation_invoices, name="relation_invoices"),
    path("facturen/", invoice_list.invoice_list, name="invoice_list"),
    path("facturen/<int:pk>/", invoices.invoice, name="invoice"),
    path("relaties/<int:pk>/facturen/nieuw/", drafts.invoice_new, name="invoice_new"),
    path("facturen/<int:pk>/bewerken/", drafts.invoice_edit, name="invoice_edit"),
    path("facturen/<int:pk>/verzending/", invoices.invoice_sending, name="invoice_sending"),
    path("facturen/<int:pk>/betalingen/", invoices.invoice_payments, name="invoice_payments"),
    path("facturen/<int:pk>/creditering/", invoices.invoice_crediting, name="invoice_crediting"),
    path("relaties/<int:pk>/nieuwe-prijsafspraak/", price_agreements.agreement_new, name="agreement_new"),
    path("prijsafspraken/<int:pk>/", price_agreements.agreement, name="agreement"),
    path("relaties/<int:pk>/offertes/nieuw/", quotes.quote_new, name="quote_new"),
    path("offertes/<int:pk>/", quotes.quote_edit, name="quote_edit"),
    path("relaties/<int:pk>/open-orders/", orders.relation_orders, name="relation_orders"),
    path("orders/<int:pk>/levering/", orders.order_delivery, name="order_delivery"),
    path("orders/<int:pk>/facturering/", orders.order_invoicing, name="order_invoicing"),
    path("relaties/<int:pk>/alle-abonnementen/", subscriptions.relation_subscriptions, name="relation_subscriptions"),
    path("relaties/<int:pk>/nieuw-abonnement/", kept.subscription_new, name="subscription_new"),
    path("abonnementen/<int:pk>/bewerken/", kept.subscription_edit, name="subscription_edit"),
    path("abonnementen/<int:pk>/einde/", subscriptions.subscription_end, name="subscription_end"),
    path("relaties/<int:pk>/incasso-afspraken/nieuw/", kept.mandate_new, name="mandate_new"),
    path("incasso-afspraken/<int:pk>/", kept.mandate_edit, name="mandate_edit"),
    path("relaties/<int:pk>/toezeggingen/nieuw/", kept.pledge_new, name="pledge_new"),
    path("toezeggingen/<int:pk>/", kept.pledge_edit, name="pledge_edit"),
    path("rapporten/", reports.report_list, name="report_list"),
    path("rapporten/uren/", reports.report_hours, name="report_hours"),
    path("rapporten/omzet/", reports.report_revenue, name="report_revenue"),
    path("rapporten/debiteuren/", reports.report_debtors, name="report_debtors"),
]

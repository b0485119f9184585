from django.urls import path

from billing.reports import views

urlpatterns = [
    path("rapporten/", views.report_list, name="report_list"),
    path("rapporten/uren/", views.report_hours, name="report_hours"),
    path("rapporten/omzet/", views.report_revenue, name="report_revenue"),
    path("rapporten/debiteuren/", views.report_debtors, name="report_debtors"),
]

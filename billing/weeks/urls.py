from django.urls import path

from billing.weeks import views

urlpatterns = [
    path("urenstaat/", views.timesheet_week, name="timesheet_week"),
]

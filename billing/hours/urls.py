from django.urls import path

from billing.hours import views

urlpatterns = [
    path("urenstaat/regels/", views.timesheet, name="timesheet"),
    path("urenstaat/<int:pk>/", views.timesheet_line, name="timesheet_line"),
    path("urenstaat/<int:pk>/verwijdering/", views.timesheet_line_removal, name="timesheet_line_removal"),
]

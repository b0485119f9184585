from django.urls import include, path

app_name = "billing"
urlpatterns = [
    path("", include("billing.weeks.urls")),
    path("", include("billing.hours.urls")),
    path("", include("billing.months.urls")),
    path("", include("billing.invoicing.urls")),
    path("", include("billing.agreements.urls")),
    path("", include("billing.reports.urls")),
]

from django.urls import path

from crm.core import health, views

app_name = "core"
urlpatterns = [
    path("", views.start, name="start"),
    path("health/", health.health, name="health"),
]

from django.urls import path

from relations.bulk.properties import views

urlpatterns = [
    path("bulkbewerking/<int:pk>/eigenschappen/", views.bulk_properties, name="bulk_properties"),
    path(
        "bulkbewerking/<int:pk>/eigenschappen/voorbeeld/",
        views.bulk_properties_preview,
        name="bulk_properties_preview",
    ),
]

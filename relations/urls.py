from django.urls import include, path

app_name = "relations"
urlpatterns = [
    path("", include("relations.listing.urls")),
    path("", include("relations.saved.urls")),
    path("", include("relations.bulk.urls")),
    path("", include("relations.record.urls")),
    path("", include("relations.kept.urls")),
    path("", include("relations.work.urls")),
    path("", include("relations.agenda.urls")),
    path("", include("relations.access.urls")),
    path("", include("relations.blocked.urls")),
    path("", include("relations.importing.urls")),
]

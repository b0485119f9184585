from django.urls import include, path

urlpatterns = [
    path("", include("relations.urls")),
    path("", include("archiving.urls")),
    path("", include("billing.urls")),
    path("", include("portals.urls")),
    path("", include("crm.accounts.urls")),
    path("", include("crm.core.urls")),
]

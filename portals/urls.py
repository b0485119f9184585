from django.urls import include, path

app_name = "portals"
urlpatterns = [
    path("", include("portals.linking.urls")),
    path("", include("portals.contractants.urls")),
    path("", include("portals.relinking.urls")),
    path("", include("portals.accounts.urls")),
    path("", include("portals.mailing.urls")),
    path("", include("portals.sharing.urls")),
    path("", include("portals.conversations.urls")),
]

from django.urls import path

from portals.views import portal_links

app_name = "portals"
urlpatterns = [
    path("relaties/<int:pk>/portalkoppelingen/", portal_links.relation_portals, name="relation_portals"),
    path("portalkoppelingen/<int:pk>/ontkoppeling/", portal_links.portal_unlinking, name="portal_unlinking"),
]

from django.urls import path

from portals.linking.views import links, unlinking

urlpatterns = [
    path("relaties/<int:pk>/portalkoppelingen/", links.relation_portals, name="relation_portals"),
    path("portalkoppelingen/<int:pk>/ontkoppeling/", links.portal_unlinking, name="portal_unlinking"),
    path("portalkoppelingen/<int:pk>/stand/", links.portal_status, name="portal_status"),
    path("bulkbewerking/<int:pk>/portals/", unlinking.unlink_portals, name="unlink_portals"),
]

from django.urls import path

from portals.views import contractants, portal_links, relinking, relinking_files, unlinking

app_name = "portals"
urlpatterns = [
    path("relaties/<int:pk>/portalkoppelingen/", portal_links.relation_portals, name="relation_portals"),
    path("portalkoppelingen/<int:pk>/ontkoppeling/", portal_links.portal_unlinking, name="portal_unlinking"),
    path("portalkoppelingen/<int:pk>/stand/", portal_links.portal_status, name="portal_status"),
    path("bulkbewerking/<int:pk>/portals/", unlinking.unlink_portals, name="unlink_portals"),
    # contractants: who is linked, and linking by hand
    path("contractanten/", contractants.contractant_list, name="contractant_list"),
    path("contractanten/<int:pk>/", contractants.contractant, name="contractant"),
    path("abonnementen/<int:pk>/", contractants.subscription, name="subscription"),
    path("supporttaken/", contractants.support_tasks, name="support_tasks"),
    # relinking: one, or many from a file
    path("contractanten/<int:pk>/omkoppeling/", relinking.relink, name="relink"),
    path("omkoppelingen/<int:pk>/", relinking.relinking_page, name="relinking"),
    path("omkoppelingen/<int:pk>/ongedaan/", relinking.relinking_undo, name="relinking_undo"),
    path("contractanten/omkoppelen/", relinking_files.relink_file, name="relink_file"),
    path("contractanten/omkoppelen/uitvoering/", relinking_files.relink_file_run, name="relink_file_run"),
]

from django.urls import path

from portals.relinking.views import files, relinking

urlpatterns = [
    path("contractanten/<int:pk>/omkoppeling/", relinking.relink, name="relink"),
    path("omkoppelingen/<int:pk>/", relinking.relinking_page, name="relinking"),
    path("omkoppelingen/<int:pk>/ongedaan/", relinking.relinking_undo, name="relinking_undo"),
    path("contractanten/omkoppelen/", files.relink_file, name="relink_file"),
    path("contractanten/omkoppelen/uitvoering/", files.relink_file_run, name="relink_file_run"),
]
